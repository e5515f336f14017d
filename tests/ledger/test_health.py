"""How the ledger tells whether it is well, and what it forgets in time.
Read by pytest alone."""

from datetime import timedelta

import pytest
import time_machine

from exchange.core import time
from exchange.ledger import actions, queries, worker
from exchange.ledger.models import Delivery, Event
from exchange.ledger.registry import GiveUp, on


@pytest.mark.django_db
def test_finished_deliveries_are_removed_after_thirty_days_and_events_stay(happen, by):
    answers = {1: None, 2: GiveUp("refused")}

    @on("thing.happened", consumer="room.first")
    def answer(event):
        if error := answers[event.subject_id]:
            raise error

    happen(subject_id=1)
    happen(subject_id=2)
    worker.run_until_idle()

    early = actions.purge_finished(now=time.now() + timedelta(days=29))
    due = actions.purge_finished(now=time.now() + timedelta(days=31))

    assert (early, due) == (0, 1)
    assert [delivery.state for delivery in Delivery.objects.all()] == ["dead"]
    assert Event.objects.count() == 2


@pytest.mark.django_db
def test_the_figures_say_what_waits_what_is_stuck_and_whether_anybody_works(happen):
    @on("thing.happened", consumer="room.first")
    def fail(event):
        raise GiveUp("refused")

    happen()
    worker.run_until_idle()
    first = happen()
    happen()
    before = queries.health(time.now())
    actions.beat(worker="here:1", started_at=time.now(), now=time.now())
    with time_machine.travel(time.now() + timedelta(seconds=30)):
        after = queries.health(time.now())
    with time_machine.travel(time.now() + timedelta(seconds=90)):
        silent = queries.health(time.now())

    assert (before.queued, before.due, before.dead, before.leased) == (2, 2, 1, 0)
    assert (before.oldest_due, before.worker_alive) == (first.at, False)
    assert after.waiting_for(first.at + timedelta(seconds=30)) == timedelta(seconds=30)
    assert (after.worker_alive, silent.worker_alive) == (True, False)
