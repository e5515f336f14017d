"""Telling the owner of a stop, once for each thing and day; and what becomes of mails to stop+…@ and
of answers that say undo. Called by `hooks/stopping.py` alone."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from exchange.alerts import queries
from exchange.alerts.stopping import actions, letters
from exchange.alerts.stopping.things import Thing
from exchange.ledger.models import Event
from exchange.mail import small_words, tokens
from exchange.mail.actions import About, queue_mail
from exchange.mail.headers import reply_to
from exchange.mail.inbound import Arrived, Outcome
from exchange.mail.paper import Paper, Piece
from exchange.mail.receiving.answering import answer
from exchange.mail.tokens import What
from exchange.members.bymail.people import member_of
from exchange.members.models import Member

PURPOSE = "stopped"
UNDO_DAYS = 1


def tell(event: Event) -> None:
    """One short neutral mail to whoever owns what was stopped."""
    member = queries.reachable_member(event.subject_id)
    if member is None or not event.detail["tell"]:
        return
    thing = Thing(What(int(event.detail["what"])), member, int(event.detail["item"]))
    with override(member.first_language):
        paper = letters.stopped(thing, str(event.detail["way"]), undo=_undo_page(event, member))
    queue_mail(
        to=member.email,
        subject=paper.subject,
        text=paper.text,
        html=paper.html,
        language=member.first_language,
        purpose=PURPOSE,
        key=f"stopped:{member.pk}:{int(thing.what)}:{thing.item}:{event.at:%Y%m%d}",
        headers=reply_to(what=What.UNSTOP, person=member.pk, item=event.pk, days=UNDO_DAYS),
        about=About(person=member.pk, item=f"stopped:{event.pk}"),
    )


def stop_by_mail(arrived: Arrived) -> Outcome:
    """A mail to stop+…@: whatever it says, it means stop. From anybody but the owner it means
    nothing, and is not answered."""
    if arrived.token is None or not arrived.is_senders_own or arrived.trust == "fail":
        return Outcome("ignored", "stop-not-the-owner")
    member = member_of(arrived.sender)
    if member is None or arrived.token.what not in tokens.PAGES:
        return Outcome("ignored", "stop-not-the-owner")
    changed = actions.stop(Thing(arrived.token.what, member, arrived.token.item))
    return Outcome("done", "stopped" if changed else "stopped-before")


def put_back_by_mail(arrived: Arrived) -> Outcome:
    """An answer to the mail above."""
    member = member_of(arrived.sender)
    if member is None or arrived.token is None or not arrived.is_senders_own:
        return Outcome("ignored", "undo-not-the-owner")
    if arrived.trust == "fail" or small_words.said(arrived.opened.words) != "undo":
        return Outcome("kept", "undo-not-said")
    with override(member.first_language):
        try:
            actions.put_back(event_id=arrived.token.item, member=member)
            told, code = letters.as_before(), "stop-undone"
        except actions.TooLate:
            page = f"{settings.BASE_URL}{reverse('alerts:mail')}"
            told, code = f"{letters.too_late()}\n{page}", "stop-undone-late"
        paper = Paper(told.partition("\n")[0], (Piece("plain", told),), member.first_language)
        answer(arrived, paper, code=code, token=None)
    return Outcome("done", code)


def undoing(token: str) -> tuple[int, Member]:
    """The event and the member of an undo link. Raises BadToken, Expired."""
    found = tokens.read(token)
    member = queries.reachable_member(found.person)
    if found.what is not What.UNSTOP or member is None:
        raise tokens.BadToken
    return found.item, member


def _undo_page(event: Event, member: Member) -> str:
    token = tokens.make(What.UNSTOP, person=member.pk, item=event.pk, days=UNDO_DAYS)
    return f"{settings.BASE_URL}{reverse('alerts:unstop', args=[token])}"
