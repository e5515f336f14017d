"""The tables as files: one CSV each (RFC 4180), and all of them in one ZIP with how they are counted.
Called by the views. Each opens with a byte-order mark: without it, Excel reads UTF-8 as Latin-1."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable

from django.utils.translation import gettext as _

from exchange.desk.figures.periods import Period
from exchange.desk.figures.tables import Part

BYTE_ORDER_MARK = "\ufeff"
# What a spreadsheet would run (OWASP, CSV injection); an apostrophe makes it words.
_RUNS = ("=", "+", "-", "@", "\t", "\r")
# The same file for the same numbers.
_MOMENT = (1980, 1, 1, 0, 0, 0)


def sheet(part: Part) -> str:
    """One table. The last column says in what the numbers of a row are given."""
    out = io.StringIO()
    written = csv.writer(out, lineterminator="\r\n")
    written.writerow([*map(tame, part.columns), _("unit")])
    for row in part.rows:
        cells = [row.label, *(cell.raw for cell in row.cells), row.unit]
        written.writerow([tame(cell) for cell in cells])
    return BYTE_ORDER_MARK + out.getvalue()


def bundle(parts: Iterable[Part], period: Period) -> bytes:
    """Every table as a CSV of its own, and a text that says how each is counted."""
    out = io.BytesIO()
    told = [period.label, ""]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        # Some tables stand on two pages.
        for part in {part.slug: part for part in parts}.values():
            archive.writestr(_named(f"{part.slug}.csv"), sheet(part))
            told += [f"{part.slug}.csv: {part.title}", part.how, ""]
        archive.writestr(_named("how-counted.txt"), "\n".join(told))
    return out.getvalue()


def tame(value: str) -> str:
    return f"'{value}" if value.startswith(_RUNS) else value


def _named(name: str) -> zipfile.ZipInfo:
    found = zipfile.ZipInfo(name, _MOMENT)
    found.compress_type = zipfile.ZIP_DEFLATED
    found.external_attr = 0o644 << 16
    return found
