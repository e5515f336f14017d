"""What every reader gives: rows under the numbers people see, and what could not be read, in words.
Made by the readers of tables and reference files; read by the import."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

# More than this at once is nothing a person can look through.
MOST_ROWS = 10_000
LARGEST_FILE = 50_000_000
LARGEST_CELL = 20_000


class Unreadable(ValueError):
    """The file is nothing we understand; the message says why, in words."""


@dataclass(frozen=True)
class Row:
    """One row of a table, under the number a spreadsheet shows beside it (the heading is row 1),
    or one entry of a reference file, counted from 1. `wrong` says why it cannot be taken, `notes`
    what a host should know of it. What comes from another library has a name there."""

    number: int
    cells: dict[str, str]
    wrong: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    identifier: str = ""
    datestamp: str = ""
    is_deleted: bool = False

    @property
    def title(self) -> str:
        return " ".join(self.cells.get("title", "").split())[:300]


def bounded(rows: Iterable[Row]) -> list[Row]:
    """All rows, if a person can look through them. Raises Unreadable."""
    kept: list[Row] = []
    for row in rows:
        if len(kept) == MOST_ROWS:
            raise Unreadable(
                _(
                    "There are more than %(most)s records in this file. Split it and bring in the "
                    "parts; nothing was read."
                )
                % {"most": MOST_ROWS}
            )
        kept.append(row)
    return kept
