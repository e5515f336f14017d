"""What every deed of somebody who takes part begins with: their seat, locked; that they came.
Called by the actions beside it alone."""

from __future__ import annotations

from typing import cast

from exchange.webinars.errors import NotNow
from exchange.webinars.models import Seat, Webinar
from exchange.webinars.seats import actions as seats


def seat_of(webinar: Webinar, seat: Seat) -> None:
    """Raises NotNow unless this is a taken place in this webinar, which everybody may see."""
    taken = seat.webinar_id == webinar.pk and seat.state == Seat.State.TAKEN
    if not taken or not webinar.is_public:
        raise NotNow


def locked(seat: Seat) -> Seat:
    """What one seat does comes one after the other, so that limits hold under many threads."""
    row: Seat = Seat.objects.select_for_update(of=("self",), no_key=True).get(pk=seat.pk)
    return row


def fresh(webinar: Webinar) -> Webinar:
    """As its doors and its hour stand at this moment, not when the page was opened."""
    row: Webinar = Webinar.objects.get(pk=webinar.pk)
    return row


def held(webinar: Webinar) -> Webinar:
    """The same, so that two of the team come one after the other. The weaker lock, for rows that
    point at it are written all the time."""
    rows = Webinar.objects.select_for_update(of=("self",), no_key=True)
    return cast(Webinar, rows.get(pk=webinar.pk))


def came(seat: Seat, webinar: Webinar) -> None:
    """Whoever does something in the hour was there."""
    if webinar.is_live and seat.came_at is None:
        seats.came(seat=seat)
