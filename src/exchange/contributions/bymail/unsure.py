"""Words and commands of which we cannot be sure whose they are: nothing goes out and nothing changes
before their owner says yes. Used by the handlers of contributions and conversation."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.utils.translation import override

from exchange.contributions.bymail import letters
from exchange.contributions.bymail.trying import Detail
from exchange.core.time import now
from exchange.mail.inbound import Arrived, Outcome, Sender
from exchange.mail.models import IncomingMail, Mailbox
from exchange.mail.paper import Paper
from exchange.mail.receiving.answering import answer
from exchange.mail.tokens import What
from exchange.members.bymail.people import member_of
from exchange.members.models import Member

CODE = "not-sure-who"
# What was meant to be done, where it is no text.
COMMAND = "command"
# So many a day: whoever got hold of somebody's mail cannot fill their inbox with it.
MOST_A_DAY = 3
DAYS = 14


def ask_before(arrived: Arrived) -> Outcome:
    """A command that changes something, in a mail that proves nothing."""
    member = member_of(arrived.sender)
    if member is None:
        return Outcome("kept", "account-closed")
    to_desk = arrived.token is None and arrived.opens == Mailbox.Opens.DESK
    return ask_whether_theirs(arrived, member, detail={"aim": COMMAND, "free": to_desk})


def ask_whether_theirs(
    arrived: Arrived, owner: Member, *, detail: Detail, title: str = "", address: str = ""
) -> Outcome:
    """Ask the owner at their own address; `address` is that of somebody we do not know."""
    told: Detail = {**detail, "owner": owner.pk}
    lately = IncomingMail.objects.filter(
        outcome=CODE, detail__owner=owner.pk, received_at__gt=now() - timedelta(days=1)
    )
    if lately.exclude(pk=arrived.mail_id).count() >= MOST_A_DAY or not owner.is_active:
        return Outcome("kept", f"too-often-{CODE}", detail=told)
    with override(owner.first_language):
        paper = _question(arrived, owner, detail=told, title=title, address=address)
        to_owner = as_if_from(owner, arrived)
        answer(to_owner, paper, code="confirm", token=What.CONFIRM, days=DAYS)
    return Outcome("kept", CODE, detail=told)


def _question(
    arrived: Arrived, owner: Member, *, detail: Detail, title: str, address: str
) -> Paper:
    words = arrived.opened.words
    if detail.get("aim") == COMMAND:
        return letters.did_you_want_it(owner, words=words.strip() or arrived.opened.subject)
    return letters.was_it_you(owner, address=address, words=words, title=title)


def as_if_from(owner: Member, arrived: Arrived) -> Arrived:
    """The token goes to the owner's own address and nowhere else: it is their say."""
    theirs = Sender(owner.pk, owner.email, owner.first_language)
    opened = replace(arrived.opened, from_address=owner.email)
    return replace(arrived, sender=theirs, opened=opened)
