"""Who may register, and which slot of the clock a moment lies in.
See test_worker.py for what happens then."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ImproperlyConfigured

from exchange.ledger import registry
from exchange.ledger.registry import GiveUp, every, on


def test_two_consumers_of_one_name_are_refused():
    on("thing.happened", consumer="room.first")(lambda event: None)

    with pytest.raises(ImproperlyConfigured):
        on("thing.ended", consumer="room.first")(lambda event: None)
    with pytest.raises(ImproperlyConfigured):
        every(minutes=5, name="room.first")(lambda now: None)


@pytest.mark.parametrize("name", ["first", "Room.first", "room first", ""])
def test_a_consumer_is_named_after_its_room(name):
    with pytest.raises(ImproperlyConfigured):
        on("thing.happened", consumer=name)(lambda event: None)


def test_a_consumer_that_listens_to_nothing_is_refused():
    with pytest.raises(ImproperlyConfigured):
        on(consumer="room.first")


@pytest.mark.parametrize("when", [{}, {"minutes": 5, "daily_at": "03:20"}])
def test_a_clock_job_says_either_how_often_or_at_what_time(when):
    with pytest.raises(ImproperlyConfigured):
        every(name="room.job", **when)


@pytest.mark.parametrize(
    ("when", "slot"),
    [
        ({"minutes": 5}, datetime(2026, 3, 9, 10, 15, tzinfo=UTC)),
        ({"hours": 1}, datetime(2026, 3, 9, 10, 0, tzinfo=UTC)),
        ({"daily_at": "10:17"}, datetime(2026, 3, 9, 10, 17, tzinfo=UTC)),
        ({"daily_at": "10:18"}, datetime(2026, 3, 8, 10, 18, tzinfo=UTC)),
    ],
)
def test_a_moment_lies_in_the_slot_that_began_last(when, slot):
    every(name="room.job", **when)(lambda now: None)

    now = datetime(2026, 3, 9, 10, 17, 42, tzinfo=UTC)
    assert registry.clocks["room.job"].slot(now) == slot


def test_a_setback_is_told_by_a_code_and_never_by_a_text():
    with pytest.raises(ValueError, match="a code is"):
        GiveUp("Mailbox of amina@example.org is full")
