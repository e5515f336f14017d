"""What waits for the hosts of a hub or group: each room says what it has, and the page of the queue
shows it together. What a space's hosts leave lying is the Exchange's. Rooms register from their hooks.

    queueing.register(waiting)      # waiting(space, host) -> [Waits(words, url, since), ...]"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from exchange.core.time import now
from exchange.hubs.models import Membership, Space
from exchange.members.models import Member

# After so long the hosts of the Exchange look as well, so that nothing is lost.
ALONE_FOR = timedelta(hours=24)


@dataclass(frozen=True)
class Waits:
    """One thing that waits: what it is in words, where a host decides about it, since when."""

    words: str
    url: str
    since: datetime


Look = Callable[[Space, Member], Sequence[Waits]]
_looks: list[Look] = []


def register(look: Look) -> None:
    """Have `look` asked for what waits in a space; asked of its hosts alone."""
    if look not in _looks:
        _looks.append(look)


def standing(space: Space, host: Member) -> list[Waits]:
    """All that waits there beside what people wrote for others, the oldest first."""
    found = [one for look in _looks for one in look(space, host)]
    return sorted(found, key=lambda one: one.since)


def for_the_exchange(space: str, since: str) -> Q:
    """Of rows that wait, those the hosts of the Exchange look after: written nowhere near home,
    where nobody hosts, or waiting for a day. `space` and `since` name the fields."""
    hosting = Membership.objects.hosting().filter(
        space=OuterRef(space), member__is_active=True, member__erased_at=None
    )
    is_late = Q(**{f"{since}__lt": now() - ALONE_FOR})
    return Q(**{f"{space}__isnull": True}) | is_late | Q(~Exists(hosting))
