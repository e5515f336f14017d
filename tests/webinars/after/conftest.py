"""An hour that is over, with what was asked and typed in it. Read by pytest alone."""

from datetime import timedelta

import pytest

from exchange.core.time import now
from exchange.members.models import Member
from exchange.webinars.models import Asked, Ballot, Lane, Line, Phase, Poll, Presenter, Webinar
from tests import cast
from tests.webinars.conftest import planned, seated


@pytest.fixture
def femi(db: None) -> Member:
    """A member who speaks."""
    return cast.person("Femi", country="NG", role="Elder", welcomed_at=now())


@pytest.fixture
def over(beatriz, amina) -> Webinar:
    """Amina was there; a lane, an answered question, one without an answer, a poll."""
    begun = now().replace(microsecond=0) - timedelta(days=1)
    row = planned(
        beatriz,
        starts_at=begun,
        phase=Phase.OVER,
        went_live_at=begun,
        ended_at=begun + timedelta(minutes=58),
    )
    seat = seated(row, amina, came_at=begun)
    lane = Lane.objects.create(webinar=row, language="en")
    for number, words in enumerate(("Fathers come at dusk.", "Tea helps."), start=1):
        Line.objects.create(lane=lane, number=number, text=words)
    Line.objects.create(lane=lane, number=3, text="taken back", state=Line.State.HIDDEN)
    asked = {"webinar": row, "seat": seat, "member": amina, "shown_as": "Amina"}
    Asked.objects.create(
        **asked, text="When do they come?", state="answered", answer="At dusk.", votes=3
    )
    Asked.objects.create(**asked, text="And who invites them first?", state="shown", votes=2)
    Asked.objects.create(**asked, text="Never shown", state="declined")
    poll = Poll.objects.create(
        webinar=row, text="Where?", choices=["Home", "Field"], state="closed"
    )
    Ballot.objects.create(poll=poll, seat=seat, choice=1, people=12)
    return row


@pytest.fixture
def open_one(over) -> Asked:
    """The question that had no answer."""
    return Asked.objects.get(webinar=over, state="shown")


@pytest.fixture
def presenter(over, femi) -> Presenter:
    return Presenter.objects.create(webinar=over, member=femi, name="Femi", answer="agreed")
