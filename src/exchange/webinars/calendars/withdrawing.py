"""A webinar that was to come is withdrawn: who registered hears that it does not take place, and
their calendar lets it go; not one of its words is in it. Called by the hooks of calendars."""

from __future__ import annotations

from typing import cast

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.core.languages import current
from exchange.core.time import now
from exchange.mail.actions import About, Queued, queue_many
from exchange.mail.paper import Paper, Piece
from exchange.webinars import hours, writing
from exchange.webinars.calendars import building
from exchange.webinars.models import COMING, Seat, Webinar

PURPOSE = "webinar-off"
AT_ONCE = 100


def tell(*, webinar_id: int) -> None:
    """Some at a time, with no transaction open; beginning again tells nobody twice. The letters
    are not among those about the webinar, which stop with it."""
    rows = Webinar.objects.filter(pk=webinar_id, phase__in=COMING, starts_at__gt=now())
    webinar, last = cast("Webinar | None", rows.exclude(published_at=None).first()), 0
    while webinar is not None and (seats := _some(webinar, last)):
        made = [_letter(webinar, seat) for seat in seats if seat.address]
        with transaction.atomic():
            queue_many(made)
        last = seats[-1].pk


def _some(webinar: Webinar, last: int) -> list[Seat]:
    states = (Seat.State.TAKEN, Seat.State.WAITING)
    rows = Seat.objects.filter(webinar=webinar, state__in=states, pk__gt=last)
    return list(rows.select_related("member").order_by("pk")[:AT_ONCE])


def _letter(webinar: Webinar, seat: Seat) -> Queued:
    has_place = seat.state == Seat.State.TAKEN
    with override(seat.language):
        paper = _paper(webinar, seat)
        calendar = building.erasure(webinar, seat) if has_place else ""
    return writing.letter(
        paper,
        to=seat.address,
        purpose=PURPOSE,
        key=f"webinar-off:{webinar.pk}:{seat.pk}",
        about=About(person=seat.member_id, send_before=webinar.ends_at),
        calendar=calendar,
    )


def _paper(webinar: Webinar, seat: Seat) -> Paper:
    when = hours.said(webinar.starts_at, hours.zone_for(seat, webinar))
    is_hidden = seat.member is not None and seat.member.neutral_subjects
    subject = _("A message for you") if is_hidden else _("The webinar does not take place")
    said = _("The webinar you registered for at this time was withdrawn. It does not take place:")
    pieces = (
        Piece("plain", said),
        Piece("context", when),
        Piece("plain", _("We are sorry. If it stands in your calendar, this mail takes it out.")),
        Piece("small", _("You get this because you registered.")),
    )
    return Paper(subject, pieces, current())
