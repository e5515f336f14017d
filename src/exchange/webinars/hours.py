"""Moments in the words people read: by the clock of a place, which is named, with UTC beside it.
Called by the letters and pages of every matter of this room."""

from __future__ import annotations

from exchange.core import zones
from exchange.core.hours import said
from exchange.webinars.models import Seat, Webinar

__all__ = ["said", "zone_for"]


def zone_for(seat: Seat, webinar: Webinar) -> str:
    """By whose clock somebody reads: the one they chose, their country's, the hub's."""
    if seat.zone and zones.is_known(seat.zone):
        return seat.zone
    country = seat.country or (seat.member.country if seat.member else "")
    guessed = zones.guess(country) if country else zones.UNKNOWN
    if guessed != zones.UNKNOWN:
        return guessed
    return webinar.zone if zones.is_known(webinar.zone) else zones.UNKNOWN
