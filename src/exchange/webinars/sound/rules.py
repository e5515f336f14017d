"""Who may send sound, when; and how long it is kept. Pure.
Called by the actions and views of sound."""

from __future__ import annotations

from datetime import datetime, timedelta

from exchange.webinars.models import Phase, Seat, Webinar
from exchange.webinars.rules import Roles

# So long before the start the microphone may be tried; listeners hear it.
BEFORE = timedelta(minutes=30)
# Nothing came for so long: the broadcast is closed by the clock.
SILENT = timedelta(hours=1)
# Minutes are there to catch up with for so long; of a webinar that is recorded, until the recording
# has been made and heard; of one withdrawn, as long as files of the library.
KEPT = timedelta(days=7)
KEPT_IF_RECORDED = timedelta(days=180)
KEPT_IF_WITHDRAWN = timedelta(days=30)


def may_send(webinar: Webinar, roles: Roles, moment: datetime) -> bool:
    """Whoever leads, from half an hour before the start until the webinar has ended."""
    return roles.may_lead and is_time(webinar, moment)


def is_time(webinar: Webinar, moment: datetime) -> bool:
    if not (webinar.is_public and webinar.has_sound):
        return False
    is_near = webinar.phase in (Phase.ANNOUNCED, Phase.OPEN) and (
        moment >= webinar.starts_at - BEFORE
    )
    return bool(webinar.is_live or is_near)


def may_listen(seat: Seat | None, roles: Roles) -> bool:
    """Whoever has a place, and the team."""
    return roles.is_of_the_team or (seat is not None and seat.state == Seat.State.TAKEN)
