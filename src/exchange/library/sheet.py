"""Reads a table as people send it: CSV from any office program, in any of its dialects.
Called by the import; it knows columns and cells, not what they mean."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

COLUMNS = (
    "title",
    "authors",
    "publisher",
    "year",
    "resource_types",
    "countries",
    "regions",
    "topics",
    "language",
    "url",
    "source_site",
    "summary",
    "link_kind",
)
LARGEST_FILE = 50_000_000
LARGEST_CELL = 100_000


class Unreadable(ValueError):
    """The file is no table we understand; the message says why, in words."""


@dataclass(frozen=True)
class Line:
    """One row under the number a spreadsheet shows beside it (the heading is row 1)."""

    number: int
    cells: dict[str, str]
    overflow: list[str] = field(default_factory=list)


def read(raw: bytes) -> list[Line]:
    """The rows of a file. Raises Unreadable with what is wrong, in words."""
    if len(raw) > LARGEST_FILE:
        raise Unreadable("The file is larger than 50 MB. Split it and import the parts.")
    text = _decoded(raw)
    if not text.strip():
        raise Unreadable("The file is empty.")
    csv.field_size_limit(LARGEST_CELL)
    try:
        return list(_lines(text))
    except csv.Error as problem:
        raise Unreadable(f"The file cannot be read as CSV: {problem}.") from problem


def _decoded(raw: bytes) -> str:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace")
    if raw[:4] == b"PK\x03\x04":
        raise Unreadable("This is a spreadsheet, not CSV. Save it as “CSV UTF-8” and try again.")
    if b"\x00" in raw:
        raise Unreadable("This is no text file. Save the table as “CSV UTF-8” and try again.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Old office programs write the Windows or the Latin-1 table; the first knows more signs.
        try:
            return raw.decode("cp1252")
        except UnicodeDecodeError:
            return raw.decode("latin-1")


def _lines(text: str) -> Iterator[Line]:
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\n")
    heading, _newline, _rest = text.partition("\n")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(heading), strict=True)
    names = [name.strip().strip("\ufeff").casefold().replace(" ", "_") for name in next(reader)]
    _check_heading(names)
    for number, cells in enumerate(reader, start=2):
        if any(cell.strip() for cell in cells):
            known = dict(zip(names, cells, strict=False))
            yield Line(number, known, cells[len(names) :])


def _delimiter(heading: str) -> str:
    return max(",;\t", key=heading.count)


def _check_heading(names: list[str]) -> None:
    missing = [name for name in COLUMNS if name not in names]
    if "title" in missing:
        raise Unreadable(
            f"The first row must name the columns: {', '.join(COLUMNS)}. I found no “title”."
        )
    if missing:
        raise Unreadable(f"The first row lacks these columns: {', '.join(missing)}.")
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise Unreadable(f"The first row names these columns twice: {', '.join(twice)}.")
