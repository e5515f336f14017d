"""The tables behind every chart: rows and cells, said for people and written plain for files.
Called by the tabs, the exports and the report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from babel.dates import format_timedelta
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from exchange.core import words
from exchange.core.languages import named
from exchange.desk.figures import charts, periods
from exchange.desk.figures.queries import Book, Told
from exchange.taxonomy import vocabulary

TREND = 12
COUNT, HOURS, PERCENT = "number", "hours", "%"


@dataclass(frozen=True)
class Shown:
    """One cell: as people read it, and as a program for tables does."""

    said: str
    raw: str


@dataclass(frozen=True)
class Row:
    label: str
    cells: tuple[Shown, ...]
    unit: str = COUNT


@dataclass(frozen=True)
class Part:
    """A table with its name, how it is counted in a sentence, and a chart where one helps."""

    slug: str
    title: str
    how: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    chart: SafeString = field(default_factory=SafeString)
    note: str = ""


@dataclass(frozen=True)
class Both:
    """The period, and as long a time before it."""

    now: Book
    before: Book


@dataclass(frozen=True)
class Asked:
    """One row of a table that compares: its words and where its number comes from."""

    label: str
    name: str
    key: str = ""
    unit: str = COUNT
    # Of what it is a share.
    of: str = ""


NOTHING = Shown("–", "")


def compared(both: Both, asked: Sequence[Asked]) -> tuple[Row, ...]:
    """This period beside the one before."""
    return tuple(
        Row(one.label, (number(both.now, one), number(both.before, one)), one.unit) for one in asked
    )


def columns(both: Both) -> tuple[str, ...]:
    return ("", both.now.period.label, both.before.period.label)


def number(book: Book, one: Asked) -> Shown:
    value = book.total(one.name, one.key)
    if one.unit == PERCENT:
        return share(value or 0, book.total(one.of) or 0)
    if one.unit == HOURS:
        return lasting(value, book.total(_counted_of(one.name)))
    return whole(value)


def whole(value: int | None) -> Shown:
    return NOTHING if value is None else Shown(words.number(value), str(value))


def share(part: int, of: int) -> Shown:
    """A share of whole percents; of nothing there is none."""
    if not of:
        return NOTHING
    percent = round(100 * part / of)
    return Shown(f"{words.number(percent)} %", str(percent))


def lasting(seconds: int | None, of: int | None = None) -> Shown:
    """A time as people say it; in files as hours. "Not yet" only where there was something."""
    if seconds is None:
        return Shown(_("not yet"), "") if of else NOTHING
    return Shown(in_words(seconds), f"{seconds / 3600:.2f}")


def in_words(seconds: float) -> str:
    """ "20 minutes", "30 hours", "5 days"."""
    span = timedelta(seconds=max(60, seconds))
    return str(
        format_timedelta(span, granularity="minute", threshold=2, locale=words.locale())
        if span < timedelta(days=14)
        else format_timedelta(span, granularity="day", threshold=1000, locale=words.locale())
    )


def in_words_short(seconds: float) -> str:
    """The same on a chart: "30 h", "5 d"."""
    hours = seconds / 3600
    span = timedelta(seconds=max(60, seconds))
    grain = "minute" if hours < 2 else "hour" if hours < 48 else "day"
    return str(
        format_timedelta(
            span, granularity=grain, threshold=1000, format="narrow", locale=words.locale()
        )
    )


def few_people() -> str:
    """How tables by country and language are counted, and what they do not tell."""
    return _(
        "Of months that are over. Numbers with fewer than five people behind them are not told, nor"
        " larger ones from which these could be worked out; they are in the totals. A country is"
        " the one people say they live in today."
    )


def veiled(told: Told, say: Callable[[int | None], Shown] = whole) -> Shown:
    """A number by country or language, or that too few people stand behind it."""
    if told.value is None:
        return Shown(_("fewer than 5 people, or not told apart"), "not told")
    shown = say(told.value)
    if told.is_least:
        return Shown(_("%(n)s or more") % {"n": shown.said}, f">={shown.raw}")
    return shown


def beside_veiled(told: Told) -> Shown:
    """Another number of the same row: its first cell has said why it is not told."""
    return Shown("–", "not told") if told.value is None else veiled(told)


def veiled_time(told: Told) -> Shown:
    return NOTHING if told.value is None else lasting(told.value)


def trend(book: Book, names: Sequence[tuple[str, str]]) -> tuple[list[date], list[charts.Series]]:
    """The months that lead to the end of the period, for a chart."""
    months = _months(book)
    return months, [
        charts.Series(label, [book.of_month(month, name) for month in months])
        for name, label in names
    ]


def by_month(book: Book, names: Sequence[tuple[str, str]], unit: str = COUNT) -> tuple[Row, ...]:
    """The same months as a table, the newest first."""
    return tuple(
        Row(
            periods.in_table(month),
            tuple(_in_month(book, month, name, unit) for name, _label in names),
            unit,
        )
        for month in reversed(_months(book))
    )


def short(months: Sequence[date]) -> list[str]:
    return [periods.short(month) for month in months]


def placed(axis: str, key: str) -> str:
    """A country or language by its name."""
    slug = key.partition(":")[2]
    if not slug:
        return _("not said")
    return vocabulary.country_name(slug) if axis == "country" else named(slug)


def _in_month(book: Book, month: date, name: str, unit: str) -> Shown:
    value = book.of_month(month, name)
    if unit == HOURS:
        return lasting(value, book.of_month(month, _counted_of(name)))
    return whole(value)


def _counted_of(name: str) -> str:
    """Of what a half or nine tenths are taken: "asked.half" of "asked"."""
    return name.partition(".")[0]


def _months(book: Book) -> list[date]:
    last = min(book.period.last, periods.this_month())
    first = min(book.period.first, periods.moved(last, 1 - TREND))
    begun = min([*book.months, book.period.first])
    return periods.Period(max(first, begun), last).months
