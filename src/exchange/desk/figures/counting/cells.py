"""What counting gives: one number with its name, its key and how many people stand behind it.
Used by the modules beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.db.models import Q

NOBODY = ""


@dataclass(frozen=True)
class Cell:
    """`value` is a number or seconds; None when there is none, as a half that was never reached."""

    name: str
    value: int | None
    key: str = ""
    people: int = 0


@dataclass(frozen=True)
class Scope:
    """Whether pretended people and their words count: only where nobody else is."""

    pretended: bool = False

    def rows(self, where: str = "") -> Q:
        """For rows, or what they belong to, that know whether they are pretended."""
        return Q() if self.pretended else Q(**{f"{where}is_demo": False})


def quantile(seconds: Sequence[int], asked: int, share: float) -> int | None:
    """The smallest time within which so many of `asked` were served (nearest rank); None when
    that many never were. `seconds` are those that were, in order."""
    rank = ceil(asked * share)
    return seconds[rank - 1] if 0 < rank <= len(seconds) else None


def by_main_key(said: Iterable[tuple[str, int | None, int]]) -> Counter[str]:
    """How many people stand behind each key, of (key, person, times): each person under the key
    they have most of, so that nobody counts twice."""
    times: dict[int, Counter[str]] = {}
    for key, person, n in said:
        if person is not None:
            times.setdefault(person, Counter())[key] += n
    mains = (min(keys, key=lambda key: (-keys[key], key)) for keys in times.values())
    return Counter(mains)


def named(values: dict[str, Any]) -> Iterator[Cell]:
    """Totals by name; what the database found nothing of is 0."""
    for name, value in values.items():
        yield Cell(name, int(value or 0))
