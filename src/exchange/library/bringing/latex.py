"""From the marks of LaTeX to plain letters: accents, braces, dashes, quotation marks.
Called by the reader of BibTeX."""

from __future__ import annotations

import re

from bibtexparser.library import Library
from bibtexparser.middlewares import LatexDecodingMiddleware
from bibtexparser.model import Entry, Field

_MARKED = re.compile(r"[\\{}$~%&#]|--|``|''")
# In a reference file these are what they look like, not comments, columns and parameters.
_BARE = re.compile(r"(?<!\\)([%&#])")
_ESCAPED = re.compile(r"\\([%&#_$~{}])")
_decoding = LatexDecodingMiddleware(allow_inplace_modification=True, keep_math_mode=True)


def plain(text: str) -> str:
    """Words without the marks of LaTeX; when they cannot be read, without braces at least."""
    if not _MARKED.search(text):
        return " ".join(text.split())
    entry = Entry("misc", "one", [Field("words", _BARE.sub(r"\\\1", text))])
    done = _decoding.transform_entry(entry, Library())
    if isinstance(done, Entry):
        return " ".join(str(done.fields_dict["words"].value).split())
    return " ".join(without_braces(text).split())


def address(text: str) -> str:
    r"""An address or a DOI: `\_` and its like are the sign itself, the rest stands as it is."""
    inside = re.sub(r"\\(?:url|href)\s*\{([^{}]*)\}", r" \1 ", text)
    return without_braces(_ESCAPED.sub(r"\1", inside)).strip()


def without_braces(text: str) -> str:
    return text.replace("{", "").replace("}", "")
