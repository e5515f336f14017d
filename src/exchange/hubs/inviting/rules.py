"""How long invitations hold, how many there may be, and how a pasted list of addresses is read. Pure.
Called by actions, forms and letters of this matter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from exchange.core.text import clean_name
from exchange.mail.rules import MailRefused, check_address

MOST_AT_ONCE = 100
# All letters of a space together, so that nobody's list becomes a mailing.
MOST_A_DAY = 200
REMIND_AFTER = timedelta(days=7)
FORGET_AFTER = timedelta(days=30)
LINK_DAYS = (7, 14, 30, 90)
LINK_PEOPLE = (1, 10, 25, 50, 100)
MOST_LINKS = 10
LONGEST_PASTE = 20_000
_LONGEST_NAME = 80

# "Mama Zuri <zuri@example.org>", as mail programs copy a list.
_ANGLE = re.compile(r"(?P<name>[^<>,;\n]*)<\s*(?:mailto:)?(?P<address>[^<>\n]*?)\s*>", re.I)
_LINES = re.compile(r"[;\n\r\t،؛|]+")
_WORDS = re.compile(r"[,\s]+")
_AROUND = "\"'“”‘’«»()[]{}.,:;·•*-–\u200e\u200f\u202a\u202c\ufeff"
_NUMBER = re.compile(r"^\s*\d{1,3}[.)]\s+")


@dataclass(frozen=True)
class One:
    """One person of a list: an address, and the name that stood beside it."""

    address: str
    name: str = ""


@dataclass(frozen=True)
class Wrong:
    """What could not be read: the words as they were typed, and a code of why."""

    typed: str
    why: str


@dataclass(frozen=True)
class Read:
    """A pasted list: whom it names, each once, and what of it is no address."""

    people: tuple[One, ...] = ()
    wrong: tuple[Wrong, ...] = ()
    doubled: int = 0


def read(pasted: str) -> Read:
    """Whatever people paste: one a line, with commas, semicolons, names, numbers before them."""
    people: dict[str, One] = {}
    wrong: list[Wrong] = []
    doubled = 0
    for typed, name, address in _entries(pasted):
        why = _trouble(address)
        if why:
            wrong.append(Wrong(typed, why))
        elif address.lower() in people:
            doubled += 1
        else:
            people[address.lower()] = One(address.lower(), clean_name(name)[:_LONGEST_NAME])
    every = tuple(people.values())
    return Read(every, tuple(wrong), doubled)


def _entries(pasted: str) -> list[tuple[str, str, str]]:
    """(as typed, name, address) of everything in the list; without an address, "" for it."""
    found: list[tuple[str, str, str]] = []
    for line in _LINES.split(pasted):
        rest = _NUMBER.sub("", line).strip()
        for match in _ANGLE.finditer(rest):
            name = match["name"].strip(_AROUND + " ")
            found.append((match[0].strip(" ,"), name, match["address"].strip()))
        found += _bare(_ANGLE.sub(",", rest))
    return found


def _bare(line: str) -> list[tuple[str, str, str]]:
    """Addresses without brackets; the words before one are its name, where there is only one."""
    words = [word for word in (w.strip(_AROUND) for w in _WORDS.split(line)) if word]
    addresses = [word for word in words if "@" in word]
    others = [word for word in words if "@" not in word]
    if not addresses:
        return [(" ".join(others), "", "")] if others else []
    if len(addresses) == 1:
        return [(line.strip(" ,"), " ".join(others), addresses[0])]
    # Several of them: other words between them are no addresses, and are shown back.
    strays = [(word, "", "") for word in others]
    return [*((address, "", address) for address in addresses), *strays]


def _trouble(address: str) -> str:
    if not address or "@" not in address:
        return "no-address"
    try:
        check_address(address)
    except MailRefused:
        return "bad-address"
    return ""
