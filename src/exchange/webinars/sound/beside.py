"""What the lasting page of a webinar shows of its sound: the ways to hear it and to send it.
Called by the page."""

from __future__ import annotations

from exchange.core.time import now
from exchange.members.models import Member
from exchange.webinars.models import Seat, Webinar
from exchange.webinars.rules import Roles
from exchange.webinars.sound import rules


def beside(
    webinar: Webinar, *, reader: Member | None, seat: Seat | None, roles: Roles
) -> dict[str, object]:
    """Asks the database nothing."""
    if not webinar.has_sound:
        return {}
    is_time = rules.is_time(webinar, now())
    return {
        "may_hear": is_time and rules.may_listen(seat, roles),
        "may_send_sound": is_time and roles.may_lead,
    }
