"""Moments in the words people read: by the clock of a place, which is named, with UTC beside it.
Called by the letters and pages of every matter of this room."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, get_timezone_location

from exchange.core import zones
from exchange.core.languages import current
from exchange.webinars.models import Seat, Webinar

# Whose way of writing dates each interface language follows, as in `core.words`.
_LOCALES = {"en": "en_GB", "es": "es_419", "pt": "pt_PT"}


def zone_for(seat: Seat, webinar: Webinar) -> str:
    """By whose clock somebody reads: the one they chose, their country's, the hub's."""
    if seat.zone and zones.is_known(seat.zone):
        return seat.zone
    country = seat.country or (seat.member.country if seat.member else "")
    guessed = zones.guess(country) if country else zones.UNKNOWN
    if guessed != zones.UNKNOWN:
        return guessed
    return webinar.zone if zones.is_known(webinar.zone) else zones.UNKNOWN


def said(moment: datetime, zone: str) -> str:
    """ "Tuesday 24 November 2026, 15:00 Nairobi (12:00 UTC)", in the language that is active."""
    world, comma = moment.astimezone(UTC), "،" if current() == "ar" else ","
    if zone == zones.UNKNOWN or not zones.is_known(zone):
        return f"{_day(world)}{comma} {world:%H:%M} UTC"
    here = moment.astimezone(ZoneInfo(zone))
    # Elsewhere it may be another day.
    other_day = f"{_day(world)}{comma} " if world.date() != here.date() else ""
    return f"{_day(here)}{comma} {here:%H:%M} {city(zone)} ({other_day}{world:%H:%M} UTC)"


def city(zone: str) -> str:
    """A zone by the name of its city."""
    return _city(zone, current())


def _day(moment: datetime) -> str:
    language = current()
    return str(format_date(moment, "full", locale=_LOCALES.get(language, language)))


@lru_cache(maxsize=2048)
def _city(zone: str, language: str) -> str:
    return str(get_timezone_location(zone, locale=Locale.parse(language), return_city=True))
