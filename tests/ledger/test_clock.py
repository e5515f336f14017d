"""Jobs that return by the clock: each slot once, however many workers look.
See test_killed_workers.py for two real workers."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.db import connection

from exchange.core import time
from exchange.ledger import actions, registry
from exchange.ledger.models import ClockJob, Delivery
from exchange.ledger.registry import every
from exchange.ledger.worker import Worker

NOON = datetime(2026, 3, 9, 12, 0, 5, tzinfo=UTC)


@pytest.mark.django_db
def test_a_clock_job_runs_once_a_slot_and_is_told_the_moment():
    seen = []
    every(minutes=5, name="room.job")(seen.append)

    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(3):
            Worker().run_until_idle()
        clock.shift(timedelta(minutes=5))
        Worker().run_until_idle()

    assert seen == [NOON, NOON + timedelta(minutes=5)]


@pytest.mark.django_db
def test_missed_slots_are_made_up_for_by_one_call():
    seen = []
    every(minutes=5, name="room.job")(seen.append)

    with time_machine.travel(NOON, tick=False) as clock:
        Worker().run_until_idle()
        clock.shift(timedelta(days=2))
        Worker().run_until_idle()

    assert len(seen) == 2


@pytest.mark.django_db
def test_a_job_that_is_still_owed_is_not_queued_again():
    every(minutes=5, name="room.job")(lambda now: None)
    clock = registry.clocks["room.job"]

    queued = [
        actions.enqueue_slot(clock, now=NOON + timedelta(minutes=minutes))
        for minutes in (0, 1, 5, 10)
    ]

    assert queued == [True, False, False, False]
    assert Delivery.objects.count() == 1
    assert ClockJob.objects.get().last_slot == clock.slot(NOON + timedelta(minutes=10))


@pytest.mark.django_db
def test_a_failing_job_does_not_stop_later_slots_for_ever():
    seen = []

    def fail(now):
        seen.append(now)
        raise registry.GiveUp("broken")

    every(minutes=5, name="room.job")(fail)

    with time_machine.travel(NOON, tick=False) as clock:
        Worker().run_until_idle()
        clock.shift(timedelta(minutes=5))
        Worker().run_until_idle()

    assert len(seen) == 2


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_look_at_the_same_moment_queue_the_slot_once():
    every(minutes=5, name="room.job")(lambda now: None)
    clock = registry.clocks["room.job"]
    answers = []

    for turn in range(5):
        together = Barrier(4)

        def look(turn=turn, together=together):
            together.wait()
            answers.append(actions.enqueue_slot(clock, now=NOON + timedelta(minutes=5 * turn)))
            connection.close()

        threads = [Thread(target=look) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        Delivery.objects.update(state="done", run_after=None, finished_at=time.now())

    assert answers.count(True) == 5
    assert Delivery.objects.count() == 5
