"""Numbers and moments said in the words people use, in the six languages (Babel, CLDR).
Called by the shell's tags, cards, mail and every page that shows a date or a count."""

from datetime import date, datetime, timedelta

from babel.dates import format_date, format_skeleton, format_timedelta
from babel.numbers import format_decimal
from django.utils.translation import gettext as _

from exchange.core.languages import current
from exchange.core.time import now

# Whose way of writing dates each interface language follows.
_LOCALES = {"en": "en_GB", "fr": "fr", "sw": "sw", "ar": "ar", "es": "es_419", "pt": "pt_PT"}
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def number(value: int | float, language: str = "") -> str:
    """A number with the separators of the language: 12,000 in English, 12 000 in French."""
    return str(format_decimal(value, locale=_locale(language)))


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
    whole = past // size * size
    return str(
        format_timedelta(
            -whole, granularity=unit, threshold=1000, add_direction=True, locale=_locale(language)
        )
    )


def day(moment: date, language: str = "") -> str:
    """A date in words; the year is left out when it is this one."""
    if moment.year == now().year:
        return str(format_skeleton("MMMMd", moment, locale=_locale(language)))
    return str(format_date(moment, "long", locale=_locale(language)))


def moment_in_full(moment: datetime, language: str = "") -> str:
    """A date and hour, said to be UTC, where the hour matters."""
    return f"{format_date(moment, 'long', locale=_locale(language))}, {moment:%H:%M} UTC"


def _locale(language: str) -> str:
    code = language or current()
    return _LOCALES.get(code, code)
