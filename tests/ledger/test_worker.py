"""What the worker does with what is owed: once, again later, or not any more.
The proofs with killed workers are in test_killed_workers.py."""

import logging
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from exchange.core import time
from exchange.ledger import actions, queries, registry, worker
from exchange.ledger.models import Delivery, Event
from exchange.ledger.registry import GiveUp, Later, on, to
from exchange.ledger.worker import Worker

LEASE = 60


def claim(limit=10, lease_seconds=LEASE):
    return actions.claim(limit=limit, now=time.now(), lease_seconds=lease_seconds)


@pytest.mark.django_db
def test_a_consumer_is_called_once_with_its_event(happen):
    seen = []
    on("thing.happened", consumer="room.first")(seen.append)
    event = happen()

    first, second = worker.run_until_idle(), worker.run_until_idle()

    assert (seen, first, second) == ([event], 1, 0)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.run_after, delivery.lease_token) == ("done", None, "")
    assert delivery.finished_at is not None


@pytest.mark.django_db
def test_a_recipient_is_served_with_its_event(happen):
    seen = []
    to(consumer="room.letters")(lambda event, recipient: seen.append((event.pk, recipient)))
    event = happen()
    actions.owe(event, consumer="room.letters", recipients=["member:1", "member:2"])

    worker.run_until_idle()

    assert sorted(seen) == [(event.pk, "member:1"), (event.pk, "member:2")]


@pytest.mark.django_db
def test_what_follows_from_what_follows_is_done_too(happen):
    seen = []
    on("thing.happened", consumer="room.first")(
        lambda event: actions.record("thing.ended", subject_type="thing", subject_id=1) and None
    )
    on("thing.ended", consumer="room.second")(seen.append)
    happen()

    worker.run_until_idle()

    assert [event.kind for event in seen] == ["thing.ended"]


@pytest.mark.django_db
def test_a_failed_handler_leaves_no_effect_and_is_tried_again_later(happen, caplog):
    @on("thing.happened", consumer="room.first")
    def fail(event):
        Event.objects.create(kind="x.y", at=time.now(), subject_type="x", subject_id=1)
        raise ValueError("the story of a girl called Amina")

    happen()

    with caplog.at_level(logging.INFO):
        worker.run_until_idle()

    delivery = Delivery.objects.get()
    assert Event.objects.count() == 1
    assert (delivery.state, delivery.attempts, delivery.lease_token) == ("queued", 1, "")
    assert 8 <= (delivery.run_after - time.now()).total_seconds() <= 12
    assert delivery.last_error.startswith("ValueError at ")
    assert "Amina" not in delivery.last_error + caplog.text


@pytest.mark.django_db
def test_after_the_last_attempt_a_delivery_is_a_dead_letter(happen):
    @on("thing.happened", consumer="room.first", max_attempts=3)
    def fail(event):
        raise Later("not-yet")

    happen()

    with time_machine.travel(time.now(), tick=False) as clock:
        for _ in range(5):
            worker.run_until_idle()
            clock.shift(timedelta(hours=2))

    delivery = queries.dead_letters().get()
    assert (delivery.state, delivery.attempts, delivery.last_error) == ("dead", 3, "not-yet")
    assert delivery.run_after is None


@pytest.mark.django_db
def test_a_handler_that_gives_up_is_not_asked_again(happen):
    @on("thing.happened", consumer="room.first")
    def fail(event):
        raise GiveUp("no-such-mailbox")

    happen()

    worker.run_until_idle()

    assert list(queries.dead_letters().values_list("last_error", "attempts")) == [
        ("no-such-mailbox", 1)
    ]


def test_pauses_double_up_to_an_hour_and_are_spread():
    pauses = [[actions.backoff(attempt) for _ in range(200)] for attempt in (1, 2, 3, 30)]

    for whole, drawn in zip((10, 20, 40, 3600), pauses, strict=True):
        assert all(whole * 0.8 <= pause <= whole * 1.2 for pause in drawn)
        assert max(drawn) - min(drawn) > whole * 0.2


