"""Closing one's account: everywhere at once, with or without taking back one's words.
Called by the handlers of mail; the pages of one's account may call it as well."""

from __future__ import annotations

from django.db import transaction

from exchange.contributions import actions as spine
from exchange.contributions import rules as spine_rules
from exchange.contributions.models import Contribution
from exchange.contributions.voice.actions import take_all_back
from exchange.conversation import actions, rules
from exchange.conversation.models import Reply
from exchange.mail.actions import forget_address
from exchange.members import dossier
from exchange.members.models import Member


class HostsDoNotLeave(ValueError):
    """A host first gives up hosting, so that nothing stays in nobody's hands."""


def leave(*, member: Member, words_too: bool) -> None:
    """Remove the person from every room, in one transaction; others' words stay. With `words_too`
    all that they wrote is withdrawn first. Raises HostsDoNotLeave."""
    if member.is_appointed:
        raise HostsDoNotLeave
    address = member.email
    with transaction.atomic():
        if words_too:
            _take_back(member)
        dossier.erase(member, by=member)
        forget_address(address=address)


def _take_back(member: Member) -> None:
    """What is sealed stays where it is: it may be evidence."""
    for reply in Reply.objects.filter(author=member, sealed_at=None).select_related("contribution"):
        if rules.may_withdraw_reply(member, reply):
            actions.withdraw_reply(reply=reply, by=member)
    for row in Contribution.objects.filter(author=member, sealed_at=None):
        if spine_rules.may_withdraw(member, row):
            spine.withdraw(contribution=row, by=member)
    take_all_back(member=member)
