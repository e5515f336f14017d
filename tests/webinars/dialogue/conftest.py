"""What the tests of the dialogue begin with: roles, a question that waits, one on the wall.
Read by pytest alone."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from exchange.members.models import Member
from exchange.webinars.dialogue import actions, pace
from exchange.webinars.models import Asked, LiveEvent, Seat, Webinar
from exchange.webinars.rules import Roles

HELPER = Roles(is_helper=True)
HOST = Roles(is_host=True)
LEAD = Roles(is_lead=True)
PRESENTER = Roles(is_presenter=True)
WORDS = "How do you begin with fathers who stay away?"


@pytest.fixture(autouse=True)
def _fresh_meters() -> Iterator[None]:
    meters = (pace.BROWSER, pace.VOTES, pace.CHOICES, pace.LINE)
    yield
    for meter in meters:
        meter.forget()


@pytest.fixture
def asks() -> Callable[..., Asked]:
    def ask(webinar: Webinar, seat: Seat, text: str = WORDS, **more: Any) -> Asked:
        return actions.ask(webinar=webinar, seat=seat, text=text, language="en", **more)

    return ask


@pytest.fixture
def asked(live: Webinar, seat: Seat, asks: Callable[..., Asked]) -> Asked:
    """Amina's question, which waits."""
    return asks(live, seat)


@pytest.fixture
def shown(asked: Asked, helper: Member) -> Asked:
    """The same on the wall."""
    return actions.show(asked=asked, by=helper, roles=HELPER)


def told(webinar: Webinar, kind: str = "", audience: str = "") -> list[dict[str, Any]]:
    """The payloads of live events, in order."""
    rows = LiveEvent.objects.filter(webinar=webinar).order_by("seq")
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(audience=audience) if audience else rows
    return [row.payload for row in rows]


def everything_told(webinar: Webinar) -> str:
    return str(told(webinar))
