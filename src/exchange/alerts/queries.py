"""Who is to be told of what, asked again at the moment of writing.
Called by the alerts' actions and hooks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q
from django.db.models.functions import Coalesce

from exchange.contributions.models import Contribution, Revision, State
from exchange.conversation.models import Follow, Reply
from exchange.hubs.queueing import for_the_exchange
from exchange.mail.models import OutgoingMail
from exchange.members.models import Member, MemberQuerySet


@dataclass(frozen=True)
class Waiting:
    """How many things wait for a host, and when the last of them came."""

    count: int
    newest: datetime | None


def reachable() -> MemberQuerySet:
    """Members we may write to: active, and not people of the demonstration."""
    people: MemberQuerySet = Member.objects.active().filter(is_demo=False)
    return people


def reachable_member(pk: int | None) -> Member | None:
    """The member of this number, if we may write to them."""
    return reachable().filter(pk=pk or 0).first()


def follower_ids(reply: Reply, *, after: int = 0, limit: int = 1000) -> list[int]:
    """Who asked for each answer, without the one who wrote this one, by their numbers."""
    follows = Follow.objects.filter(
        contribution_id=reply.contribution_id, level=Follow.Level.EACH, member_id__gt=after
    ).exclude(member_id=reply.author_id or 0)
    return list(follows.order_by("member_id").values_list("member_id", flat=True)[:limit])


def published_reply(pk: int, *, to: Member | None = None) -> Reply | None:
    """A reply that is out, and that this member may read where it stands."""
    reply: Reply | None = (
        Reply.objects.visible_to(to)
        .public()
        .select_related("contribution", "author")
        .filter(pk=pk, contribution__in=Contribution.objects.visible_to(to).public())
        .first()
    )
    return reply


def reply_inside(pk: int) -> Reply | None:
    """A reply that is out inside a group, for letters to whoever wrote it."""
    rows = Reply.objects.filter(state=State.INSIDE, contribution__state=State.INSIDE)
    reply: Reply | None = rows.select_related("contribution", "author").filter(pk=pk).first()
    return reply


def waiting() -> Waiting:
    """All that stands in the morning queue to be read."""
    return _counted(
        for_the_exchange("space", "submitted_at"),
        for_the_exchange("contribution__space", "created_at"),
        for_the_exchange("contribution__space", "at"),
    )


def waiting_in(space_id: int) -> Waiting:
    """The same in one hub or group, for its own hosts."""
    return _counted(Q(space=space_id), *[Q(contribution__space=space_id)] * 2)


def _counted(ours: Q, our_replies: Q, our_changes: Q) -> Waiting:
    shared = Contribution.objects.waiting().order_by().filter(ours)
    replies = Reply.objects.waiting().order_by().filter(our_replies)
    changes = Revision.objects.filter(our_changes, state=State.WAITING)
    rows = [
        shared.aggregate(n=Count("pk"), at=Max("submitted_at")),
        replies.aggregate(n=Count("pk"), at=Max(Coalesce("changed_at", "created_at"))),
        changes.aggregate(n=Count("pk"), at=Max("at")),
    ]
    moments = [row["at"] for row in rows if row["at"]]
    return Waiting(sum(row["n"] for row in rows), max(moments, default=None))


def mails_so_far(prefix: str) -> tuple[int, datetime | None]:
    """How many mails of a kind were written, and when the last one was."""
    found = OutgoingMail.objects.filter(key__startswith=prefix).aggregate(
        n=Count("pk"), at=Max("created_at")
    )
    return found["n"], found["at"]
