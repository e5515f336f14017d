"""Polls, hands, doors, and the numbers that are told together.
Run by pytest alone."""

import threading
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection

from exchange.contributions.errors import NotAllowed, Noticed
from exchange.core.time import now
from exchange.webinars.dialogue import actions, queries, tallying
from exchange.webinars.dialogue.actions.polling import NotAPoll
from exchange.webinars.errors import AlreadyDone, DoorClosed, NotNow, TooFast, WebinarError
from exchange.webinars.models import Ballot, Hand, Poll
from tests.webinars.conftest import seated
from tests.webinars.dialogue.conftest import HELPER, HOST, LEAD, told

pytestmark = pytest.mark.django_db


def prepared(live, by, **more) -> Poll:
    given = {"text": "When?", "choices": ["Now", "Later"], "language": "en", "shows_counts": True}
    return actions.prepare_poll(webinar=live, by=by, roles=LEAD, **{**given, **more})


def test_a_poll_is_told_when_it_opens_and_its_result_when_it_closes(live, seat, beatriz):
    poll = prepared(live, beatriz, shows_counts=False)
    assert told(live, "poll") == []

    actions.open_poll(poll=poll, roles=LEAD)
    actions.choose(poll=poll, seat=seat, choice=1)
    assert "counts" not in told(live, "poll")[0]
    actions.close_poll(poll=poll, roles=LEAD)

    assert told(live, "poll")[-1] == {
        "id": poll.pk,
        "text": "When?",
        "lang": "en",
        "choices": ["Now", "Later"],
        "state": "closed",
        "counts": [0, 1],
    }
    with pytest.raises(AlreadyDone):
        actions.close_poll(poll=poll, roles=LEAD)
    with pytest.raises(NotNow):
        actions.choose(poll=poll, seat=seat, choice=0)


def test_a_group_counts_with_all_its_people_and_changes_its_mind(live, seat, beatriz):
    poll = actions.open_poll(poll=prepared(live, beatriz), roles=LEAD)
    club = seated(live, email="club@example.org", people=12, group="Kibera club")

    actions.choose(poll=poll, seat=club, choice=0)
    actions.choose(poll=poll, seat=seat, choice=0)
    actions.choose(poll=poll, seat=club, choice=1)

    assert queries.counts_of(poll) == [1, 12]
    assert Ballot.objects.count() == 2


@pytest.mark.parametrize("choices", [["One"], ["Same", "same"], list("abcdefg"), ["", "b"]])
def test_a_poll_has_two_to_six_different_choices(live, beatriz, choices):
    with pytest.raises(NotAPoll):
        prepared(live, beatriz, choices=choices)


def test_only_who_leads_makes_polls_and_opens_doors(live, helper, beatriz):
    poll = prepared(live, beatriz)
    with pytest.raises(NotAllowed):
        actions.open_poll(poll=poll, roles=HELPER)
    with pytest.raises(NotAllowed):
        actions.set_door(webinar=live, door="chat", is_open=True, roles=HELPER)
    with pytest.raises(NotAllowed):
        actions.say_to_all(webinar=live, text="Hi", language="en", by=helper, roles=HELPER)
    assert actions.open_poll(poll=poll, roles=LEAD).state == Poll.State.OPEN


def test_a_poll_that_points_to_a_child_is_never_kept(live, beatriz):
    with pytest.raises(Noticed):
        prepared(live, beatriz, text="What of Juma Otieno, 9 years old, of Kibera?")
    assert not Poll.objects.exists()


def test_a_raised_hand_is_called_and_its_owner_told(live, seat, helper):
    actions.raise_hand(webinar=live, seat=seat, up=True)
    actions.raise_hand(webinar=live, seat=seat, up=True)
    (hand,) = queries.hands_up(live)

    actions.call_hand(hand=hand, roles=HELPER)

    assert told(live, "called", f"seat:{seat.pk}") == [{}]
    assert told(live, "hand", "helpers")[-1] == {"seat": seat.pk, "who": "Amina", "up": False}
    assert queries.hands_up(live) == []
    with pytest.raises(AlreadyDone):
        actions.call_hand(hand=hand, roles=HELPER)


