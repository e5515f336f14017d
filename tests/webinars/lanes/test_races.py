"""Two at the same pen, at the same moment, on a real database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from exchange.webinars import queries as room
from exchange.webinars.errors import AlreadyDone
from exchange.webinars.lanes import actions, queries, sliding
from exchange.webinars.models import Lane, Line, LiveEvent, Slide, TeamMember

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """What each gave, or what it raised; all begin together."""
    begin = Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> Any:
        begin.wait()
        try:
            return deed()
        except AlreadyDone as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


@pytest.fixture
def two(live, amina, helper):
    for member in (amina, helper):
        TeamMember.objects.create(webinar=live, member=member, task=TeamMember.Task.WRITER)
    return [(member, room.roles_of(live, member)) for member in (amina, helper)]


def test_one_of_two_gets_the_pen(live, two):
    lane = Lane.objects.create(webinar=live, language="en")

    given = at_once(*(lambda m=m, r=r: actions.take_pen(lane=lane, by=m, roles=r) for m, r in two))

    assert sorted(type(one).__name__ for one in given) == ["AlreadyDone", "NoneType"]
    assert Lane.objects.get().pen in [member for member, _roles in two]


def test_a_form_sent_many_times_at_once_is_one_line_and_numbers_follow(live, two):
    (amina, roles), _other = two
    lane = Lane.objects.create(webinar=live, language="en")

    def write(key: str) -> Line:
        return actions.write(lane=lane, by=amina, roles=roles, text=f"Line {key}.", once_key=key)

    at_once(*(lambda key=key: write(key) for key in ["a", "a", "a", "b", "c"]))

    assert sorted(line.text for line in queries.lines(live, "en")) == [
        "Line a.",
        "Line b.",
        "Line c.",
    ]
    assert sorted(Line.objects.values_list("number", flat=True)) == [1, 2, 3]
    assert sorted(LiveEvent.objects.values_list("seq", flat=True)) == [1, 2, 3]


def test_a_lane_opened_by_two_is_one_and_a_slide_shown_by_two_is_told_once(live, beatriz):
    host = room.roles_of(live, beatriz)
    given = {"webinar": live, "language": "sw", "is_interpreted": False}
    words = {"title": "One", "text": "", "language": "en"}
    slide = sliding.write(webinar=live, by=beatriz, roles=host, **words)

    at_once(*[lambda: actions.open_lane(**given, by=beatriz, roles=host)] * 3)
    at_once(*[lambda: sliding.show(slide=slide, by=beatriz, roles=host)] * 3)

    assert Lane.objects.count() == 1
    assert list(LiveEvent.objects.order_by("seq").values_list("kind", flat=True)) == [
        "lane",
        "slide",
    ]
    at_once(*[lambda: sliding.write(webinar=live, by=beatriz, roles=host, **words)] * 3)
    assert sorted(Slide.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
