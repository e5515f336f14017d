"""How a member wants mail: changed, paused, stopped, begun again. Each verb is one transaction.
Called by pages, by commands that come by mail and by what else needs a digest."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction

from exchange.alerts.digests.times import next_moment
from exchange.alerts.models import Waiting, Wishes
from exchange.alerts.wishing import queries, rules
from exchange.core.time import now
from exchange.members.models import Member


class Wished(TypedDict, total=False):
    """What a member may say about their mail; what is left out stays as it is."""

    content: str
    rhythm: str
    weekday: int
    hour: int
    timezone: str
    quiet_from: int | None
    quiet_until: int | None
    most_a_week: int
    paused_until: datetime | None


def set_wishes(*, member: Member, **wished: Unpack[Wished]) -> Wishes:
    """Change what is named, and plan the next digest anew. Raises rules.BadWish."""
    rules.check(wished)
    with transaction.atomic():
        row = _locked(member)
        _put(row, wished)
        _plan(row, anew=True)
    return row


def pause(*, member: Member, until: datetime) -> Wishes:
    """Nothing but what they ask for until then; what comes meanwhile waits for the digest."""
    return set_wishes(member=member, paused_until=until)


def stop_all(*, member: Member) -> Wishes:
    """Nothing but what they ask for, until they say start. What they follow is kept."""
    with transaction.atomic():
        row = _locked(member)
        if row.stopped_at is None:
            row.stopped_at = now()
        row.next_digest_at = None
        row.save()
        Waiting.objects.filter(member=member).delete()
    return row


def start_again(*, member: Member) -> Wishes:
    """After a pause or a stop. Of what came meanwhile only a digest tells, from this moment on."""
    with transaction.atomic():
        row = _locked(member)
        if row.stopped_at is not None:
            row.last_digest_at = now()
        row.stopped_at = row.paused_until = None
        _plan(row, anew=True)
    return row


def expect_digest(*, member: Member) -> None:
    """Something goes into their digest: see to it that one comes."""
    planned = Wishes.objects.filter(member=member)
    if planned.exclude(next_digest_at=None, stopped_at=None).exists():
        return
    with transaction.atomic():
        _plan(_locked(member), anew=False)


def _locked(member: Member) -> Wishes:
    """Their row, made when it is first needed, held until the end of the transaction."""
    kept = Wishes.objects.select_for_update().filter(member=member).first()
    if kept is not None:
        return kept
    first = queries.at_first(member)
    names = ("timezone", "quiet_from", "quiet_until")
    Wishes.objects.get_or_create(
        member=member, defaults={name: getattr(first, name) for name in names}
    )
    return Wishes.objects.select_for_update().get(member=member)


def _put(row: Wishes, wished: Mapping[str, object]) -> None:
    for name, value in wished.items():
        setattr(row, name, value)


def _plan(row: Wishes, *, anew: bool) -> None:
    """The moment of the next digest; none while there is nothing a digest could hold."""
    row.changed_at = now()
    if row.stopped_at is not None or not queries.has_something_for_a_digest(row.member):
        row.next_digest_at = None
    elif anew or row.next_digest_at is None:
        begin = max(filter(None, [now(), row.paused_until]))
        row.next_digest_at = next_moment(row, after=begin)
    row.save()
