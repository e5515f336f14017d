"""What the lasting page of a webinar shows of calendars: the ways to put it into one's own.
Called by the page; asks the database nothing."""

from __future__ import annotations

from exchange.members.models import Member
from exchange.webinars.calendars import adding
from exchange.webinars.models import Seat, Webinar
from exchange.webinars.rules import Roles


def beside(
    webinar: Webinar, *, reader: Member | None, seat: Seat | None, roles: Roles
) -> dict[str, object]:
    """Nothing of what is not public, or not ahead any more."""
    if not webinar.is_public or not webinar.is_coming:
        return {}
    own = seat if seat is not None and seat.state == Seat.State.TAKEN else None
    return {"calendar_ways": adding.ways(webinar, own)}
