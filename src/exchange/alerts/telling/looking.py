"""The last look before a letter of this matter goes: may it still be read, is it still wanted?
Called by the hooks of this matter, at the moment of sending."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Q

from exchange.alerts import queries as people
from exchange.alerts.models import Level, Wishes
from exchange.alerts.telling import actions, queries
from exchange.alerts.wishing.actions import expect_digest
from exchange.alerts.wishing.queries import wishes_of
from exchange.contributions.models import Contribution
from exchange.conversation.models import Follow, Reply, SavedSearch
from exchange.core.time import now
from exchange.mail.models import OutgoingMail
from exchange.mail.together import items_inside, take_apart
from exchange.members.models import Member

SOON = timedelta(minutes=1)


def why_not(mail: OutgoingMail) -> str:
    """The code of why it may not go, or "". Words that changed meanwhile are told anew."""
    if mail.purpose != "alert" or not mail.item or mail.channel != "mail":
        return ""
    member = people.reachable_member(mail.person)
    if member is None:
        return "member-left"
    wishes = wishes_of(member)
    if wishes.stopped_at is not None:
        return "stopped"
    inside = items_inside(mail)
    if wishes.is_paused:
        _later(mail, member, inside, in_digest=True)
        return "paused"
    codes = {_of_item(item, mail, member) for item in inside or [mail.item]} - {""}
    if not codes:
        return ""
    if inside or codes == {"changed"}:
        _later(mail, member, inside)
        return "changed"
    return codes.pop()


def why_no_search(mail: OutgoingMail) -> str:
    """The same for what was found for a kept search; digests have a look of their own."""
    number = queries.number_in(mail.item, "search")
    if not number:
        return ""
    member = people.reachable_member(mail.person)
    if member is None:
        return "member-left"
    if wishes_of(member).stopped_at is not None:
        return "stopped"
    kept = SavedSearch.objects.filter(pk=number, member=member, stopped_at=None)
    return "" if kept.filter(level=SavedSearch.Level.EACH).exists() else "not-followed"


def no_newsletters(mails: Sequence[OutgoingMail]) -> dict[int, str]:
    """Of some mails the newsletters of members who stopped or paused all mail. Those who gave an
    address alone have no wishes here."""
    theirs = {
        mail.pk: mail.person for mail in mails if mail.purpose == "newsletter" and mail.person
    }
    if not theirs:
        return {}
    moment = now()
    silent = Q(stopped_at__isnull=False) | Q(paused_until__gt=moment)
    rows = Wishes.objects.filter(silent, member__in=set(theirs.values()))
    stopped = dict(rows.values_list("member", "stopped_at"))
    return {
        pk: "stopped" if stopped[person] else "newsletter-paused"
        for pk, person in theirs.items()
        if person in stopped
    }


def _later(
    mail: OutgoingMail, member: Member, inside: list[str], *, in_digest: bool = False
) -> None:
    """What is in it is looked at again; what may not be told is left out then."""
    items = take_apart(mail) if inside else [mail.item]
    # In a moment: this mail counts as on its way until the look is over.
    actions.put_back(member.pk, items, due_at=None if in_digest else now() + SOON)
    if in_digest:
        expect_digest(member=member)


def _of_item(item: str, mail: OutgoingMail, member: Member) -> str:
    reply_id = queries.number_in(item, "reply")
    if reply_id:
        return _of_reply(reply_id, mail, member)
    return _of_contribution(queries.number_in(item, "contribution"), mail, member)


def _of_reply(pk: int, mail: OutgoingMail, member: Member) -> str:
    reply = people.published_reply(pk, to=member)
    if reply is None:
        return "not-public"
    if reply.author is not None and reply.author.erased_at is not None:
        return "author-left"
    follow = Follow.objects.filter(member=member, contribution_id=reply.contribution_id).first()
    if follow is None or follow.level != Follow.Level.EACH:
        return "not-followed"
    return "changed" if _has_changed(reply, mail) else ""


def _of_contribution(pk: int, mail: OutgoingMail, member: Member) -> str:
    row = actions.readable(pk, member)
    if row is None:
        return "not-public"
    if row.author is not None and row.author.erased_at is not None:
        return "author-left"
    if queries.effective(member, row).level != Level.EACH:
        return "not-followed"
    return "changed" if _has_changed(row, mail) else ""


def _has_changed(row: Reply | Contribution, mail: OutgoingMail) -> bool:
    """Its words since the mail was written, or the name its author wishes to be known by."""
    is_renamed = bool(mail.shown_from) and mail.shown_from != row.shown_author[:80]
    return is_renamed or (row.changed_at is not None and row.changed_at > mail.created_at)
