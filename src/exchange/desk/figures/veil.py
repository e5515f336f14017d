"""Which numbers by country or language may be told, so that nobody can be told from the others.
Called by the queries of this matter. Pure: it knows keys, months and how many people stand behind.

Told are atoms: a key in one month, a quarter or a year that is over. Everything a page, a table
or a file says of a key is a sum of atoms, and the months' totals are known. So it is enough that
1. at least FLOOR people stand behind every atom, and no two atoms of a key share a month;
2. what is left of a month beside its atoms belongs to FLOOR people or to nobody: what would leave
   fewer is held back as well, the smallest first;
3. an atom of a quarter or a year covers two months or more in which there was something, and in
   each of these somebody else stays hidden too: then no single month of it can be worked out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from exchange.desk.figures.periods import Period, one, quarter_of, year_of

FLOOR = 5

# How many people stand behind each key that has anything at all.
Cells = Mapping[str, int]
Atom = tuple[Period, str]


def atoms(period: Period, cells: Mapping[Period, Cells]) -> set[Atom]:
    """What may be told of a period. `cells` has the months that are over, and the quarters and
    years in it that are over."""
    months = {month: cells[one(month)] for month in period.months if one(month) in cells}
    open_keys = {month: told_of_month(found) for month, found in months.items()}
    told = {(one(month), key) for month, keys in open_keys.items() for key in keys}
    hidden = {month: set(found) - open_keys[month] for month, found in months.items()}
    covered: dict[date, set[str]] = {month: set() for month in months}
    for longer in (*longer_in(period, quarter_of), *longer_in(period, year_of)):
        if longer in cells and all(month in months for month in longer.months):
            told |= _joined(longer, cells[longer], hidden, open_keys, covered)
    return told


def told_of_month(people: Cells) -> set[str]:
    """The keys of one table that may be told."""
    told = {key for key, n in people.items() if n >= FLOOR}
    left = sum(n for key, n in people.items() if key not in told)
    for key in sorted(told, key=lambda key: (people[key], key)):
        if len(told) == len(people) or left >= FLOOR:
            break
        told.remove(key)
        left += people[key]
    return told


def longer_in(period: Period, of: Callable[[date], Period]) -> list[Period]:
    """The quarters, or the years, that lie wholly in a period."""
    found = dict.fromkeys(of(month) for month in period.months)
    return [long for long in found if period.first <= long.first and long.last <= period.last]


def _joined(
    longer: Period,
    people: Cells,
    hidden: dict[date, set[str]],
    open_keys: dict[date, set[str]],
    covered: dict[date, set[str]],
) -> set[Atom]:
    """Keys that are told for several months together, because none of these tells them alone."""
    told: set[Atom] = set()
    for key in sorted(people, key=lambda key: (-people[key], key)):
        active = [month for month in longer.months if key in hidden[month]]
        is_new = not any(key in open_keys[m] or key in covered[m] for m in longer.months)
        if people[key] < FLOOR or len(active) < 2 or not is_new:
            continue
        if _leaves_enough(key, longer, people, hidden, covered):
            told.add((longer, key))
            for month in active:
                covered[month].add(key)
    return told


def _leaves_enough(
    key: str,
    longer: Period,
    people: Cells,
    hidden: dict[date, set[str]],
    covered: dict[date, set[str]],
) -> bool:
    """Whether others stay hidden wherever this or another such key hides, and enough in all."""
    left: set[str] = set()
    for month in longer.months:
        stays = hidden[month] - covered[month] - {key}
        left |= stays
        if not stays and (key in hidden[month] or covered[month]):
            return False
    return sum(people.get(one, 0) for one in left) >= FLOOR
