"""What the page of a webinar shows of its places: how many are free, and the way to one.
Called by the views of planning; one question to the database, none when nobody can register."""

from __future__ import annotations

from exchange.members.models import Member
from exchange.webinars.models import Seat, Webinar
from exchange.webinars.rules import Roles
from exchange.webinars.seats.queries import places


def beside(
    webinar: Webinar, *, reader: Member | None, seat: Seat | None, roles: Roles
) -> dict[str, object]:
    """`own_seat` is one that counts; `seat_places` how full it is."""
    counts = seat is not None and seat.state in (Seat.State.TAKEN, Seat.State.WAITING)
    limited = webinar.takes_seats and webinar.capacity is not None
    return {
        "own_seat": seat if counts else None,
        "seat_places": places(webinar) if limited else None,
        "seat_wanted": webinar.takes_seats and not counts,
        "may_see_seats": roles.is_host,
    }
