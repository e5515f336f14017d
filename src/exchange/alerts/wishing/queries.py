"""How a member wants mail, also when they never said so.
Called by letters, digests, pages and mail handlers of this room."""

from __future__ import annotations

from exchange.alerts.models import Level, Waiting, Watch, Wishes
from exchange.conversation.models import Follow, SavedSearch
from exchange.core import zones
from exchange.members.models import Member


def wishes_of(member: Member) -> Wishes:
    """Their row, or one that is not kept: the whole text, a digest once a week in the morning of
    their country, no quiet hours until they ask for some."""
    return Wishes.objects.filter(member=member).first() or at_first(member)


def at_first(member: Member) -> Wishes:
    """What is so for somebody who has said nothing."""
    return Wishes(
        member=member, timezone=zones.guess(member.country), quiet_from=None, quiet_until=None
    )


def has_something_for_a_digest(member: Member) -> bool:
    """Whether anything they follow, or anything that waits, goes into digests."""
    return (
        Watch.objects.filter(member=member, level=Level.DIGEST).exists()
        or Follow.objects.filter(member=member, level=Follow.Level.DIGEST).exists()
        or SavedSearch.objects.filter(
            member=member, level=SavedSearch.Level.DIGEST, stopped_at=None
        ).exists()
        or Waiting.objects.filter(member=member, due_at=None).exists()
    )
