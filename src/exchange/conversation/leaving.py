"""What becomes of somebody's words here when they leave and take them along.
Called by the dossier of this room alone; `members.leaving` is how people leave."""

from __future__ import annotations

from django.db.models import QuerySet

from exchange.contributions import actions as spine
from exchange.contributions import rules as spine_rules
from exchange.contributions.models import Contribution, Experience, Revision
from exchange.contributions.voice import queries
from exchange.contributions.voice.actions import take_all_back
from exchange.conversation import actions, rules
from exchange.conversation.models import Reply, ReplyRevision
from exchange.members.models import Member

# What people share as themselves. Webinars, briefs and newsletters are the work of all hosts, and
# others speak in them.
_OF_ONES_OWN = ("question", "experience", "idea", "discussion", "notice", "resource")
_NO_PARTS = dict.fromkeys([name for name, _heading in Experience.PARTS], "")


def take_back(member: Member) -> None:
    """Withdrawn from every door, then emptied: who leaves with their words leaves none here. What
    is sealed stays where it is: it may be evidence."""
    for reply in Reply.objects.filter(author=member, sealed_at=None).select_related("contribution"):
        if rules.may_withdraw_reply(member, reply):
            actions.withdraw_reply(reply=reply, by=member)
    for row in _own(member):
        if spine_rules.may_withdraw(member, row):
            spine.withdraw(contribution=row, by=member)
    _empty(_own(member), Reply.objects.filter(author=member, sealed_at=None))
    _take_voices_back(member)


def _take_voices_back(member: Member) -> None:
    """What they said without their name goes in the same way."""
    voices = [one.row.pk for one in queries.own(member)]
    answers = [pk for voice in voices for pk in queries.own_answers(member, voice)]
    take_all_back(member=member)
    for pk in answers:
        actions.take_back_in_voice(reply_id=pk)
    _empty(
        Contribution.objects.filter(pk__in=voices, sealed_at=None),
        Reply.objects.filter(pk__in=answers, sealed_at=None),
    )


def _empty(theirs: QuerySet[Contribution], replies: QuerySet[Reply]) -> None:
    """Records of the library keep what they say of somebody else's document."""
    rows = theirs.exclude(kind="resource")
    Experience.objects.filter(pk__in=rows.values("pk")).update(**_NO_PARTS)
    Revision.objects.filter(contribution__in=rows).update(title="", body="", parts={}, why="")
    rows.update(title="", slug="", summary="", body="")
    ReplyRevision.objects.filter(reply__in=replies).update(body="")
    replies.update(body="")


def _own(member: Member) -> QuerySet[Contribution]:
    rows: QuerySet[Contribution] = Contribution.objects.filter(
        author=member, sealed_at=None, kind__in=_OF_ONES_OWN
    )
    return rows