@pytest.mark.django_db
def test_a_delivery_of_a_consumer_nobody_registered_waits_for_the_right_program(happen):
    on("thing.happened", consumer="room.first")(lambda event: None)
    happen()
    registry.consumers.clear()

    worker.run_until_idle()

    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.last_error) == ("queued", "no-such-consumer")


@pytest.mark.django_db
def test_what_is_leased_is_given_to_nobody_else(happen):
    on("thing.happened", consumer="room.first")(lambda event: None)
    happen()

    first, second = claim(), claim()

    assert (len(first), second) == (1, [])


@pytest.mark.django_db
def test_a_lease_that_ran_out_is_taken_over_and_the_late_finisher_changes_nothing(happen):
    seen = []
    on("thing.happened", consumer="room.first")(seen.append)
    happen()

    with time_machine.travel(time.now(), tick=False) as clock:
        (late,) = claim()
        clock.shift(timedelta(seconds=LEASE + 1))
        (taken,) = claim()
        Worker()._handle(late, [late])
        by_the_late = list(seen)
        Worker()._handle(taken, [taken])

    assert (by_the_late, len(seen)) == ([], 1)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == ("done", 1)


@pytest.mark.django_db
def test_a_lease_can_be_renewed_while_it_is_ours(happen):
    on("thing.happened", consumer="room.first")(lambda event: None)
    happen()

    with time_machine.travel(time.now(), tick=False) as clock:
        (held,) = claim()
        clock.shift(timedelta(seconds=LEASE - 1))
        kept = actions.renew([held], now=time.now(), lease_seconds=LEASE)
        clock.shift(timedelta(seconds=LEASE - 1))
        others = claim()
        clock.shift(timedelta(seconds=2))
        claim()
        lost = actions.renew([held], now=time.now(), lease_seconds=LEASE)

    assert (kept, others, lost) == (1, [], 0)


@pytest.mark.django_db
def test_an_abandoned_delivery_comes_alone_and_kills_only_its_own_chances(happen):
    on("thing.happened", consumer="room.first", max_attempts=3)(lambda event: None)
    for number in range(3):
        happen(subject_id=number)

    with time_machine.travel(time.now(), tick=False) as clock:
        sizes = [len(claim())]
        for _ in range(3):
            clock.shift(timedelta(seconds=LEASE + 1))
            sizes.append(len(claim()))
        clock.shift(timedelta(seconds=1))

    assert sizes == [3, 1, 1, 1]
    assert list(Delivery.objects.order_by("id").values_list("attempts", flat=True)) == [1, 1, 1]


@pytest.mark.django_db
def test_a_delivery_that_kills_every_worker_becomes_a_dead_letter(happen):
    on("thing.happened", consumer="room.first", max_attempts=3)(lambda event: None)
    happen()

    with time_machine.travel(time.now(), tick=False) as clock:
        taken = []
        for _ in range(4):
            taken.append(len(claim()))
            clock.shift(timedelta(seconds=LEASE + 1))

    assert taken == [1, 1, 1, 0]
    assert queries.dead_letters().get().last_error == "worker-lost"


@pytest.mark.django_db
def test_what_was_claimed_and_not_begun_is_given_back_without_an_attempt(happen):
    on("thing.happened", consumer="room.first")(lambda event: None)
    happen()

    actions.release(claim(), now=time.now())

    (again,) = claim()
    assert again.attempts == 0


@pytest.mark.django_db(transaction=True)
def test_outside_work_runs_in_no_transaction_and_its_result_is_written_with_the_done_mark(happen):
    open_transactions = []

    @on("thing.happened", consumer="room.outside", outside=True)
    def talk(event):
        open_transactions.append(transaction.get_connection().in_atomic_block)

        def settle():
            open_transactions.append(transaction.get_connection().in_atomic_block)
            actions.record("thing.told", subject_type="thing", subject_id=1)

        return settle

    happen()

    worker.run_until_idle()

    assert open_transactions == [False, True]
    assert Event.objects.filter(kind="thing.told").count() == 1
    assert Delivery.objects.get().state == "done"


