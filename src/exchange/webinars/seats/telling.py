"""Letters about one place: confirm it, have it, wait for it, it is free again; each goes once.
Called by the hooks of seats."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from exchange.core.time import now
from exchange.ledger.models import Event
from exchange.mail import headers, tokens
from exchange.mail.actions import Queued, queue, queue_many
from exchange.mail.models import OutgoingMail
from exchange.mail.paper import Paper
from exchange.mail.rules import MailRefused
from exchange.mail.tokens import What
from exchange.members.models import Member
from exchange.webinars import queries, writing
from exchange.webinars.calendars import building
from exchange.webinars.models import Seat, Webinar
from exchange.webinars.seats import letters

PURPOSE = "seat"
CONFIRM_DAYS = 14
# Letters a day to one address that anybody can cause by typing it.
MOST_ASKED = 10
# And by giving a place up and taking it again; their page says how it stands all the same.
MOST_CHANGED = 30
State = Seat.State


def tell(event: Event) -> None:
    """To whoever the place is for, what became of it."""
    seat = Seat.objects.select_related("member").filter(pk=event.subject_id).first()
    webinar = queries.public(seat.webinar_id) if seat else None
    if seat is None or webinar is None or not seat.address:
        return
    most = MOST_ASKED if event.kind == "seat.asked" else MOST_CHANGED
    if _had_enough(seat.address, most):
        return
    with override(seat.language):
        letter = _letter(event, seat, webinar)
    if letter is None:
        return
    try:
        with transaction.atomic():
            queue_many([letter])
            _note(seat, webinar, letter.calendar)
    except MailRefused:
        # A guest typed what is no address: there is nobody to write to.
        return


def tell_known(event: Event) -> None:
    """To a member whose address somebody typed as a guest's; once a day."""
    webinar = queries.public(event.subject_id)
    number = int(event.detail.get("member") or 0)
    member = Member.objects.active().filter(pk=number, is_demo=False).first()
    if webinar is None or member is None:
        return
    with override(member.first_language):
        paper = letters.known(member, webinar)
    queue(
        writing.to_member(
            member,
            paper,
            webinar_id=webinar.pk,
            purpose="seat",
            tail=f"known:{member.pk}:{event.at:%Y%m%d}",
            headers=headers.reply_to(what=What.WEBINAR_COME, person=member.pk, item=webinar.pk),
        )
    )


def answers(seat: Seat) -> dict[str, str]:
    """Where an answer goes: a question to the presenters; and how to stop with one click."""
    person = seat.member_id or 0
    token = tokens.make(What.SEAT_LEAVE, person=person, item=seat.pk)
    page = f"{settings.BASE_URL}{reverse('webinars:seat-stop', args=[token])}"
    by_mail = tokens.address(What.SEAT_LEAVE, person=person, item=seat.pk)
    return {
        **headers.reply_to(what=What.SEAT_ASK, person=person, item=seat.pk),
        "List-Id": f"{writing.LIST_NAME} <webinar-{seat.webinar_id}.{settings.MAIL_DOMAIN}>",
        "List-Unsubscribe": f"<{page}>, <mailto:{by_mail}?subject=stop>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _letter(event: Event, seat: Seat, webinar: Webinar) -> Queued | None:
    what = event.kind.partition(".")[2]
    if what == "asked" and seat.state == State.ASKED:
        person = seat.member_id or 0
        to = headers.reply_to(
            what=What.SEAT_CONFIRM, person=person, item=seat.pk, days=CONFIRM_DAYS
        )
        return _to(seat, event, letters.confirm(seat, webinar), to)
    if seat.state == State.TAKEN and what in ("asked", "taken"):
        moved_up = bool(event.detail.get("moved_up"))
        paper = letters.place(seat, webinar, moved_up=moved_up, again=what == "asked")
        return _to(seat, event, paper, answers(seat), building.invitation(webinar, seat))
    if seat.state == State.WAITING and what in ("asked", "waiting"):
        return _to(seat, event, letters.waiting(seat, webinar), answers(seat))
    if seat.state == State.GIVEN_UP and what == "given_up":
        paper = letters.given_up(seat, webinar, by_host=bool(event.detail.get("by_host")))
        return _to(seat, event, paper, {}, _cancellation(seat, webinar))
    return None


def _had_enough(address: str, most: int) -> bool:
    """Whoever types somebody's address again and again, or has their link, does not fill their
    inbox."""
    lately = OutgoingMail.objects.filter(to_address=address, purpose=PURPOSE)
    return lately.filter(created_at__gt=now() - timedelta(days=1)).count() >= most


def _cancellation(seat: Seat, webinar: Webinar) -> str:
    """Only for a calendar that was told of it, and not yet that it is off."""
    was_told = seat.told_sequence >= 0 and not seat.told_cancelled
    return building.cancellation(webinar, seat) if was_told else ""


def _note(seat: Seat, webinar: Webinar, sent: str) -> None:
    """What their calendar knows from now on."""
    if sent:
        known = {"told_sequence": webinar.sequence, "told_cancelled": "METHOD:CANCEL" in sent}
        Seat.objects.filter(pk=seat.pk).update(**known)


def _to(
    seat: Seat,
    event: Event,
    paper: Paper,
    sent_with: Mapping[str, str],
    attached: str = "",
) -> Queued:
    return writing.to_seat(
        seat,
        paper,
        purpose=PURPOSE,
        tail=f"{event.kind.partition('.')[2]}:{event.pk}",
        headers=sent_with,
        calendar=attached,
    )
