"""Makes look.min.css from look.css: the same rules without comments and needless spaces.
Called by the `look` command and by the test that holds both files together."""

import re
from pathlib import Path

SOURCE = Path(__file__).parent / "static" / "look.css"
MADE = SOURCE.with_name("look.min.css")

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACES = re.compile(r"\s+")
_AROUND = re.compile(r"\s*([{};,])\s*")
_AFTER_COLON = re.compile(r"(?<=[\w\]]): (?=\S)")
_CHILD = re.compile(r"\s*>\s*(?!=)")


def minified(css: str) -> str:
    """The sheet with nothing a browser does not need."""
    tight = _SPACES.sub(" ", _COMMENT.sub("", css)).strip()
    tight = _AFTER_COLON.sub(":", _AROUND.sub(r"\1", tight))
    return _CHILD.sub(">", tight).replace(";}", "}")
