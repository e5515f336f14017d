"""A pair by mail: yes or no to it, answering its letters, stopping. Registered with `mail.inbound` by
hooks. Only from the member whose letter is answered, and only where the mail proves it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.hubs.errors import NotNow
from exchange.hubs.judging import Stopped
from exchange.hubs.models import Pair
from exchange.hubs.pairs import actions, letters, telling
from exchange.mail.inbound import Arrived, Outcome
from exchange.mail.receiving.answering import answer
from exchange.mail.small_words import said
from exchange.mail.tokens import What
from exchange.members.bymail.people import member_of
from exchange.members.models import Member


def asked(arrived: Arrived) -> Outcome:
    """The answer to "would you write to each other?"."""
    pair, member = _own(arrived)
    if pair is None or member is None:
        return Outcome("kept", "pair-of-another")
    if pair.state != Pair.State.ASKED:
        return written(arrived)
    with override(member.first_language):
        word = said(arrived.opened.words, arrived.opened.subject)
        if word not in ("yes", "no"):
            paper = letters.yes_is_missing(pair, member)
            answer(arrived, paper, code="pair-no-yes", token=What.PAIR_ASKED, item=pair.pk)
            return Outcome("done", "pair-no-yes")
        if word == "no":
            actions.end(pair=pair, by=member)
        else:
            actions.agree(pair=pair, member=member)
        paper = letters.answered(pair, member, yes=word == "yes")
        answer(arrived, paper, code="pair-answered", token=None)
        return Outcome("done", f"pair-{word}", "pair", pair.pk)


def written(arrived: Arrived) -> Outcome:
    """What they write goes to the other."""
    pair, member = _own(arrived)
    words = arrived.opened.words.strip()
    if pair is None or member is None or not words:
        return Outcome("kept", "pair-of-another")
    with override(member.first_language):
        key = f"mail.{arrived.mail_id}"
        try:
            telling.carry(pair=pair, member=member, words=words, key=key, origin="mail")
        except NotNow:
            why = _("The pair is paused or has ended, or enough letters went today.")
            _not_sent(arrived, pair, member, why)
            return Outcome("refused", "pair-not-now")
        except Stopped:
            why = _("Something in these words could point to one child, or looks like advertising. Please say it without names of children, places, numbers and links.")  # fmt: skip
            _not_sent(arrived, pair, member, why)
            return Outcome("refused", "pair-stopped")
        answer(arrived, letters.sent(pair, member), code="pair-sent", token=None)
    return Outcome("done", "pair-carried", "pair", pair.pk)


def stopped(arrived: Arrived) -> Outcome:
    """A mail to stop+…@: it rests."""
    pair, member = _own(arrived)
    if pair is None or member is None:
        return Outcome("ignored", "stop-not-the-owner")
    rest(pair, member)
    return Outcome("done", "pair-stopped")


def rest(pair: Pair, member: Member) -> None:
    """Stop what comes of it: a living pair is paused, one that was only asked is not begun."""
    if pair.state == Pair.State.ASKED:
        actions.end(pair=pair, by=member)
    elif pair.is_living:
        actions.pause(pair=pair, member=member)


def _not_sent(arrived: Arrived, pair: Pair, member: Member, why: str) -> None:
    paper = letters.not_sent(pair, member, why)
    answer(arrived, paper, code="pair-not-sent", token=What.PAIR_PROMPT, item=pair.pk)


def _own(arrived: Arrived) -> tuple[Pair | None, Member | None]:
    """The pair of the token, and the one of the two who wrote."""
    token, member = arrived.token, member_of(arrived.sender)
    if token is None or member is None or not arrived.is_senders_own or arrived.trust == "fail":
        return None, None
    rows = Pair.objects.select_related("space", "first", "second")
    pair: Pair | None = rows.filter(pk=token.item).first()
    if pair is None or not pair.is_of(member):
        return None, None
    return pair, member
