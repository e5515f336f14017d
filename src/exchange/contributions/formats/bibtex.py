"""BibTeX entries in UTF-8 (Patashnik, BibTeXing, 1988; fields as biblatex reads them too).
Called by the exports. Own escaping: a writer that does not escape breaks a whole bibliography."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from exchange.contributions.describing import AUTHOR, EDITOR, TRANSLATOR, Description, Maker
from exchange.contributions.formats.sorts import sort_of

MEDIA_TYPE = "application/x-bibtex"
# BibTeX counts braces even behind a backslash, so "\{" would unbalance an entry.
_SIGNS = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "$&#%_"},
}
_SIGN = re.compile(r"[\\{}~^$&#%_]")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def entry(described: Description) -> str:
    """One record as an entry."""
    sort = sort_of(described)
    lines = [f"  {name} = {value}," for name, value in _fields(described)]
    return "\n".join([f"@{sort.bibtex}{{{key(described)},", *lines, "}"]) + "\n"


def key(described: Description) -> str:
    """ "wessells2009-12": letters, digits and a hyphen; the number makes it nobody else's."""
    first = described.by(AUTHOR) or described.makers
    name = _ascii((first[0].family or first[0].name) if first else described.publisher)
    year = f"{described.year:04}" if described.year else "nd"
    return f"{name or 'exchange'}{year}-{described.number}"


def escaped(text: str) -> str:
    """Words in which nothing is a command; words with capitals inside keep them."""
    return " ".join(_protected(word) for word in text.split())


def _fields(described: Description) -> Iterator[tuple[str, str]]:
    sort = sort_of(described)
    for role in (AUTHOR, EDITOR, TRANSLATOR):
        if makers := described.by(role):
            yield role, f"{{{' and '.join(_name(maker) for maker in makers)}}}"
    yield "title", f"{{{escaped(described.title)}}}"
    if described.year:
        yield "year", f"{{{described.year:04}}}"
        if described.month:
            yield "month", _MONTHS[described.month - 1]
    if described.publisher:
        yield _publisher_field(sort.bibtex), f"{{{escaped(described.publisher)}}}"
    if sort.bibtex == "techreport" and described.types:
        yield "type", f"{{{escaped(described.types[0].label)}}}"
    plain = {"edition": described.edition, "language": described.language}
    plain |= {"keywords": ", ".join(word.label for word in described.subjects)}
    plain |= {"abstract": described.abstract}
    yield from ((name, f"{{{escaped(value)}}}") for name, value in plain.items() if value)
    verbatim = {"doi": described.doi, "isbn": described.isbn, "url": described.where}
    yield from ((name, f"{{{_verbatim(value)}}}") for name, value in verbatim.items() if value)


def _publisher_field(sort: str) -> str:
    names = {"article": "journal", "incollection": "booktitle", "techreport": "institution"}
    return names.get(sort, "publisher")


def _name(maker: Maker) -> str:
    """A second pair of braces keeps an organisation, and a name nobody could part, in one piece."""
    if maker.is_organisation or not maker.family:
        return f"{{{_plain(maker.name)}}}"
    # "and" between two names would part them; a brace around keeps a family name whole.
    family = _plain(maker.family)
    family = f"{{{family}}}" if " and " in f" {family} " else family
    return f"{family}, {_plain(maker.given)}" if maker.given else f"{{{family}}}"


def _plain(text: str) -> str:
    return _SIGN.sub(lambda found: _SIGNS[found[0]], " ".join(text.split()))


def _protected(word: str) -> str:
    safe = _SIGN.sub(lambda found: _SIGNS[found[0]], word)
    return f"{{{safe}}}" if any(letter.isupper() for letter in word[1:]) else safe


def _verbatim(address: str) -> str:
    """Addresses are taken as they stand; only what would unbalance the braces is encoded."""
    for sign, code in (("\\", "%5C"), ("{", "%7B"), ("}", "%7D"), (" ", "%20")):
        address = address.replace(sign, code)
    return address


def _ascii(name: str) -> str:
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    words = re.findall(r"[a-z0-9]+", bare)
    return words[-1][:20] if words else ""
