"""What the lasting page of a webinar shows of its questions: some of the wall, and one's own.
Called by the page; one question to the database."""

from __future__ import annotations

from django.db.models import Q

from exchange.members.models import Member
from exchange.webinars.dialogue import queries
from exchange.webinars.models import Asked, Phase, Seat, Webinar
from exchange.webinars.rules import Roles

SHOWN, SHOWN_AFTER = 5, 30


def beside(
    webinar: Webinar, *, reader: Member | None, seat: Seat | None, roles: Roles
) -> dict[str, object]:
    """The wall outlives the hour: once it is summed up, all of it stands here but what the summary
    itself says."""
    rows = Asked.objects.filter(webinar_id=webinar.pk, sealed_at=None)
    most = SHOWN_AFTER if webinar.phase == Phase.SUMMED else SHOWN
    wanted = Q(pk__in=rows.shown().order_by("-votes", "at", "pk").values("pk")[: most + 1])
    if seat is not None:
        wanted |= Q(seat=seat)
    found = list(rows.filter(wanted).select_related("question").order_by("at", "pk"))
    told = _told(webinar)
    on_wall = [row for row in found if row.state in Asked.ON_THE_WALL]
    shown = queries.in_place(row for row in on_wall if " ".join(row.text.split()) not in told)
    own = [row for row in found if seat is not None and row.seat_id == seat.pk]
    return {
        "questions_here": shown[:most],
        "more_questions": len(shown) > most,
        "my_questions": [row for row in own if row.state not in Asked.ON_THE_WALL],
        "may_ask": webinar.takes_questions,
    }


def _told(webinar: Webinar) -> str:
    """The words of the summary that is out, if there is one."""
    if webinar.phase != Phase.SUMMED:
        return ""
    summary = getattr(webinar, "summary_row", None)
    return " ".join(summary.text.split()) if summary and summary.out_at else ""
