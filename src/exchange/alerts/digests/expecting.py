"""Members who have something for a digest and for whom no moment was set. Whoever changes what
they follow sets it at once; this finds those who were missed. Called by `hooks.digests`."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from exchange.alerts.models import Level, Watch
from exchange.alerts.wishing.actions import expect_digest
from exchange.conversation.models import Follow
from exchange.members.models import Member

AT_ONCE = 500


def set_missing(*, now: datetime) -> None:
    """Some hundred at a time; the rest at the next look."""
    theirs = {"member": OuterRef("pk"), "level": Level.DIGEST}
    has_some = Q(Exists(Watch.objects.filter(**theirs))) | Q(
        Exists(Follow.objects.filter(**theirs))
    )
    unset = Q(wishes=None) | Q(wishes__next_digest_at=None, wishes__stopped_at=None)
    people = Member.objects.active().filter(has_some, unset, is_demo=False)
    for member in people.order_by("pk")[:AT_ONCE]:
        expect_digest(member=member)
