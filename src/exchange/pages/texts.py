"""The Exchange's own texts (about, code of conduct, privacy, safeguarding), kept as Markdown files
beside the members room's starter data. Called by the views of pages alone."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe

from exchange import members
from exchange.core import html

_FOLDER = Path(members.__path__[0]) / "starter"


@dataclass(frozen=True)
class Text:
    """A text's title, its first words for search engines, and the rendered rest."""

    title: str
    body: SafeString


@lru_cache(maxsize=64)
def read(name: str, language: str) -> Text:
    """A text in the language, or in English where it is not translated yet."""
    path = _FOLDER / f"{name}.{language}.md"
    source = (path if path.exists() else _FOLDER / f"{name}.en.md").read_text(encoding="utf-8")
    first, _line, rest = source.strip().partition("\n")
    return Text(first.lstrip("# ").strip(), _one_level_up(html.from_markdown(rest)))


def _one_level_up(rendered: SafeString) -> SafeString:
    """What people write starts at h3; here the text is the page, and its parts are h2."""
    raised = str(rendered)
    for level in (3, 4):
        raised = raised.replace(f"<h{level}>", f"<h{level - 1}>")
        raised = raised.replace(f"</h{level}>", f"</h{level - 1}>")
    return mark_safe(raised)
