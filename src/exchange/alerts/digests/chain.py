"""From batch to batch: each ends with the event that begins the next, so that usual work comes in
between and whoever takes over begins where the last one ended. Called by `hooks.digests`."""

from __future__ import annotations

from datetime import datetime

from exchange.alerts.digests import building
from exchange.alerts.digests.building import Batch
from exchange.core import time
from exchange.ledger.actions import record
from exchange.ledger.models import Delivery, Event

KIND = "digest.due"


def begin(*, now: datetime) -> None:
    """Start, if anybody's digest is due and no batch is owed."""
    if building.is_due(now=now) and not _is_at_it():
        _next()


def build(*, now: datetime) -> Batch:
    """The letters of the next batch; outside a transaction."""
    return building.build(now=now)


def go_on(batch: Batch) -> None:
    """Keep the batch, and see whether there is another; in the transaction of the mark."""
    # Whoever finds nobody as they were read leaves it to the next round of the clock.
    if building.keep(batch) and building.is_due(now=time.now()):
        _next()


def _next() -> None:
    record(KIND, subject_type="digest", subject_id=0, public=False)


def _is_at_it() -> bool:
    last = Event.objects.filter(kind=KIND).order_by("-pk").first()
    owed = Delivery.objects.filter(event=last, run_after__isnull=False)
    return last is not None and owed.exists()
