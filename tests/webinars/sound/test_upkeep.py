"""What goes on by itself: rows of minutes, an end to the hidden and the silent, files that go.
Run by pytest alone."""

from datetime import timedelta
from pathlib import Path

import pytest

from exchange.contributions import sealing
from exchange.core.time import now
from exchange.ledger import worker
from exchange.ledger.actions import record
from exchange.webinars.models import Broadcast, Piece, Webinar
from exchange.webinars.rules import Roles
from exchange.webinars.sound import actions, places, queries, upkeep

pytestmark = pytest.mark.django_db(transaction=True)
LEAD = Roles(is_lead=True)


@pytest.fixture
def broadcast(hour: Webinar, beatriz) -> Broadcast:
    return actions.take(webinar=hour, by=beatriz, roles=LEAD)


@pytest.fixture
def place(broadcast: Broadcast, data: Path) -> places.Place:
    return places.place(data, broadcast.key)


def _written(place: places.Place, number: int, seconds: float = 60.0) -> None:
    place.pieces.mkdir(parents=True, exist_ok=True)
    place.piece(number, "opus").write_bytes(bytes(80))
    place.piece(number, "mp3").write_bytes(bytes(180))
    places.write_json(place.note(number), {"seconds": seconds})


def test_a_minute_that_was_written_becomes_a_row_once(hour, broadcast, place):
    _written(place, 1)
    _written(place, 2, 31.5)

    upkeep.glance()
    upkeep.glance()

    found = [
        (one.number, one.seconds, one.opus_bytes, one.mp3_bytes) for one in queries.pieces(hour)
    ]
    assert found == [(1, 60.0, 80, 180), (2, 31.5, 80, 180)]
    assert queries.pieces(hour)[0].mp3.read_bytes() == bytes(180)
    assert not place.note(1).exists()


def test_a_glance_asks_nothing_while_nothing_is_sent(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        upkeep.glance()


def test_what_is_sealed_while_it_is_sent_ends_at_the_next_glance(hour, broadcast, place):
    upkeep.glance()
    assert not place.closed.exists()

    sealing.seal(contribution=hour)
    upkeep.glance()

    assert place.closed.exists()
    assert Broadcast.objects.get().state == Broadcast.State.CLOSED


def test_the_end_of_the_webinar_is_the_end_of_its_sound(hour, broadcast, place):
    from django.db import transaction

    with transaction.atomic():
        record("webinar.ended", subject_type="webinar", subject_id=hour.pk, actor_id=None)

    worker.run_until_idle()

    assert place.closed.exists()
    assert not queries.open_broadcast(hour)


def test_a_microphone_forgotten_for_an_hour_is_put_down(broadcast, place):
    upkeep.end_silent(moment=now() + timedelta(minutes=50))
    assert not place.closed.exists()

    upkeep.end_silent(moment=now() + timedelta(minutes=61))

    assert place.closed.exists()


def test_a_recording_may_be_joined_once_the_last_minute_is_written(hour, broadcast, place):
    assert not queries.is_settled(hour)
    actions.close(broadcast=broadcast)
    assert not queries.is_settled(hour)

    place.ended.touch()

    assert queries.is_settled(hour)


@pytest.mark.parametrize(
    ("recorded", "days", "stays"),
    [(False, 6, True), (False, 8, False), (True, 8, True), (True, 181, False)],
)
def test_minutes_go_after_a_week_unless_the_webinar_is_recorded(
    hour, broadcast, place, recorded, days, stays
):
    Webinar.objects.filter(pk=hour.pk).update(is_recorded=recorded)
    _written(place, 1)
    upkeep.glance()
    actions.close(broadcast=broadcast)

    upkeep.clear_old(moment=now() + timedelta(days=days))

    assert place.folder.exists() is stays
    assert Piece.objects.exists() is stays


def test_what_a_case_needs_is_not_destroyed(hour, broadcast, place):
    _written(place, 1)
    upkeep.glance()
    sealing.seal(contribution=hour)
    upkeep.glance()
    needed = Webinar.objects.filter(pk=hour.pk).values("pk")
    sealing.keep_bytes_while(lambda: needed)
    try:
        upkeep.clear_old(moment=now() + timedelta(days=400))
        assert place.piece(1, "mp3").exists()
    finally:
        sealing._needed.pop()

    sealing.unseal(contribution=hour)
    upkeep.clear_old(moment=now() + timedelta(days=400))

    assert not place.folder.exists()


def test_a_folder_that_belongs_to_nothing_goes(data: Path, broadcast, place):
    stray = places.place(data, "nobody-knows-this-one")
    stray.folder.mkdir(parents=True)

    upkeep.clear_old(moment=now())

    assert not stray.folder.exists()
    assert place.folder.exists()
