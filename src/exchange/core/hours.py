"""Moments in the words people read: by the clock of a place, which is named, with UTC beside it.
Called by the rooms that plan something by the clock: webinars, groups that meet."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

from exchange.core import words, zones
from exchange.core.languages import current


def said(moment: datetime, zone: str) -> str:
    """ "Tuesday 24 November 2026, 15:00 Nairobi (12:00 UTC)", in the language that is active."""
    world, comma = moment.astimezone(UTC), "،" if current() == "ar" else ","
    if zone == zones.UNKNOWN or not zones.is_known(zone):
        return f"{_day(world)}{comma} {world:%H:%M} UTC"
    here = moment.astimezone(ZoneInfo(zone))
    # Elsewhere it may be another day.
    other_day = f"{_day(world)}{comma} " if world.date() != here.date() else ""
    return f"{_day(here)}{comma} {here:%H:%M} {zones.city(zone)} ({other_day}{world:%H:%M} UTC)"


def _day(moment: datetime) -> str:
    return str(format_date(moment, "full", locale=words.locale()))
