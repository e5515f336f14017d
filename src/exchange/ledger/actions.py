"""Writing what happened, and taking, finishing and returning what is owed because of it.
`record` and `owe` are for every room's actions, `retry_dead` and `drop_dead` for the desk; the
rest is the worker's."""

import random
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Protocol, TypedDict

from django.db import transaction
from django.db.models import Q, QuerySet

from exchange.core import freshness, ids, time
from exchange.ledger import registry
from exchange.ledger.models import ClockJob, Delivery, Event, Heartbeat
from exchange.ledger.rules import Detail, check_detail, check_kind

BACKOFF_FIRST = 10.0
BACKOFF_LONGEST = 3600.0
KEEP_DAYS = 30
PURGE_AT_ONCE = 5000

_chance = random.SystemRandom()


class NotInTransaction(RuntimeError):
    """An event must be written in the same transaction as the change it tells of."""


class NotDead(ValueError):
    """Another host was faster: this delivery is no dead letter any more."""


class Person(Protocol):
    """Whoever acts: the ledger knows no members, only their number."""

    @property
    def pk(self) -> int: ...


def record(
    kind: str,
    *,
    subject_type: str,
    subject_id: int,
    actor_id: int | None = None,
    detail: Detail | None = None,
    public: bool = True,
    bulk: bool = False,
) -> Event:
    """Write what happened, and one delivery for each consumer, with the caller's transaction.

    `public=False` is for what no page shows: cached pages then stay as they are. `bulk=True` is
    for one of very many, such as an imported record: everything else then goes first."""
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransaction(f"{kind} was recorded outside a transaction")
    check_kind(kind, subject_type)
    check_detail(detail or {})
    event = Event.objects.create(
        kind=kind,
        at=time.now(),
        actor_id=actor_id,
        subject_type=subject_type,
        subject_id=subject_id,
        detail=dict(detail or {}),
    )
    Delivery.objects.bulk_create(
        Delivery(
            event=event,
            consumer=consumer.name,
            rank=Delivery.Rank.BULK if bulk else consumer.rank,
            run_after=event.at,
        )
        for consumer in registry.listening_to(kind)
    )
    if public:
        transaction.on_commit(freshness.bump)
    return event


def owe(
    event: Event, *, consumer: str, recipients: Iterable[str], run_after: datetime | None = None
) -> None:
    """One delivery of the event for each recipient (an id, not an address); asked twice, once."""
    due, rank = run_after or time.now(), registry.rank(consumer)
    Delivery.objects.bulk_create(
        (
            Delivery(event=event, consumer=consumer, recipient=recipient, rank=rank, run_after=due)
            for recipient in recipients
        ),
        batch_size=500,
        ignore_conflicts=True,
    )


def enqueue_slot(clock: registry.Clock, *, now: datetime) -> bool:
    """Put a clock job's present slot in the queue, once, however many workers ask.

    A slot is passed over while the one before it is still owed: a slow job never piles up."""
    slot = clock.slot(now)
    with transaction.atomic():
        ClockJob.objects.get_or_create(name=clock.name)
        unseen = Q(last_slot__isnull=True) | Q(last_slot__lt=slot)
        if not ClockJob.objects.filter(unseen, name=clock.name).update(last_slot=slot):
            return False
        earlier = Delivery.objects.filter(event__isnull=True, consumer=clock.name)
        if earlier.filter(run_after__isnull=False).exists():
            return False
        Delivery.objects.create(consumer=clock.name, recipient=slot.isoformat(), run_after=now)
        return True


def claim(*, limit: int, now: datetime, lease_seconds: float) -> list[Delivery]:
    """Lease up to `limit` due deliveries, bulk last, else the longest waiting first; no other
    worker gets them.

    PostgreSQL skips rows another worker holds; SQLite's IMMEDIATE transaction lets one in at a
    time. A row whose lease ran out (its worker died) comes alone, so that one which kills every
    worker uses up only its own attempts."""
    due = Delivery.objects.filter(rank__in=Delivery.Rank.values, run_after__lte=now)
    while due.exists():
        with transaction.atomic():
            rows = _first_due(limit=limit, now=now)
            if not rows:
                return []
            if rows[0].state == Delivery.State.QUEUED:
                return _lease(_queued(rows), now=now, lease_seconds=lease_seconds)
            if _survives(rows[0], now=now):
                return _lease(rows[:1], now=now, lease_seconds=lease_seconds)
    return []


def renew(deliveries: Sequence[Delivery], *, now: datetime, lease_seconds: float) -> int:
    """Hold on to deliveries that are still ours; says how many are."""
    return _ours(deliveries).update(run_after=now + timedelta(seconds=lease_seconds))


def release(deliveries: Sequence[Delivery], *, now: datetime) -> None:
    """Give back what was claimed and not begun, at once and without counting an attempt."""
    _ours(deliveries).update(state=Delivery.State.QUEUED, run_after=now, lease_token="")


def put_off(delivery: Delivery, *, code: str, now: datetime, seconds: float) -> None:
    """Give back what may not be done yet; that does not count as an attempt."""
    _ours([delivery]).update(
        state=Delivery.State.QUEUED,
        run_after=now + timedelta(seconds=seconds),
        lease_token="",
        last_error=code,
    )


def complete(delivery: Delivery, *, now: datetime) -> bool:
    """Mark it done if the lease is still ours. Call it in the transaction of the effects, first:
    the row is then locked until they are committed, and a late finisher changes nothing."""
    return bool(
        _ours([delivery]).update(
            state=Delivery.State.DONE,
            run_after=None,
            finished_at=now,
            lease_token="",
            last_error="",
        )
    )


