"""What may be written into the ledger, and that it stays.
The proofs with killed workers are in test_killed_workers.py."""

import pytest
from django.db import transaction

from exchange.core import freshness
from exchange.ledger.actions import NotInTransaction, owe, record
from exchange.ledger.models import AppendOnly, Delivery, Event
from exchange.ledger.registry import on, to
from exchange.ledger.rules import NotACode


@pytest.mark.django_db
def test_an_event_keeps_who_when_and_what_in_ids(happen):
    event = happen(actor_id=3, detail={"kind": "question", "reply": 12, "topics": ["topic:play"]})

    kept = Event.objects.get()
    assert (kept.kind, kept.subject_type, kept.subject_id) == ("thing.happened", "thing", 7)
    assert (kept.actor_id, kept.at) == (3, event.at)
    assert kept.detail == {"kind": "question", "reply": 12, "topics": ["topic:play"]}


@pytest.mark.django_db
def test_each_consumer_of_the_kind_is_owed_one_delivery(happen):
    on("thing.happened", "thing.ended", consumer="room.first")(lambda event: None)
    on("thing.happened", consumer="room.second")(lambda event: None)
    on("thing.ended", consumer="room.third")(lambda event: None)

    happen()

    owed = Delivery.objects.order_by("id").values_list("consumer", "state")
    assert list(owed) == [("room.first", "queued"), ("room.second", "queued")]


@pytest.mark.django_db(transaction=True)
def test_recording_outside_a_transaction_is_refused():
    with pytest.raises(NotInTransaction):
        record("thing.happened", subject_type="thing", subject_id=7)

    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_never_happened_and_is_owed_to_nobody():
    on("thing.happened", consumer="room.first")(lambda event: None)
    before = freshness.stamp()

    with transaction.atomic():
        record("thing.happened", subject_type="thing", subject_id=7)
        transaction.set_rollback(True)

    assert (Event.objects.count(), Delivery.objects.count()) == (0, 0)
    assert freshness.stamp() == before


@pytest.mark.django_db(transaction=True)
def test_cached_pages_go_stale_after_the_commit_and_not_for_what_no_page_shows(happen):
    before = freshness.stamp()

    happen(public=False)
    quiet = freshness.stamp()
    happen()

    assert quiet == before
    assert freshness.stamp() > before


@pytest.mark.django_db
@pytest.mark.parametrize(
    "detail",
    [
        {"note": "x" * 81},
        {"note": "A girl of nine"},
        {"to": "amina@example.org"},
        {"note": "one\ntwo"},
        {"Kind": "question"},
        {"the kind": "question"},
        {"notes": ["question", "Her name is"]},
        {"nested": {"kind": "question"}},
        {"weight": 1.5},
        {"ids": list(range(201))},
    ],
)
def test_text_and_addresses_do_not_slip_into_the_detail(happen, detail):
    with pytest.raises(NotACode) as refusal:
        happen(detail=detail)

    assert not Event.objects.exists()
    assert all(str(value) not in str(refusal.value) for value in detail.values())


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["published", "Contribution.Published", "a b.c", "", "a.b.c"])
def test_a_kind_is_a_subject_and_what_happened_to_it(happen, kind):
    with pytest.raises(NotACode):
        happen(kind)


@pytest.mark.django_db
def test_an_event_cannot_be_changed_or_removed(happen):
    event = happen()
    event.kind = "thing.never_happened"

    for attempt in (
        event.save,
        event.delete,
        lambda: Event.objects.update(kind="x.y"),
        lambda: Event.objects.all().delete(),
        lambda: Event.objects.filter(pk=event.pk).update(kind="x.y"),
        lambda: Event.objects.bulk_update([event], ["kind"]),
    ):
        with pytest.raises(AppendOnly):
            attempt()

    assert Event.objects.get().kind == "thing.happened"


@pytest.mark.django_db
def test_an_event_owed_to_a_recipient_twice_is_delivered_once(happen):
    to(consumer="room.letters")(lambda event, recipient: None)
    event = happen()

    owe(event, consumer="room.letters", recipients=["member:1", "member:2"])
    owe(event, consumer="room.letters", recipients=["member:2", "member:3"])

    owed = Delivery.objects.order_by("recipient").values_list("recipient", flat=True)
    assert list(owed) == ["member:1", "member:2", "member:3"]


@pytest.mark.django_db
def test_what_follows_from_one_of_very_many_lets_everything_else_go_first(happen):
    on("thing.happened", consumer="room.first")(lambda event: None)

    with transaction.atomic():
        record("thing.happened", subject_type="thing", subject_id=7, bulk=True)
        record("thing.happened", subject_type="thing", subject_id=8)

    ranks = Delivery.objects.order_by("id").values_list("event__subject_id", "rank")
    assert list(ranks) == [(7, Delivery.Rank.BULK), (8, Delivery.Rank.USUAL)]
