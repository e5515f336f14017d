"""The numbers of a period and of the one before: kept ones where months are over, else counted now.
Called by the tables of this matter. What was counted now is remembered for ten minutes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.core.cache import cache
from django.db.models import Min, Q

from exchange.contributions.models import PUBLIC_STATES, Contribution
from exchange.desk.figures import veil
from exchange.desk.figures.counting import everything
from exchange.desk.figures.counting.cells import Cell, Scope
from exchange.desk.figures.periods import (
    Period,
    month_of,
    moved,
    one,
    quarter_of,
    this_month,
    year_of,
)
from exchange.desk.models import MonthFigure
from exchange.members.models import Member

REMEMBERED = 600
_PREFIX = "figures"
# These are no sums of months.
_OF_THE_WHOLE = ("people", "asked.half", "asked.ninety", "waits.half", "waits.ninety", "cases.half")

Numbers = dict[tuple[str, str], Cell]


@dataclass(frozen=True)
class Told:
    """One number by country or language: `value` None where too few stand behind it. `is_least`
    where a part of it stays hidden: it is that or more."""

    value: int | None
    is_least: bool = False


@dataclass
class Book:
    """The numbers of one period: totals, those of the months that lead to it, and the keys."""

    period: Period
    months: dict[date, Numbers]
    whole: Numbers
    spans: dict[Period, Numbers] = field(default_factory=dict)

    def total(self, name: str, key: str = "") -> int | None:
        """A number of the whole period; None where there is none, as a half never reached."""
        if _is_of_the_whole(name):
            cell = self.whole.get((name, key))
            return None if cell is None else cell.value
        return sum(self.of_month(month, name, key) or 0 for month in self.period.months)

    def of_month(self, month: date, name: str, key: str = "") -> int | None:
        cell = self.months.get(month, {}).get((name, key))
        if cell is None:
            return None if name in _OF_THE_WHOLE and name != "people" else 0
        return cell.value

    def people_behind(self, name: str) -> int:
        """How many things a half or nine tenths were taken of."""
        cell = self.whole.get((name, ""))
        return cell.people if cell else 0

    def keys(self, name: str, axis: str) -> list[str]:
        """What there is of an axis that is no person's: kinds, ways of using."""
        found = {
            key.partition(":")[2]
            for month in self.period.months
            for said, key in self.months.get(month, {})
            if said == name and key.startswith(f"{axis}:")
        }
        return sorted(found)

    def by(self, base: str, axis: str) -> Veiled:
        """The numbers by country or language, as far as they may be told."""
        over = [month for month in self.period.months if one(month).is_over]
        cells = {one(month): self.months.get(month, {}) for month in over} | self.spans
        people = {
            period: {
                key: cell.people
                for (name, key), cell in numbers.items()
                if name == base and key.startswith(f"{axis}:")
            }
            for period, numbers in cells.items()
        }
        return Veiled(self, cells, people, veil.atoms(self.period, people))


@dataclass(frozen=True)
class Veiled:
    """A table by country or language whose small numbers stay hidden."""

    book: Book
    cells: dict[Period, Numbers]
    people: dict[Period, dict[str, int]]
    atoms: set[veil.Atom]

    @property
    def keys(self) -> list[str]:
        """Every key with anything in a month that is over: those that are told first."""
        found = {key for period, keys in self.people.items() if period.size == 1 for key in keys}
        told = {key for _period, key in self.atoms}
        return sorted(found, key=lambda key: (key not in told, key))

    def told(self, name: str, key: str) -> Told:
        """The sum of its atoms; of people the most in one of them, for nobody counts twice."""
        mine = [period for period, known in self.atoms if known == key]
        if not mine:
            return Told(None)
        values = [self.cells[period].get((name, key), Cell(name, 0)).value or 0 for period in mine]
        value = max(values) if name == "people" else sum(values)
        some_hidden = not self.is_whole(key)
        several = name == "people" and len(mine) > 1
        return Told(value, is_least=some_hidden or several)

    def is_whole(self, key: str) -> bool:
        """Whether every month in which there was something is told, alone or with others."""
        covered = {m for period, known in self.atoms if known == key for m in period.months}
        active = {p.first for p, keys in self.people.items() if p.size == 1 and key in keys}
        return bool(covered) and active <= covered

    def time(self, name: str, key: str) -> Told:
        """A half or nine tenths: only of a key that is wholly told, and of enough answers."""
        cell = self.book.whole.get((name, key))
        if cell is None or not self.is_whole(key) or cell.people < veil.FLOOR:
            return Told(None)
        return Told(cell.value)


