"""What the tests of webinars begin with: one that is open, one that is live, seats, a team.
Read by pytest alone."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from exchange.contributions.actions import submit
from exchange.contributions.content import Content
from exchange.core.time import now
from exchange.members.models import Member
from exchange.webinars.dialogue import pace
from exchange.webinars.models import Phase, Seat, TeamMember, Webinar
from tests import browser as browsers
from tests import cast


def planned(author: Member, *, title: str = "Talking with fathers", **columns: Any) -> Webinar:
    """A webinar that everybody may see, by a host; tomorrow at the same hour unless said."""
    given = {
        "starts_at": now().replace(microsecond=0) + timedelta(days=1),
        "zone": "Africa/Nairobi",
        "hub": "east-africa",
        "phase": Phase.OPEN,
        **columns,
    }
    content = Content(title=title, body="What helped, and what did not.", columns=given)
    row = submit(kind="webinar", content=content, author=author)
    return Webinar.objects.get(pk=row.pk)


def seated(webinar: Webinar, member: Member | None = None, **fields: Any) -> Seat:
    """A registered place, of a member or (with `email`) of a guest."""
    name = member.display_name if member else fields.pop("name", "Guest")
    given = {"state": Seat.State.TAKEN, "name": name, "confirmed_at": now(), **fields}
    return Seat.objects.create(webinar=webinar, member=member, **given)


@pytest.fixture(autouse=True)
def _fresh_places() -> Iterator[None]:
    """What was changed at a place of an earlier test, which had the same number."""
    yield
    pace.PLACE.forget()


@pytest.fixture
def webinar(beatriz: Member) -> Webinar:
    return planned(beatriz)


@pytest.fixture
def live(beatriz: Member) -> Webinar:
    """One that has begun five minutes ago."""
    begun = now().replace(microsecond=0) - timedelta(minutes=5)
    return planned(beatriz, starts_at=begun, phase=Phase.LIVE, went_live_at=begun, chat_open=True)


@pytest.fixture
def seat(live: Webinar, amina: Member) -> Seat:
    """Amina's place in the live one."""
    return seated(live, amina)


@pytest.fixture
def guest(live: Webinar) -> Seat:
    """The place of somebody without an account in the live one."""
    return seated(live, email="guest@example.org", language="sw")


@pytest.fixture
def helper(live: Webinar, db: None) -> Member:
    """A member who reads the questions first in the live one, and is no host."""
    member = cast.person("Halima", country="TZ", languages="sw en", welcomed_at=now())
    TeamMember.objects.create(webinar=live, member=member, task=TeamMember.Task.HELPER)
    return member


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for a file of tests. Its driver runs a loop of its own in this thread; the tests'
    own queries are still safe."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as driver:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        opened = driver.chromium.launch(executable_path=browsers.program(), args=["--no-sandbox"])
        yield opened
        opened.close()
