"""The seam to whoever keeps lasting records: a room hands one over and gets back what it became.
The library registers itself; rooms beside it call `enter` and `say_used` and know no library."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from exchange.contributions.models import Contribution
from exchange.members.models import Member


@dataclass(frozen=True)
class Enclosed:
    """A file that goes with a record, as it lies on our own disk; `label` says what it is."""

    path: Path
    label: str
    language: str = "en"


@dataclass(frozen=True)
class Entry:
    """A record as plain values. `made_by`: names as shown. `source` is the contribution that it
    came of; the same source again changes its record instead of making another."""

    title: str
    summary: str
    language: str
    source: Contribution
    made_by: tuple[str, ...] = ()
    year: int = 0
    month: int = 0
    types: tuple[str, ...] = ()
    hubs: tuple[str, ...] = ()
    # Whole addresses beside its own page: (address, what it is).
    links: tuple[tuple[str, str], ...] = ()
    files: tuple[Enclosed, ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """What the keeper of records can be asked."""

    enter: Callable[[Entry, Member], Contribution]
    # The record, who, "tried" or "adapted", and their words (may be empty).
    say_used: Callable[[Contribution, Member, str, str], None]


_kept: list[Catalogue] = []


def register(catalogue: Catalogue) -> None:
    """Say who keeps records; called from hooks when the program starts."""
    _kept[:] = [catalogue]


def the() -> Catalogue | None:
    """Whoever keeps records, or nobody."""
    return _kept[0] if _kept else None
