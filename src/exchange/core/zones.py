"""Time zones people can choose from, by the names of their cities; and the one of a country.
Called by rooms where people plan or wait by the clock."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location

from exchange.core import time
from exchange.core.languages import current

UNKNOWN = "UTC"
# One for each time people live by, most of them where members are; one's own country comes first.
_CITIES = (
    *("Pacific/Honolulu", "America/Los_Angeles", "America/Denver", "America/Mexico_City"),
    *("America/Bogota", "America/New_York", "America/Caracas", "America/Port-au-Prince"),
    *("America/Sao_Paulo", "America/Argentina/Buenos_Aires", "Atlantic/Cape_Verde"),
    *("Africa/Dakar", "Europe/London", "Africa/Lagos", "Africa/Kinshasa", "Africa/Algiers"),
    *("Europe/Paris", "Africa/Johannesburg", "Africa/Maputo", "Africa/Lusaka", "Africa/Cairo"),
    *("Africa/Kigali", "Africa/Khartoum", "Asia/Beirut", "Africa/Nairobi", "Africa/Addis_Ababa"),
    *("Asia/Riyadh", "Asia/Tehran", "Asia/Dubai", "Asia/Kabul", "Asia/Karachi", "Asia/Kolkata"),
    *("Asia/Kathmandu", "Asia/Dhaka", "Asia/Yangon", "Asia/Bangkok", "Asia/Jakarta"),
    *("Asia/Manila", "Asia/Tokyo", "Australia/Sydney", "Pacific/Fiji"),
)


def of_country(code: str) -> list[str]:
    """The zones of a country, the first of them as good a guess as any; none for no country."""
    named: dict[str, list[str]] = get_global("territory_zones")
    every = [zone for zone in named.get(code.upper(), ()) if is_known(zone)]
    # Where most people live before islands and far corners; otherwise as the list has them.
    return sorted(every, key=lambda zone: zone not in _CITIES)


def guess(country: str) -> str:
    """The zone of somebody of whom we know only this."""
    return next(iter(of_country(country)), UNKNOWN)


def is_known(zone: str) -> bool:
    return zone in _all()


def choices(country: str, *, also: str = "") -> list[tuple[str, str]]:
    """(zone, its city and how far from UTC) for a form: one's own country, then the world."""
    own = of_country(country)
    world = sorted((one for one in _CITIES if one not in own), key=_offset)
    every = [*own, *world]
    if also and also not in every and is_known(also):
        every.insert(0, also)
    if UNKNOWN not in every:
        every.append(UNKNOWN)
    return [(zone, called(zone)) for zone in every]


def called(zone: str, at: datetime | None = None) -> str:
    """ "Nairobi (UTC+03:00)", in the language that is active; as it is now, or at a moment."""
    if zone == UNKNOWN:
        return UNKNOWN
    minutes = _offset(zone, at)
    sign, hours, rest = "-" if minutes < 0 else "+", *divmod(abs(minutes), 60)
    return f"{_city(zone, current())} (UTC{sign}{hours:02}:{rest:02})"


def city(zone: str) -> str:
    """The name of its city alone, in the language that is active."""
    return UNKNOWN if zone == UNKNOWN else _city(zone, current())


def _offset(zone: str, at: datetime | None = None) -> int:
    moment = at or time.now()
    ahead = moment.astimezone(ZoneInfo(zone)).utcoffset()
    return int(ahead.total_seconds() // 60) if ahead else 0


@lru_cache(maxsize=2048)
def _city(zone: str, language: str) -> str:
    return str(get_timezone_location(zone, locale=Locale.parse(language), return_city=True))


@lru_cache(maxsize=1)
def _all() -> frozenset[str]:
    return frozenset(available_timezones())