def fail(delivery: Delivery, *, error: str, now: datetime, final: bool = False) -> None:
    """Put it back for another attempt after a growing pause, or among the dead letters."""
    attempts = delivery.attempts + 1
    if final or attempts >= registry.max_attempts(delivery.consumer):
        _ours([delivery]).update(**_dead(attempts, error, now))
        return
    _ours([delivery]).update(
        state=Delivery.State.QUEUED,
        run_after=now + timedelta(seconds=backoff(attempts)),
        attempts=attempts,
        lease_token="",
        last_error=error[:200],
    )


def backoff(attempts: int) -> float:
    """Seconds to wait after so many attempts: doubling, capped, spread by a fifth each way."""
    whole = min(BACKOFF_LONGEST, BACKOFF_FIRST * 2.0 ** min(attempts - 1, 30))
    return whole * _chance.uniform(0.8, 1.2)


def retry_dead(delivery: Delivery, *, by: Person) -> None:
    """A host lets a dead letter be tried again, from the first attempt."""
    _decide(
        delivery, by=by, kind="delivery.retried", state=Delivery.State.QUEUED, run_after=time.now()
    )


def drop_dead(delivery: Delivery, *, by: Person) -> None:
    """A host decides that a dead letter is not needed any more."""
    _decide(delivery, by=by, kind="delivery.dropped", state=Delivery.State.DROPPED, run_after=None)


def beat(*, worker: str, started_at: datetime, now: datetime) -> None:
    """A worker's sign of life; forgets workers not seen for a day."""
    Heartbeat.objects.update_or_create(
        worker=worker, defaults={"started_at": started_at, "seen_at": now}
    )
    Heartbeat.objects.filter(seen_at__lt=now - timedelta(days=1)).delete()


def forget_worker(worker: str) -> None:
    """A worker that ended in order leaves no heartbeat behind."""
    Heartbeat.objects.filter(worker=worker).delete()


def purge_finished(*, now: datetime) -> int:
    """Remove done and dropped deliveries after 30 days; events and dead letters stay."""
    old = Delivery.objects.filter(
        state__in=[Delivery.State.DONE, Delivery.State.DROPPED],
        finished_at__lt=now - timedelta(days=KEEP_DAYS),
    )
    some = list(old.values_list("pk", flat=True)[:PURGE_AT_ONCE])
    Delivery.objects.filter(pk__in=some).delete()
    return len(some)


def _first_due(*, limit: int, now: datetime) -> list[Delivery]:
    """The first rows of the first rank that has any, locked. One query a rank, so that both
    databases walk along the index and sort nothing."""
    owed = Delivery.objects.filter(run_after__lte=now).order_by("run_after", "id")
    locked = owed.select_for_update(skip_locked=True, of=("self",)).select_related("event")
    for rank in Delivery.Rank:
        if rows := list(locked.filter(rank=rank)[:limit]):
            return rows
    return []


def _queued(rows: list[Delivery]) -> list[Delivery]:
    states = [row.state for row in rows]
    if Delivery.State.LEASED in states:
        return rows[: states.index(Delivery.State.LEASED)]
    return rows


def _lease(rows: list[Delivery], *, now: datetime, lease_seconds: float) -> list[Delivery]:
    token, until = ids.new_id(), now + timedelta(seconds=lease_seconds)
    for row in rows:
        row.state, row.run_after, row.lease_token = Delivery.State.LEASED, until, token
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=Delivery.State.LEASED, run_after=until, lease_token=token
    )
    return rows


def _survives(row: Delivery, *, now: datetime) -> bool:
    """Count the attempt that a worker did not live to finish."""
    row.attempts += 1
    if row.attempts < registry.max_attempts(row.consumer):
        Delivery.objects.filter(pk=row.pk).update(attempts=row.attempts, last_error="worker-lost")
        return True
    Delivery.objects.filter(pk=row.pk).update(**_dead(row.attempts, "worker-lost", now))
    return False


def _ours(deliveries: Sequence[Delivery]) -> QuerySet[Delivery]:
    return Delivery.objects.filter(
        pk__in=[delivery.pk for delivery in deliveries],
        lease_token__in={delivery.lease_token for delivery in deliveries},
        state=Delivery.State.LEASED,
    )


class _Finish(TypedDict):
    """The columns of a delivery that nobody will take again by itself."""

    state: str
    run_after: None
    finished_at: datetime
    attempts: int
    lease_token: str
    last_error: str


def _dead(attempts: int, error: str, now: datetime) -> _Finish:
    return _Finish(
        state=Delivery.State.DEAD,
        run_after=None,
        finished_at=now,
        attempts=attempts,
        lease_token="",
        last_error=error[:200],
    )


def _decide(
    delivery: Delivery, *, by: Person, kind: str, state: str, run_after: datetime | None
) -> None:
    with transaction.atomic():
        changed = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.DEAD).update(
            state=state, run_after=run_after, attempts=0
        )
        if not changed:
            raise NotDead("this has already been decided")
        consumer = registry.consumers.get(delivery.consumer)
        retried = run_after is not None
        follow = consumer and (consumer.on_retry if retried else consumer.on_drop)
        if follow and delivery.event:
            follow(delivery.event)
        record(kind, subject_type="delivery", subject_id=delivery.pk, actor_id=by.pk, public=False)
    delivery.refresh_from_db()
