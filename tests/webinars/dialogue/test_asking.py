"""Asking and "me too": what waits, what is refused, and how much one person may send.
Run by pytest alone."""

from datetime import timedelta

import pytest

from exchange.contributions.errors import NotAllowed, Noticed
from exchange.core.time import now
from exchange.webinars.dialogue import actions, queries
from exchange.webinars.errors import DoorClosed, NotNow, TooFast
from exchange.webinars.models import Asked, AskedVote, Phase, Seat
from tests.webinars.conftest import seated
from tests.webinars.dialogue.conftest import HELPER, HOST, WORDS, everything_told, told

pytestmark = pytest.mark.django_db
NAMED = "My neighbour's son Juma Otieno, 9 years old, of Kibera: what should I do for him?"


def test_a_question_waits_for_the_helper_and_nobody_else_is_told_of_it(live, seat, asks):
    row = asks(live, seat)

    assert row.state == Asked.State.WAITING
    assert queries.wall(live) == []
    assert list(Asked.objects.waiting()) == [row]
    assert told(live, audience="all") == []
    (waits,) = told(live, "waiting", "helpers")
    assert (waits["text"], waits["who"], waits["needs_host"]) == (WORDS, "Amina", False)


def test_the_same_form_twice_is_one_question_and_so_are_the_same_words(live, seat, asks):
    first = asks(live, seat, once_key="form")

    assert asks(live, seat, once_key="form") == first
    assert asks(live, seat, once_key="another form") == first
    assert asks(live, seat, text="And with mothers?", once_key="third") != first


def test_what_points_to_a_child_is_shown_to_its_writer_first_and_then_needs_a_host(
    live, seat, asks, helper, beatriz
):
    with pytest.raises(Noticed):
        asks(live, seat, text=NAMED)
    assert not Asked.objects.exists()

    row = asks(live, seat, text=NAMED, insist=True)

    assert row.needs_host
    with pytest.raises(NotAllowed):
        actions.show(asked=row, by=helper, roles=HELPER)
    assert actions.show(asked=row, by=beatriz, roles=HOST).state == Asked.State.SHOWN


def test_a_guest_asks_as_a_member_does_and_a_helper_may_let_it_out(live, guest, asks, helper):
    row = asks(live, guest)

    assert (row.flags, row.needs_host) == ("unknown-author", False)
    assert actions.show(asked=row, by=helper, roles=HELPER).state == Asked.State.SHOWN


def test_before_the_hour_and_two_weeks_after_it_asks_and_not_later(
    webinar, live, amina, asks, time_machine
):
    before = seated(webinar, amina)
    assert asks(webinar, before).webinar == webinar
    there = seated(live, amina)
    live.phase, live.ended_at = Phase.OVER, now()
    live.save()
    assert asks(live, there, text="And afterwards?").pk

    time_machine.move_to(now() + timedelta(days=15), tick=False)

    with pytest.raises(NotNow):
        asks(live, there, text="And a month afterwards?")


def test_a_closed_wall_takes_nothing_even_from_a_page_opened_before(live, seat, asks):
    actions.set_door(webinar=live, door="wall", is_open=False, roles=HOST)

    assert live.wall_open
    with pytest.raises(DoorClosed):
        asks(live, seat)
    actions.set_door(webinar=live, door="wall", is_open=True, roles=HOST)
    assert asks(live, seat).pk


def test_a_place_given_up_or_of_another_hour_asks_nothing(live, webinar, seat, amina, asks):
    with pytest.raises(NotNow):
        asks(webinar, seat)
    seat.state = Seat.State.GIVEN_UP
    with pytest.raises(NotNow):
        asks(live, seat)


def test_a_paused_member_reads_and_asks_nothing(live, seat, amina, asks):
    amina.paused_until = now() + timedelta(days=9)
    seat.member = amina

    with pytest.raises(NotAllowed):
        asks(live, seat)


def test_five_questions_in_ten_minutes_and_then_the_sixth_waits(live, seat, asks, time_machine):
    for number in range(5):
        asks(live, seat, text=f"Question number {number}?")

    with pytest.raises(TooFast) as refusal:
        asks(live, seat, text="One more?")

    assert 0 < refusal.value.seconds <= 601
    time_machine.move_to(now() + timedelta(seconds=601), tick=False)
    assert asks(live, seat, text="One more?").pk


def test_what_waits_of_people_nobody_knows_has_an_end_and_members_ask_on(
    live, seat, asks, monkeypatch
):
    monkeypatch.setattr("exchange.webinars.dialogue.actions.asking.MOST_WAITING", 3)
    for number in range(3):
        asks(live, seated(live, email=f"guest{number}@example.org"))

    with pytest.raises(DoorClosed):
        asks(live, seated(live, email="guest9@example.org"))
    assert asks(live, seat).pk


def test_me_too_is_one_voice_a_place_and_is_taken_back(live, guest, shown):
    for _again in range(2):
        assert actions.vote(asked=shown, seat=guest, on=True).votes == 1

    assert AskedVote.objects.count() == 1
    assert actions.vote(asked=shown, seat=guest, on=False).votes == 0
    assert actions.vote(asked=shown, seat=guest, on=False).votes == 0


def test_ones_own_question_has_ones_voice_already(live, seat, shown):
    assert actions.vote(asked=shown, seat=seat, on=True).votes == 0


def test_what_is_not_on_the_wall_takes_no_voice(live, guest, asked):
    with pytest.raises(NotNow):
        actions.vote(asked=asked, seat=guest, on=True)


def test_sixty_voices_a_minute_are_enough_for_anybody(live, guest, shown):
    for number in range(60):
        actions.vote(asked=shown, seat=guest, on=number % 2 == 0)

    with pytest.raises(TooFast):
        actions.vote(asked=shown, seat=guest, on=True)


def test_who_asks_in_the_hour_was_there_and_who_asks_before_was_not_yet(
    live, webinar, seat, amina, asks
):
    asks(live, seat)
    before = seated(webinar, amina)
    asks(webinar, before)

    assert Seat.objects.get(pk=seat.pk).came_at is not None
    assert Seat.objects.get(pk=before.pk).came_at is None


def test_no_word_of_what_waits_is_told_to_everybody(live, asked):
    public = str(told(live, audience="all"))

    assert WORDS in everything_told(live)
    assert WORDS not in public
