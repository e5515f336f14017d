"""The organisations of the field that the house knows by itself: the list as it was put together.
Pure; called by the starter, and by the library, which knows organisations by their names."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

KNOWN = Path(__file__).resolve().parent / "starter" / "organisations.csv"


@lru_cache(maxsize=1)
def known() -> tuple[dict[str, str], ...]:
    """The rows of the list, as it stands in the house."""
    with KNOWN.open(encoding="utf-8-sig", newline="") as table:
        return tuple(csv.DictReader(table))


def known_names() -> list[str]:
    """Names and acronyms of all of them."""
    return [row[column] for row in known() for column in ("name", "acronym") if row[column]]
