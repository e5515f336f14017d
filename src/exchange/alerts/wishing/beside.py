"""What a member wishes of mail, for rooms that cannot ask this one.
Registered by hooks; asked through `mail.wishes`."""

from __future__ import annotations

from datetime import datetime

from exchange.alerts.digests.times import end_of_quiet
from exchange.alerts.models import Wishes
from exchange.alerts.wishing.queries import wishes_of
from exchange.mail.wishes import Wished
from exchange.members.models import Member


def wished(person: int, moment: datetime) -> Wished:
    """As `telling.rules.when` has it, but for the week's measure: these are words to them alone."""
    member = Member.objects.filter(pk=person).first()
    if member is None:
        return Wished(never=True)
    wishes = wishes_of(member)
    return Wished(wishes.content, wishes.stopped_at is not None, _at(wishes, moment))


def _at(wishes: Wishes, moment: datetime) -> datetime | None:
    until = wishes.paused_until
    begin = until if until is not None and until > moment else moment
    due = end_of_quiet(wishes, begin)
    return due if due > moment else None
