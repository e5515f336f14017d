"""What the page of a webinar asks of its video room. Asks the database nothing.
Called by the views of planning."""

from __future__ import annotations

from exchange.core.time import now
from exchange.members.models import Member
from exchange.webinars.models import Seat, Webinar
from exchange.webinars.rooms import rules
from exchange.webinars.rules import Roles


def beside(
    webinar: Webinar, *, reader: Member | None, seat: Seat | None, roles: Roles
) -> dict[str, object]:
    """`may_join_now` opens the door among the ways to take part."""
    has_seat = seat is not None and seat.state == Seat.State.TAKEN
    leads = rules.is_of_the_room(roles)
    why = rules.why_not(webinar, leads=leads, has_seat=has_seat, moment=now())
    return {"may_join_now": why is None}
