"""The library's table as CSV (RFC 4180), with the columns that its import reads back.
Called by the exports. It opens with a byte-order mark: without it, Excel reads UTF-8 as Latin-1."""

from __future__ import annotations

import csv
import io

from exchange.contributions.describing import AUTHOR, Description, Maker, Word

MEDIA_TYPE = "text/csv; charset=utf-8"
BYTE_ORDER_MARK = "\ufeff"
COLUMNS = (
    *("title", "authors", "publisher", "year", "resource_types", "countries", "regions"),
    *("topics", "language", "url", "source_site", "summary", "link_kind", "audiences"),
    *("creators", "month", "undated", "edition", "doi", "isbn", "handle", "licence", "evidence"),
    *("useful_for", "setting", "mechanism", "leadership"),
)
# What a spreadsheet would run (OWASP, CSV injection); an apostrophe makes it words.
_RUNS = ("=", "+", "-", "@", "\t", "\r")


def heading() -> str:
    return _line(list(COLUMNS))


def row(described: Description) -> str:
    """One record as one line."""
    return _line([_tame(value) for value in _cells(described)])


def _cells(described: Description) -> list[str]:
    further = dict(described.columns)
    return [
        described.title,
        further.get("authors") or ";".join(maker.name for maker in described.by(AUTHOR)),
        described.publisher,
        str(described.year or ""),
        _slugs(described.types),
        _slugs(described.countries),
        _slugs(described.regions),
        _slugs(described.subjects),
        described.language,
        described.link,
        described.source_site,
        described.abstract,
        described.link_kind,
        _slugs(described.audiences),
        "; ".join(_whole(maker) for maker in described.makers),
        str(described.month or ""),
        "yes" if described.is_undated else "",
        described.edition,
        described.doi,
        described.isbn,
        described.handle,
        described.terms.slug if described.terms else "",
        described.evidence,
        *(further.get(name, "") for name in COLUMNS[-4:]),
    ]


def _whole(maker: Maker) -> str:
    """ "Wessells, Mike", "{Plan International}", "Amin, A (editor)": who is who is kept."""
    name = maker.turned.replace(";", ",")
    name = f"{{{name}}}" if maker.is_organisation else name
    return name if maker.role == AUTHOR else f"{name} ({maker.role})"


def _slugs(words: tuple[Word, ...]) -> str:
    return ";".join(word.slug for word in words)


def _tame(value: str) -> str:
    return f"'{value}" if value.startswith(_RUNS) else value


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()
