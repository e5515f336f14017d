"""Listeners that write, linger inside their transaction, and write again.
Loaded through LEDGER_EXTRA_HOOKS."""

import os
import random
from datetime import datetime
from time import sleep

from django.db.models import F

from exchange.ledger.actions import record
from exchange.ledger.models import Event
from exchange.ledger.registry import every, on
from tests.ledger.proof.models import Tally, Trace

SLOW = float(os.environ.get("PROOF_SLOW", "0"))


@on("proof.asked", consumer="proof.trace")
def trace(event: Event) -> None:
    """One trace, a pause in which the worker can die, one count, one further event."""
    Trace.objects.create(event_id=event.pk, worker=os.getpid())
    sleep(SLOW * random.random())
    Tally.objects.filter(pk=1).update(count=F("count") + 1)
    record("proof.answered", subject_type="event", subject_id=event.pk)


@on("proof.answered", consumer="proof.echo")
def echo(event: Event) -> None:
    """What follows from what followed."""
    Trace.objects.create(event_id=event.pk, worker=os.getpid())


@every(hours=1, name="proof.hourly")
def hourly(now: datetime) -> None:
    """Once, however many workers look at the clock."""
    Trace.objects.create(event_id=0, worker=os.getpid())