@pytest.mark.django_db(transaction=True)
def test_the_result_of_outside_work_is_not_written_when_the_lease_was_lost_meanwhile(happen):
    settled = []

    @on("thing.happened", consumer="room.outside", outside=True)
    def talk(event):
        Delivery.objects.update(lease_token="somebody-else")
        return lambda: settled.append(event)

    happen()

    Worker().round()

    assert settled == []
    assert Delivery.objects.get().state == "leased"


@pytest.mark.django_db(transaction=True)
def test_slow_outside_work_keeps_its_lease(happen):
    ends = []

    @on("thing.happened", consumer="room.outside", outside=True)
    def talk(event):
        for _ in range(40):
            worker.sleep(0.05)
            ends.append(Delivery.objects.get().run_after)
            if ends[-1] > ends[0]:
                return

    happen()

    Worker(lease_seconds=0.3).round()

    assert ends[-1] > ends[0]
    assert Delivery.objects.get().state == "done"


@pytest.mark.django_db
def test_a_host_lets_a_dead_letter_be_tried_again_and_that_is_written_down(happen, by):
    answers = [GiveUp("refused"), None]
    told = []

    def answer(event):
        if error := answers.pop(0):
            raise error

    on("thing.happened", consumer="room.first", on_retry=told.append)(answer)
    event = happen()
    worker.run_until_idle()

    actions.retry_dead(queries.dead_letters().get(), by=by)
    worker.run_until_idle()

    assert Delivery.objects.get().state == "done"
    assert told == [event]
    decided = Event.objects.get(kind="delivery.retried")
    assert (decided.actor_id, decided.subject_id) == (by.pk, Delivery.objects.get().pk)


@pytest.mark.django_db
def test_a_host_drops_a_dead_letter_and_the_second_host_is_told(happen, by):
    told = []

    @on("thing.happened", consumer="room.first", on_drop=told.append)
    def fail(event):
        raise GiveUp("refused")

    event = happen()
    worker.run_until_idle()
    letter = queries.dead_letters().get()
    seen_by_another = Delivery.objects.get()

    actions.drop_dead(letter, by=by)

    assert (letter.state, told) == ("dropped", [event])
    assert not queries.dead_letters().exists()
    with pytest.raises(actions.NotDead):
        actions.retry_dead(seen_by_another, by=by)


@pytest.mark.django_db
def test_an_idle_look_is_one_small_query(happen):
    on("thing.happened", consumer="room.first")(lambda event: None)
    happen()
    idle = Worker()
    idle.run_until_idle()

    with CaptureQueriesContext(
        connection,
    ) as asked:
        idle.round()

    assert len(asked) == 1
    with connection.cursor() as cursor:
        plan = "explain query plan " if connection.vendor == "sqlite" else "explain "
        if connection.vendor == "postgresql":
            cursor.execute("set local enable_seqscan = off")
        cursor.execute(plan + asked[0]["sql"])
        assert "delivery_owed" in str(cursor.fetchall())


@pytest.mark.django_db
def test_usual_work_overtakes_bulk_work(happen):
    seen = []
    to(consumer="room.newsletter", bulk=True)(lambda event, reader: seen.append(reader))
    on("code.asked", consumer="room.code")(lambda event: seen.append("code"))
    newsletter = happen()
    actions.owe(newsletter, consumer="room.newsletter", recipients=["1", "2", "3", "4"])

    busy = Worker(batch=2)
    busy.round()
    happen("code.asked")
    busy.run_until_idle()

    assert seen == ["1", "2", "code", "3", "4"]
