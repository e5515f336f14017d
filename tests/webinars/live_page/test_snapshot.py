"""The snapshot of an hour: what stands in it, in what order, and in how many questions."""

import pytest

from exchange.core.time import now
from exchange.webinars.live import state
from exchange.webinars.models import (
    Asked,
    AskedVote,
    Ballot,
    Hand,
    Lane,
    Line,
    Poll,
    Said,
    Slide,
)

pytestmark = pytest.mark.django_db


def shot(live, seat=None, reader=None, **more):
    webinar, _roles = state.entered(live.pk, reader)
    return state.snapshot(webinar, seat=seat, tongues=["en"], **more)


def test_an_empty_hour_has_an_empty_snapshot(live, django_assert_num_queries):
    with django_assert_num_queries(4):
        here = shot(live)

    assert (here.seq, here.lines, here.questions, here.polls, here.chat) == (0, [], [], [], [])


def test_everything_stands_in_it_in_as_many_questions_as_nothing(
    live, seat, amina, beatriz, django_assert_num_queries
):
    lane = Lane.objects.create(webinar=live, language="en")
    Lane.objects.create(webinar=live, language="sw")
    for number in range(1, 31):
        Line.objects.create(lane=lane, number=number, text=f"Line {number}.")
        Asked.objects.create(webinar=live, text=f"Q{number}?", state="shown", votes=number)
        Said.objects.create(webinar=live, text=f"Said {number}.", state="shown")
    Line.objects.create(lane=lane, number=31, text="Taken back.", state="hidden")
    Said.objects.create(webinar=live, text="Waits.", state="waiting")
    first = Asked.objects.create(webinar=live, text="Now?", state="answering")
    mine = Asked.objects.create(webinar=live, text="Mine waits?", seat=seat)
    Asked.objects.create(webinar=live, text="Other waits?")
    Asked.objects.create(webinar=live, text="Sealed?", state="shown", sealed_at=now())
    AskedVote.objects.create(asked=first, seat=seat)
    poll = Poll.objects.create(webinar=live, text="Which?", choices=["A", "B"], state="open")
    Ballot.objects.create(poll=poll, seat=seat, choice=1, people=7)
    Poll.objects.create(webinar=live, text="Not yet?", choices=["A", "B"])
    Hand.objects.create(webinar=live, seat=seat)
    Slide.objects.create(webinar=live, number=1, title="One", seen_at=now(), shown_at=now())
    Slide.objects.create(webinar=live, number=2, title="Two", seen_at=now())
    type(seat).objects.filter(pk=seat.pk).update(came_at=now(), people_came=7)

    with django_assert_num_queries(4):
        here = shot(live, seat, amina)

    assert [line.text for line in here.lines] == [f"Line {n}." for n in range(23, 31)]
    assert [lane.language for lane in here.lanes] == ["en", "sw"]
    assert here.lane.language == "en"
    assert [row.text for row in here.chat] == [f"Said {n}." for n in range(19, 31)]
    assert [row.text for row in here.questions[:3]] == [mine.text, first.text, "Q30?"]
    assert here.questions[1].is_mine
    assert not here.questions[2].is_mine
    assert here.more_questions
    assert [(c.text, c.count, c.is_mine) for c in here.polls[0].choices] == [
        ("A", 0, False),
        ("B", 7, True),
    ]
    assert len(here.polls) == 1
    assert here.hand_is_up
    assert (here.people, here.seats) == (7, 1)
    assert here.slide["title"] == "One"


def test_the_wall_can_be_read_whole_and_stays_as_it_is_for_a_visitor(live, seat):
    for number in range(40):
        Asked.objects.create(webinar=live, text=f"Q{number}?", state="shown")
    Asked.objects.create(webinar=live, text="Mine waits?", seat=seat)

    assert len(shot(live, seat, whole_wall=True).questions) == 41
    assert len(shot(live, whole_wall=True).questions) == 40
    assert len(shot(live).questions) == 30
