"""Numbers and moments said in the words people use, in the six languages (Babel, CLDR).
Called by the shell's tags, cards, mail and every page that shows a date or a count."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from babel.dates import format_date, format_interval, format_skeleton, format_timedelta
from babel.numbers import format_decimal
from django.utils.translation import gettext as _

from exchange.core.languages import current
from exchange.core.time import now

# Whose way of writing dates each interface language follows.
_LOCALES = {"en": "en_GB", "fr": "fr", "sw": "sw", "ar": "ar", "es": "es_419", "pt": "pt_PT"}
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_SPANS = {"minute": _MINUTE, "hour": _HOUR, "day": _DAY, "week": 7 * _DAY}


def number(value: int | float, language: str = "") -> str:
    """A number with the separators of the language: 12,000 in English, 12 000 in French."""
    return _number(value, locale(language))


def ago(moment: datetime, language: str = "") -> str:
    """How long ago, up to four weeks; after that, or in the future, the date."""
    past = now() - moment
    if past < -_MINUTE or past >= 28 * _DAY:
        return day(moment, language)
    if past < _MINUTE:
        return _("just now")
    size, unit = (
        (_MINUTE, "minute") if past < _HOUR else (_HOUR, "hour") if past < _DAY else (_DAY, "day")
    )
    if past >= 14 * _DAY:
        size, unit = 7 * _DAY, "week"
    return _past(past // size, unit, locale(language))


def day(moment: date, language: str = "") -> str:
    """A date in words; the year is left out when it is this one."""
    return _day(moment.year, moment.month, moment.day, moment.year == now().year, locale(language))


def days(first: date, last: date | None, language: str = "") -> str:
    """From one day to another: "3–5 March"; one day alone as `day` says it."""
    if last is None or last <= first:
        return day(first, language)
    is_this_year = first.year == last.year == now().year
    pattern = "MMMMd" if is_this_year else "yMMMMd"
    return str(format_interval(first, last, pattern, locale=locale(language)))


def moment_in_full(moment: datetime, language: str = "") -> str:
    """A date and hour, said to be UTC, where the hour matters."""
    return f"{format_date(moment, 'long', locale=locale(language))}, {moment:%H:%M} UTC"


def locale(language: str = "") -> str:
    """Whose way of writing dates and numbers a language of ours follows."""
    code = language or current()
    return _LOCALES.get(code, code)


@lru_cache(maxsize=8192)
def _number(value: int | float, locale: str) -> str:
    return str(format_decimal(value, locale=locale))


@lru_cache(maxsize=2048)
def _past(count: int, unit: str, locale: str) -> str:
    span = -count * _SPANS[unit]
    return str(
        format_timedelta(span, granularity=unit, threshold=1000, add_direction=True, locale=locale)
    )


@lru_cache(maxsize=2048)
def _day(year: int, month: int, day_of_month: int, without_year: bool, locale: str) -> str:
    when = date(year, month, day_of_month)
    if without_year:
        return str(format_skeleton("MMMMd", when, locale=locale))
    return str(format_date(when, "long", locale=locale))