def book(period: Period, names: Collection[str], *, leading: int = 0) -> Book:
    """The numbers of these names for a period and the months before it, so many in all."""
    begun = beginning()
    first = min(period.first, moved(period.last, 1 - leading)) if leading else period.first
    through = Period(first, period.last).months
    wanted = [m for m in through if begun and begun <= m <= this_month()]
    spans = _spans(period) if begun else []
    kept = _kept([*(one(month) for month in wanted), *spans, period], names)
    months = {month: _numbers(one(month), kept) for month in wanted}
    return Book(
        period=period,
        months=months,
        whole=_numbers(period, kept) if begun else {},
        spans={span: _numbers(span, kept) for span in spans},
    )


def scope() -> Scope:
    """Pretended people count where there is nobody else who wrote anything."""

    def look() -> Scope:
        if not Member.objects.filter(is_demo=True).exists():
            return Scope()
        real = Contribution.objects.filter(is_demo=False, author__isnull=False)
        return Scope(pretended=not real.filter(author__hosting_since=None).exists())

    known: Scope = remembered_a_while("scope", look)
    return known


def beginning() -> date | None:
    """The month of the first public text of a person; nobody contributed before it."""

    def look() -> date | None:
        rows = Contribution.objects.filter(scope().rows(), state__in=PUBLIC_STATES)
        rows = rows.exclude(origin="starter").filter(published_at__isnull=False)
        first: datetime | None = rows.aggregate(at=Min("published_at"))["at"]
        return None if first is None else month_of(first.astimezone(UTC).date())

    known: date | None = remembered_a_while("beginning", look)
    return known


def remembered_a_while(what: str, make: Callable[[], Any]) -> Any:
    """Ten minutes, in this process; also while pages are made within a transaction."""
    key = f"{_PREFIX}:{_round()}:{what}"
    known = cache.get(key)
    if known is None:
        # In a list, so that "nothing" is remembered as well.
        known = [make()]
        cache.set(key, known, REMEMBERED)
    return known[0]


def forget() -> None:
    """Count anew at the next look."""
    cache.set(f"{_PREFIX}:round", _round() + 1, None)


def _spans(period: Period) -> list[Period]:
    """The quarters and years that are over and lie wholly in it, and are longer than a month."""
    found = [*veil.longer_in(period, quarter_of), *veil.longer_in(period, year_of)]
    return [span for span in found if span.is_over]


def _kept(periods: Iterable[Period], names: Collection[str]) -> dict[Period, Numbers]:
    """What the table has of these periods, in one question; nothing while people are pretended."""
    wanted = [one for one in dict.fromkeys(periods) if one.is_over and one.is_whole]
    if scope().pretended or not wanted:
        return {}
    sizes = {span.size for span in wanted}
    where = Q()
    for size in sizes:
        months = [span.first for span in wanted if span.size == size]
        where |= Q(months=size, month__in=months)
    rows = MonthFigure.objects.filter(where, Q(name__in=names) | Q(name="people"))
    found: dict[tuple[date, int], Numbers] = {}
    for month, size, name, key, value, people in rows.values_list(
        "month", "months", "name", "key", "value", "people"
    ):
        numbers = found.setdefault((month, size), {})
        numbers[name, key] = Cell(name, value, key, people)
    return {s: found[s.first, s.size] for s in wanted if (s.first, s.size) in found}


def _numbers(period: Period, kept: dict[Period, Numbers]) -> Numbers:
    return kept[period] if period in kept else _counted(period)


def _counted(period: Period) -> Numbers:
    """Counted now, and remembered."""

    def count() -> Numbers:
        counts = everything.of_month if period.size == 1 else everything.of_several
        return {(cell.name, cell.key): cell for cell in counts(period, scope())}

    known: Numbers = remembered_a_while(period.code, count)
    return known


def _round() -> int:
    return int(cache.get(f"{_PREFIX}:round") or 0)


def _is_of_the_whole(name: str) -> bool:
    return name in _OF_THE_WHOLE or name.startswith("people.")
