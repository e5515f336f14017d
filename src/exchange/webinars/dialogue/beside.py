"""What the lasting page of a webinar shows of its questions: some of the wall, and one's own.
Called by the page; one question to the database."""

from __future__ import annotations

from django.db.models import Q

from exchange.members.models import Member
from exchange.webinars.dialogue import queries
from exchange.webinars.models import Asked, Phase, Seat, Webinar
from exchange.webinars.rules import Roles

SHOWN = 5


def beside(
    webinar: Webinar, *, reader: Member | None, seat: Seat | None, roles: Roles
) -> dict[str, object]:
    """Once the hour is summed up, its summary has the questions, and only one's own stand here."""
    rows = Asked.objects.filter(webinar_id=webinar.pk, sealed_at=None)
    wanted = Q(pk__in=rows.shown().order_by("-votes", "at", "pk").values("pk")[: SHOWN + 1])
    if webinar.phase == Phase.SUMMED:
        wanted = Q(pk__in=[])
    if seat is not None:
        wanted |= Q(seat=seat)
    found = list(rows.filter(wanted).order_by("at", "pk"))
    shown = queries.in_place(row for row in found if row.state in Asked.ON_THE_WALL)
    own = [row for row in found if seat is not None and row.seat_id == seat.pk]
    return {
        "questions_here": shown[:SHOWN],
        "more_questions": len(shown) > SHOWN,
        "my_questions": [row for row in own if row.state not in Asked.ON_THE_WALL],
        "may_ask": webinar.takes_questions,
    }
