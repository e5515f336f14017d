"""The registry of ways on which a group's text goes to the whole Exchange: a room above opens its own form
with the words in it. Registered in that room's hooks; asked by `working.drafts`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from exchange.members.models import Member

# Member, title, words, language: the address of a form that holds them.
Begin = Callable[[Member, str, str, str], str]


@dataclass(frozen=True)
class Way:
    """One sort of text, in the reader's words."""

    code: str
    label: str | Promise
    begin: Begin


_ways: dict[str, Way] = {}


def register(code: str, label: str | Promise, begin: Begin) -> None:
    """Add a way; the same code again replaces it."""
    _ways[code] = Way(code, label, begin)


def ways() -> tuple[Way, ...]:
    return tuple(_ways.values())


def begin(member: Member, code: str, *, title: str, body: str, language: str) -> str:
    """Where the form stands, or "" when nobody has that way."""
    way = _ways.get(code)
    return way.begin(member, title, body, language) if way else ""
