"""Made-up words, each of which stands in one object alone; and who may see which: the heart of the
proof, written by hand. Called by the tests of access alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from django.test import Client

from exchange.members.models import Member
from tests.access.people import LOOKERS

EVERYBODY = frozenset(LOOKERS)
INSIDE = frozenset({"member", "guest", "group host", "group host resting", "author"})
HOSTS = frozenset({"host", "lead"})
AUTHOR = frozenset({"author"})

# Whose eyes an object is for. Nobody else may find its word behind any door.
MAY_SEE: dict[str, frozenset[str]] = {
    "everybody": EVERYBODY,
    "members": EVERYBODY - {"visitor", "erased"},
    # What waits, or is held: its writer, and hosts who have shown a second factor.
    "author and hosts": AUTHOR | HOSTS,
    "author": AUTHOR,
    "hosts": HOSTS,
    "lead": frozenset({"lead"}),
    "inside": INSIDE,
    # What waits inside: its writer, the hosts of the group, and those of the Exchange.
    "waits inside": frozenset({"author", "group host"}) | HOSTS,
    # What a group keeps for itself waits for its own hosts alone.
    "paper waits": frozenset({"author", "group host"}),
    # Its people: hosts of the Exchange open and close spaces and look after who belongs.
    "people of the group": frozenset({"group host"}) | HOSTS,
    # To whom its hosts wrote.
    "hosts of the group": frozenset({"group host"}),
    # Taken back inside: its writer and the hosts there, as outside.
    "taken back inside": frozenset({"author", "group host"}),
    # That an unlisted group is there at all.
    "name of the group": INSIDE | HOSTS,
    # Why a keeper looked, and what waits: the two hosts who keep the voices, and whose it is.
    "writer of the voice": HOSTS | {"blocked"},
    # Who reads both languages may read it a second time.
    "second readers": AUTHOR | HOSTS | {"member", "guest"},
    "member alone": frozenset({"member"}),
}

_SHAPE = re.compile("zw[a-z]{2}q[a-z]{2}xo")
_SYLLABLES = [a + b for a, b in product("bdfgklmnprtv", "aeiou")]


def word(number: int) -> str:
    """A word nobody uses, always as long as the others, so that none stands within another."""
    first, second = divmod(number, len(_SYLLABLES))
    return f"zw{_SYLLABLES[first]}q{_SYLLABLES[second]}xo"


@dataclass
class World:
    """What there is, who may see it, and who looks."""

    members: dict[str, Member] = field(default_factory=dict)
    browsers: dict[str, Client] = field(default_factory=dict)
    # The name of an object, and its word; and whose it is.
    words: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    audiences: dict[str, str] = field(default_factory=dict)
    # What addresses are made of: numbers, keys, slugs by name.
    at: dict[str, Any] = field(default_factory=dict)

    def mark(self, name: str, audience: str) -> str:
        """A new word for an object."""
        assert name not in self.words, name
        assert audience in MAY_SEE, audience
        self.words[name] = word(len(self.words) + 7)
        self.names[self.words[name]] = name
        self.audiences[name] = audience
        return self.words[name]

    def may_see(self, who: str, name: str) -> bool:
        return who in MAY_SEE[self.audiences[name]]

    def seen_in(self, text: str) -> set[str]:
        """The names of the objects whose word stands in it."""
        return {self.names[one] for one in _SHAPE.findall(text.casefold()) if one in self.names}

    def leaks(self, who: str, text: str) -> set[str]:
        return {name for name in self.seen_in(text) if not self.may_see(who, name)}
