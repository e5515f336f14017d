"""One thing in a digest, the section it stands in, and how it is kept in `Digest.items`.
Used by the modules of this folder alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Section(StrEnum):
    """The parts of a digest, in the order of the mail. The values are kept with each digest."""

    HELP = "help"
    ANSWERS = "answers"
    PLACES = "places"
    SEARCHES = "searches"


@dataclass(frozen=True)
class Entry:
    """A contribution that is new, or new answers to one that is not; in the latter case
    `is_new` is no."""

    section: Section
    contribution: int
    replies: tuple[int, ...] = ()
    is_new: bool = True

    @property
    def codes(self) -> list[str]:
        """What is told by it, as the ledger of deliveries names things."""
        own = [f"contribution:{self.contribution}"] if self.is_new else []
        return [*own, *(f"reply:{pk}" for pk in self.replies)]

    @property
    def kept(self) -> list[str]:
        """As it is kept: the section, where it stands, and what is told."""
        return [self.section, f"at:{self.contribution}", *self.codes]


def from_kept(rows: Iterable[list[str]]) -> list[Entry]:
    """The entries of a digest that was made."""
    return [_entry(row) for row in rows]


def codes_of(rows: Iterable[list[str]]) -> set[str]:
    """All that a digest told."""
    return {code for row in rows for code in row[2:]}


def number(code: str) -> int:
    """The number in "reply:12"."""
    return int(code.partition(":")[2])


def _entry(row: list[str]) -> Entry:
    section, place, *codes = row
    replies = tuple(number(code) for code in codes if code.startswith("reply:"))
    is_new = any(code.startswith("contribution:") for code in codes)
    return Entry(Section(section), number(place), replies, is_new)
