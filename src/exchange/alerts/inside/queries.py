"""One thing that stands inside a hub or group, as one member may be told of it now.
Called by the actions of this matter, and by its last look just before a letter goes: it fails closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from exchange.alerts.models import Wishes
from exchange.alerts.telling.queries import number_in
from exchange.contributions.models import Contribution, State
from exchange.conversation.models import Follow, Reply
from exchange.core.time import now
from exchange.hubs.belongs import belonging_of, forget
from exchange.hubs.models import Membership, Space
from exchange.members.models import Member

NEW, SAID = "inside", "inside-reply"
# What was let out longer ago, and comes back, is not new.
STALE = timedelta(days=7)
_STRICTEST = (Space.Content.NOTICE, Space.Content.TEASER, Space.Content.FULL)


@dataclass(frozen=True)
class Found:
    """What stands there, how much this member hears of it, and what may stand in a mail."""

    item: str
    row: Contribution
    space: Space
    level: str
    reply: Reply | None = None

    def content(self, wishes: Wishes) -> str:
        """What the group allows and what the member wishes: the stricter counts."""
        both = {str(self.space.mail_content), str(wishes.content)}
        return next(str(one) for one in _STRICTEST if str(one) in both)


def item_of(subject_type: str, pk: int) -> str:
    """The code of what an entry of the ledger is about."""
    return f"{SAID if subject_type == 'reply' else NEW}:{pk}"


def found_for(item: str, member: Member) -> Found | None:
    """None unless it is out inside, the member belongs there now and it is not their own."""
    # Asked anew: a worker keeps a member for longer than a request does.
    forget(member)
    reply = _reply(number_in(item, SAID), member)
    row = _row(reply.contribution_id if reply else number_in(item, NEW), member)
    belonging = belonging_of(member).get(row.space_id or 0) if row else None
    if row is None or row.space is None or belonging is None:
        return None
    if (reply or row).author_id == member.pk or (reply is None and item.startswith(SAID)):
        return None
    return Found(item, row, row.space, _level(row, reply, member, belonging), reply)


def ids_inside(space_id: int) -> list[int]:
    """Who belongs there, by number."""
    rows = Membership.objects.within().filter(
        space=space_id, member__is_active=True, member__erased_at=None
    )
    return list(rows.order_by("member_id").values_list("member_id", flat=True))


def _row(pk: int, member: Member) -> Contribution | None:
    rows = Contribution.objects.visible_to(member).select_related("space")
    found: Contribution | None = rows.filter(pk=pk, state=State.INSIDE).first()
    return found


def _reply(pk: int, member: Member) -> Reply | None:
    rows = Reply.objects.visible_to(member).select_related("contribution__space")
    found: Reply | None = rows.filter(
        pk=pk, state=State.INSIDE, published_at__gt=now() - STALE
    ).first()
    return found


def _level(row: Contribution, reply: Reply | None, member: Member, belonging: Membership) -> str:
    """What was said about this very one counts before what was said of the group."""
    follow = Follow.objects.filter(member=member, contribution_id=row.pk).first()
    if follow is not None and (reply is not None or follow.level == Follow.Level.OFF):
        return str(follow.level)
    return str(belonging.level)
