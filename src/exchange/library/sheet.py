"""Reads a table as people send it: CSV from any office program, in any of its dialects.
Called by the import; it knows columns and cells, not what they mean."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from exchange.library.bringing.decoding import text_of
from exchange.library.bringing.rows import LARGEST_CELL, LARGEST_FILE, Row, Unreadable, bounded

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
# Columns a table may have beside these.
FURTHER = (
    "audiences",
    "creators",
    "month",
    "undated",
    "doi",
    "isbn",
    "handle",
    "licence",
    "edition",
    "evidence",
    "useful_for",
    "setting",
    "mechanism",
    "leadership",
    "links",
)
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\n')

__all__ = ["COLUMNS", "FURTHER", "Unreadable", "read", "rows_of"]


def read(raw: bytes) -> list[Row]:
    """The rows of a file. Raises Unreadable with what is wrong, in words."""
    return rows_of(text_of(raw))


def rows_of(text: str) -> list[Row]:
    """The rows of a table's text. Raises Unreadable."""
    # A cell too long is its row's fault, not the file's.
    csv.field_size_limit(LARGEST_FILE)
    delimiter = ""
    if said := _SEPARATOR_LINE.match(text):
        delimiter, text = said[1], text[said.end() :]
    heading, _newline, _rest = text.partition("\n")
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter or _delimiter(heading), strict=True
    )
    try:
        return bounded(_rows(reader))
    except csv.Error as problem:
        raise Unreadable(
            _(
                "From line %(line)s on the file cannot be read as CSV: a quotation mark is opened "
                "and not closed, or stands inside a cell that is not quoted."
            )
            % {"line": max(reader.line_num, 1)}
        ) from problem


def _rows(reader: Iterator[list[str]]) -> Iterator[Row]:
    names = [_name(cell) for cell in next(reader, [])]
    _check_heading(names)
    for number, cells in enumerate(reader, start=2):
        if any(cell.strip() for cell in cells):
            yield Row(number, dict(zip(names, cells, strict=False)), _wrong(names, cells))


def _wrong(names: list[str], cells: list[str]) -> tuple[str, ...]:
    if any(cell.strip() for cell in cells[len(names) :]):
        return (_("there are more cells than columns; is a separator not quoted?"),)
    for name, cell in zip(names, cells, strict=False):
        if len(cell) > LARGEST_CELL:
            return (
                _("the cell “%(column)s” holds %(given)s letters; is a quotation mark not closed?")
                % {"column": name, "given": len(cell)},
            )
    if len(cells) <= names.index("title"):
        return (
            _("the row ends after %(given)s of %(columns)s cells")
            % {"given": len(cells), "columns": len(names)},
        )
    return ()


def _name(cell: str) -> str:
    return cell.strip().strip("\ufeff").casefold().replace(" ", "_")


def _delimiter(heading: str) -> str:
    return max(",;\t", key=heading.count)


def _check_heading(names: list[str]) -> None:
    missing = [name for name in COLUMNS if name not in names]
    if "title" in missing:
        raise Unreadable(
            _("The first row must name the columns: %(columns)s. I found no “title”.")
            % {"columns": ", ".join(COLUMNS)}
        )
    if missing:
        raise Unreadable(
            _("The first row lacks these columns: %(columns)s.") % {"columns": ", ".join(missing)}
        )
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise Unreadable(
            _("The first row names these columns twice: %(columns)s.")
            % {"columns": ", ".join(twice)}
        )
