"""The registry of words that can be reported though they are neither a contribution nor an answer:
what is said live. Rooms register a place; safeguarding finds, freezes, seals and lets back through it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True)
class Words:
    """One piece of words as its reader sees it: plain values only, so that any room can answer.
    `title` and `url` are of the page it stands on; `author_id` is a member's, if one wrote it."""

    place: str
    pk: int
    text: str
    title: str = ""
    url: str = ""
    shown_as: str = ""
    language: str = "en"
    author_id: int | None = None
    countries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Standing:
    """How it stands today, in the reader's words; whether it is sealed, or out of view for now."""

    label: str
    is_sealed: bool = False
    is_held: bool = False


NOWHERE = Standing("")


class Place(Protocol):
    """One sort of live words. Every verb opens its own transaction; twice is once."""

    def find(self, pk: int, reader: Any) -> Words | None:
        """What this reader can see now, or nothing."""

    def look(self, pk: int) -> Words | None:
        """The same for whoever handles a case: without words once they are sealed."""

    def standing(self, pk: int) -> Standing:
        """Whether it is sealed or held."""

    def lock(self, pk: int) -> None:
        """Two reports about it come one after the other. In the caller's transaction."""

    def seal(self, pk: int) -> None:
        """Hidden from everybody at once, its writer and the hosts as well."""

    def unseal(self, pk: int) -> None:
        """Back, through whoever lets words out there."""

    def withdraw(self, pk: int) -> None:
        """Hidden for good."""

    def hold(self, pk: int) -> bool:
        """Several people reported it: out of view until somebody looks. Whether that changed it."""


_places: dict[str, Place] = {}


def register(code: str, place: Place) -> None:
    """Add a place; called from a room's hooks. The code stands in addresses and in cases."""
    _places[code] = place


def place(code: str) -> Place | None:
    """The place of that code, if any room answers for it."""
    return _places.get(code)


def find(code: str, pk: int, reader: Any) -> Words | None:
    """What the reader means, or nothing if they cannot see it."""
    found = _places.get(code)
    return found.find(pk, reader) if found else None


def standing(code: str, pk: int) -> Standing:
    found = _places.get(code)
    return found.standing(pk) if found else NOWHERE
