"""The registry of what waits in the rooms.
Run by pytest alone."""

from collections.abc import Iterator

import pytest

from exchange.core import waiting
from exchange.core.waiting import Wait


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    known = dict(waiting._looks)
    waiting._looks.clear()
    yield
    waiting._looks.clear()
    waiting._looks.update(known)


def test_what_waits_stands_in_the_order_of_the_rooms():
    waiting.register("late", lambda: Wait("two letters", "/b/", 2), order=90)
    waiting.register("early", lambda: Wait("one page", "/a/", 1), order=10)

    assert [wait.label for wait in waiting.standing()] == ["one page", "two letters"]


def test_a_room_with_nothing_says_nothing():
    waiting.register("silent", lambda: None)
    waiting.register("empty", lambda: Wait("none", "/", 0))

    assert waiting.standing() == []


def test_the_rooms_are_not_asked_for_every_page():
    asked = []
    waiting.register("counted", lambda: asked.append(1) or Wait("one", "/", 1))

    waiting.standing()
    waiting.standing()
    assert len(asked) == 1

    waiting.forget()
    waiting.standing()
    assert len(asked) == 2
