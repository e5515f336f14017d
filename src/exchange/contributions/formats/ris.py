"""RIS, as reference managers import it (Research Information Systems format, RefMan 2001 with the
type list of 2011): a tag, two spaces, a hyphen, a space. Called by the exports."""

from __future__ import annotations

from collections.abc import Iterator

from exchange.contributions.describing import AUTHOR, EDITOR, TRANSLATOR, Description
from exchange.contributions.formats.sorts import sort_of

MEDIA_TYPE = "application/x-research-info-systems"
_TAGS = {AUTHOR: "AU", EDITOR: "ED", TRANSLATOR: "A4"}


def entry(described: Description) -> str:
    """One record. Every field stands on one line: readers take a second one for another field."""
    lines = [f"{tag}  - {_one_line(value)}" for tag, value in _fields(described) if value.strip()]
    return "\r\n".join([*lines, "ER  - "]) + "\r\n"


def _fields(described: Description) -> Iterator[tuple[str, str]]:
    sort = sort_of(described)
    yield "TY", sort.ris
    yield "ID", f"exchange-{described.number}"
    yield "TI", described.title
    for maker in described.makers:
        yield _TAGS.get(maker.role, "AU"), maker.turned
    if described.year:
        yield "PY", f"{described.year:04}"
        yield "DA", f"{described.year:04}/{described.month:02}//" if described.month else ""
    yield "T2" if sort.within else "PB", described.publisher
    yield "ET", described.edition
    yield "M3", described.types[0].label if described.types and sort.ris == "RPRT" else ""
    yield "DO", described.doi
    yield "SN", described.isbn
    yield "LA", described.language
    yield "UR", described.where
    for kept in described.files:
        yield "L1", kept.address
    for word in (*described.subjects, *described.countries):
        yield "KW", word.label
    yield "AB", described.abstract


def _one_line(value: str) -> str:
    return " ".join(value.split())
