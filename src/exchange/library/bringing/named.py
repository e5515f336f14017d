"""Cells that name several things: who made a record, and its further addresses.
Pure; called by the form of a row."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from exchange.library.models import LinkKind
from exchange.library.naming import MOST_MAKERS, Maker, maker, organisation, person
from exchange.library.records import Further

_ROLE = re.compile(r"\s*\((author|editor|translator)\)$", re.IGNORECASE)
LONGEST_ADDRESS = 1000
MOST_LINKS = 50


def makers_in(cell: str) -> tuple[Maker, ...] | None:
    """ "Wessells, Mike; {Plan International}; Amin, Sara (editor)"; None when the cell is empty."""
    made = []
    for part in cell.split(";"):
        found = _ROLE.search(part)
        name = _ROLE.sub("", part).strip()
        role = found[1].casefold() if found else "author"
        if name.startswith("{") and name.endswith("}"):
            made.append(organisation(name.strip("{} "), role=role))
        elif name:
            made.append((person if "," in name else maker)(name.strip("{} "), role=role))
    return tuple(one for one in made if one.name)[:MOST_MAKERS] or None


def links_in(cell: str) -> tuple[tuple[Further, ...] | None, str]:
    """ "https://a.org archive https://b.org": addresses, each after the word for its kind if it
    has one; and the first that nobody can open. None when the cell is empty."""
    found: dict[str, Further] = {}
    kind = LinkKind.RELATED.value
    for word in cell.split():
        plain = word.rstrip(";,")
        if plain.casefold().rstrip(":") in LinkKind.values:
            kind = plain.casefold().rstrip(":")
        elif plain:
            if not may_be_opened(plain) or len(plain) > LONGEST_ADDRESS:
                return None, plain
            found[plain] = Further(plain, kind)
            kind = LinkKind.RELATED.value
    return tuple(found.values())[:MOST_LINKS] or None, ""


def may_be_opened(address: str) -> bool:
    """Whether it is the address of a page."""
    try:
        parts = urlsplit(address)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
    return usable and " " not in address
