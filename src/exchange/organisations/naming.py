"""How names of organisations are written, ordered and recognised, whatever the spelling.
Pure; called by forms, queries and actions of this room, and by those who recognise a name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from exchange.core.text import clean_name, folded

MOST_NAMES = 12
SORT_LENGTH = 160
# What is no part of a name by which people tell one organisation from another.
_ARTICLES = ("the ", "la ", "le ", "les ", "el ", "o ", "a ")
_IN_BRACKETS = re.compile(r"\(([^()]{2,60})\)")


def sort_key(name: str) -> str:
    """Where a name stands in the list: folded, without its first article."""
    plain = folded(name)
    for article in _ARTICLES:
        if plain.startswith(article) and len(plain) > len(article):
            plain = plain.removeprefix(article)
            break
    return (plain or name.strip().casefold())[:SORT_LENGTH]


def found_by(name: str, acronym: str, others: Iterable[str]) -> str:
    """All names, folded, each between bars, so that a whole name and a part of one can be found."""
    names = [name, _IN_BRACKETS.sub(" ", name), *_IN_BRACKETS.findall(name), acronym, *others]
    keys = [key for one in names if (key := folded(one))]
    keys += [sort_key(name)]
    # "Tpo-Uganda", "TPOUganda": without its spaces it is the same name.
    keys += [joined for key in keys if (joined := key.replace(" ", "")) != key]
    return "|" + "|".join(dict.fromkeys(keys)) + "|"


def other_names(typed: str) -> list[str]:
    """Names typed one a line."""
    names = [clean_name(line)[:160] for line in typed.splitlines()]
    return list(dict.fromkeys(name for name in names if name))[:MOST_NAMES]
