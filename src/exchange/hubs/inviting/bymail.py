"""Answering an invitation by mail: yes, no, never again. Who is no member yet joins first.
Registered with `mail.inbound` by hooks. A mail from elsewhere changes nothing."""

from __future__ import annotations

from django.utils.translation import override

from exchange.hubs.errors import NotAllowed, NotNow
from exchange.hubs.inviting import actions, letters
from exchange.hubs.models import Invitation
from exchange.mail.commands import command_in
from exchange.mail.inbound import Arrived, Outcome
from exchange.mail.receiving.answering import answer
from exchange.mail.small_words import said
from exchange.mail.tokens import What, digest
from exchange.members.bymail import joining
from exchange.members.bymail.people import member_of
from exchange.members.models import Member

_STOPS = ("stop", "stop-all", "leave")


def answered(arrived: Arrived) -> Outcome:
    """The answer to the letter: one word."""
    row = _own(arrived)
    if row is None:
        return Outcome("kept", "invitation-of-another")
    member = member_of(arrived.sender)
    words, subject = arrived.opened.words, arrived.opened.subject
    with override(member.first_language if member else row.language):
        if (command_in(words, subject) or ("", ""))[0] in _STOPS:
            return _no(arrived, row, never_again=True)
        word = said(words, subject)
        if word == "no":
            return _no(arrived, row, never_again=False)
        if word != "yes":
            paper = letters.yes_is_missing()
            answer(arrived, paper, code="invite-no-yes", token=What.SPACE_INVITE, item=row.pk)
            return Outcome("done", "invitation-no-yes")
        return _yes(arrived, row, member)


def stopped(arrived: Arrived) -> Outcome:
    """A mail to stop+…@: whatever it says, never again."""
    row = _own(arrived)
    if row is None:
        return Outcome("ignored", "stop-not-the-owner")
    actions.say_no(invitation=row, never_again=True)
    return Outcome("done", "invitation-never-again")


def _yes(arrived: Arrived, row: Invitation, member: Member | None) -> Outcome:
    if member is None:
        if row.state != Invitation.State.SENT or not row.space.is_open:
            return _too_late(arrived)
        actions.want(invitation=row)
        return joining.begin(arrived)
    try:
        place = actions.say_yes(invitation=row, member=member)
    except (NotNow, NotAllowed):
        return _too_late(arrived)
    answer(arrived, letters.you_are_in(row.space), code="invite-in", token=None)
    return Outcome("done", "invitation-yes", "membership", place.pk)


def _no(arrived: Arrived, row: Invitation, *, never_again: bool) -> Outcome:
    actions.say_no(invitation=row, never_again=never_again)
    paper = letters.forgotten(never_again=never_again)
    answer(arrived, paper, code="invite-no", token=None)
    return Outcome("done", "invitation-never-again" if never_again else "invitation-no")


def _too_late(arrived: Arrived) -> Outcome:
    answer(arrived, letters.too_late(), code="invite-late", token=None)
    return Outcome("refused", "invitation-over")


def _own(arrived: Arrived) -> Invitation | None:
    """The invitation of the token, if whoever wrote has it: a member by their token, others by the
    token and the address it was sent to."""
    token = arrived.token
    if token is None or arrived.trust == "fail":
        return None
    rows = Invitation.objects.select_related("space", "by", "member")
    row: Invitation | None = rows.filter(pk=token.item).first()
    if row is None:
        return None
    if token.person:
        return row if arrived.is_senders_own and row.member_id in (None, token.person) else None
    return row if digest(arrived.opened.from_address) == row.digest else None