def test_hands_go_up_six_times_a_minute_and_not_when_their_door_is_closed(live, seat):
    for _again in range(6):
        actions.raise_hand(webinar=live, seat=seat, up=True)
        actions.raise_hand(webinar=live, seat=seat, up=False)
    with pytest.raises(TooFast):
        actions.raise_hand(webinar=live, seat=seat, up=True)
    assert Hand.objects.count() == 6

    actions.set_door(webinar=live, door="hands", is_open=False, roles=HOST)
    other = seated(live, email="other@example.org")
    with pytest.raises(DoorClosed):
        actions.raise_hand(webinar=live, seat=other, up=True)


def test_six_lines_a_minute_and_the_seventh_waits(live, seat):
    for number in range(6):
        actions.say(webinar=live, seat=seat, text=f"Line {number}", language="en")

    with pytest.raises(TooFast):
        actions.say(webinar=live, seat=seat, text="Line 7", language="en")


def test_doors_are_told_to_everybody_once(live):
    actions.set_door(webinar=live, door="chat", is_open=False, roles=LEAD)
    actions.set_door(webinar=live, door="chat", is_open=False, roles=LEAD)

    assert told(live, "doors", "all") == [{"wall": True, "chat": False, "hands": True}]


def test_a_word_to_everybody_replaces_the_one_before(live, beatriz):
    for text in ("We begin late.", "We begin."):
        actions.say_to_all(webinar=live, text=text, language="en", by=beatriz, roles=HOST)

    assert [row.get("text") for row in told(live, "word")] == ["We begin."]


def test_voices_are_told_together_and_only_where_they_moved(live, guest, seat, shown, time_machine):
    moment = now()
    time_machine.move_to(moment, tick=False)
    actions.vote(asked=shown, seat=guest, on=True)
    for number in range(4):
        other = seated(live, email=f"more{number}@example.org")
        actions.vote(asked=shown, seat=other, on=True)
    assert [row["votes"] for row in told(live, "tally")] == [{str(shown.pk): 1}]

    time_machine.move_to(moment + timedelta(seconds=6), tick=False)
    tallying.tally_all()
    tallying.tally_all()
    time_machine.move_to(moment + timedelta(seconds=12), tick=False)
    tallying.tally_all()

    tallies = told(live, "tally", "all")
    assert [row["votes"] for row in tallies] == [{str(shown.pk): 1}, {str(shown.pk): 5}]
    assert tallies[-1]["people"] == 6


def test_a_club_of_twelve_is_one_place_and_twelve_people(live):
    seated(live, email="club@example.org", people=12, came_at=now())
    seated(live, email="few@example.org", people=9, people_came=7, came_at=now())
    seated(live, email="away@example.org")

    assert queries.here(live.pk) == {"seats": 2, "people": 19}


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_all_counted_and_numbered_in_order(live, shown, beatriz):
    poll = actions.open_poll(poll=prepared(live, beatriz), roles=LEAD)
    seats = [seated(live, email=f"s{number}@example.org") for number in range(8)]
    trouble: list[Exception] = []

    def take_part(seat) -> None:
        try:
            actions.vote(asked=shown, seat=seat, on=True)
            actions.vote(asked=shown, seat=seat, on=True)
            actions.choose(poll=poll, seat=seat, choice=1)
            actions.raise_hand(webinar=live, seat=seat, up=True)
        except (DatabaseError, WebinarError) as error:  # told at the end
            trouble.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=take_part, args=[seat]) for seat in seats]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert trouble == []
    shown.refresh_from_db()
    assert shown.votes == 8
    assert queries.counts_of(poll) == [0, 8]
    assert len(queries.hands_up(live)) == 8
