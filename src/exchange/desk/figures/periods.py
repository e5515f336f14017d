"""Months and what is made of them: a month, a quarter, a year, or any two months and all between.
Called by everything in this matter. A day begins and ends by UTC."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

from babel.dates import format_interval, format_skeleton
from django.utils.translation import gettext as _

from exchange.core import words
from exchange.core.time import now

MOST_MONTHS = 120
FIRST_YEAR = 2000
_MONTH = re.compile(r"(\d{4})-(\d{1,2})", re.ASCII)
_QUARTER = re.compile(r"(\d{4})-q([1-4])", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)


class NoPeriod(ValueError):
    """What was written names no months that have begun."""


@dataclass(frozen=True, order=True)
class Period:
    """So many whole months, from the first day of `first` to the last day of `last`."""

    first: date
    last: date

    @property
    def size(self) -> int:
        """How many months."""
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    @property
    def months(self) -> list[date]:
        return [moved(self.first, n) for n in range(self.size)]

    @property
    def begins(self) -> datetime:
        return _midnight(self.first)

    @property
    def ends(self) -> datetime:
        """The first moment after it."""
        return _midnight(moved(self.last, 1))

    @property
    def before(self) -> Period:
        """As many months, just before."""
        return Period(moved(self.first, -self.size), moved(self.first, -1))

    @property
    def is_over(self) -> bool:
        return self.ends <= now()

    @property
    def is_whole(self) -> bool:
        """Whether it is one month, one quarter or one year of the calendar."""
        return self.size == 1 or self in (quarter_of(self.first), year_of(self.first))

    @property
    def code(self) -> str:
        """As it stands in an address: "2026-11", "2026-q4", "2026", "2026-02..2026-05"."""
        if self.size == 1:
            return f"{self.first:%Y-%m}"
        if self == year_of(self.first):
            return f"{self.first:%Y}"
        if self == quarter_of(self.first):
            return f"{self.first:%Y}-q{(self.first.month + 2) // 3}"
        return f"{self.first:%Y-%m}..{self.last:%Y-%m}"

    @property
    def label(self) -> str:
        """In words: "November 2026", "July – September 2026", "2026"."""
        locale = words.locale()
        if self == year_of(self.first):
            return str(self.first.year)
        if self.size == 1:
            return str(format_skeleton("yMMMM", self.first, locale=locale))
        return str(format_interval(self.first, self.last, "yMMMM", locale=locale))


def month_of(moment: date) -> date:
    """The first day of a month."""
    return date(moment.year, moment.month, 1)


def this_month() -> date:
    return month_of(now().astimezone(UTC).date())


def moved(month: date, by: int) -> date:
    """So many months later, or earlier."""
    year, place = divmod(month.year * 12 + month.month - 1 + by, 12)
    return date(year, place + 1, 1)


def one(month: date) -> Period:
    return Period(month, month)


def quarter_of(month: date) -> Period:
    first = date(month.year, (month.month - 1) // 3 * 3 + 1, 1)
    return Period(first, moved(first, 2))


def year_of(month: date) -> Period:
    return Period(date(month.year, 1, 1), date(month.year, 12, 1))


def read(code: str) -> Period:
    """What a code of an address means. Raises NoPeriod."""
    begin, between, end = code.strip().lower().partition("..")
    if between:
        return spanning(begin, end)
    if found := _QUARTER.fullmatch(begin):
        return _checked(quarter_of(date(_year(found[1]), int(found[2]) * 3, 1)))
    if _YEAR.fullmatch(begin):
        return _checked(year_of(date(_year(begin), 1, 1)))
    return _checked(one(_month(begin)))


def spanning(begin: str, end: str) -> Period:
    """From one month to another, in whichever order they were written. Raises NoPeriod."""
    first, last = sorted((_month(begin), _month(end)))
    return _checked(Period(first, last))


def offered() -> list[tuple[str, str]]:
    """(code, words) of what a host most often asks for: years, quarters, months; the latest first."""
    month = this_month()
    quarters = [quarter_of(moved(month, -3 * n)) for n in range(5)]
    periods = [*(one(moved(month, -n)) for n in range(13)), *quarters]
    periods += [year_of(month), year_of(moved(month, -12))]
    return [(period.code, period.label) for period in periods]


def short(month: date) -> str:
    """A month under a chart: "Nov"."""
    return str(format_skeleton("MMM", month, locale=words.locale()))


def in_table(month: date) -> str:
    return one(month).label


def so_far(period: Period) -> str:
    """What is said beside a period that still goes on."""
    return "" if period.is_over else _("It is not over yet: these figures still grow.")


def _month(written: str) -> date:
    found = _MONTH.fullmatch(written.strip())
    if not found or not 1 <= int(found[2]) <= 12:
        raise NoPeriod
    return date(_year(found[1]), int(found[2]), 1)


def _year(written: str) -> int:
    year = int(written)
    if not FIRST_YEAR <= year <= now().year:
        raise NoPeriod
    return year


def _checked(period: Period) -> Period:
    if period.begins > now() or period.size > MOST_MONTHS:
        raise NoPeriod
    return period


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
