"""A webinar that is taken away leaves by every door that anybody registered. Run by pytest."""

from datetime import timedelta

import pytest
from django.test import Client

from exchange.contributions import sealing
from exchange.contributions.actions import withdraw
from exchange.contributions.content import Content
from exchange.core import doors
from exchange.core.time import now
from exchange.ledger import worker
from exchange.webinars.models import Series
from exchange.webinars.planning import actions, team
from tests import cast
from tests.safeguarding.test_every_door import COMPANION, MARK, WORDS, World
from tests.webinars.conftest import seated

# Those that must let it out while it stands; others need more than an announcement.
SURE = {
    "home",
    "page of its author",
    "page of its country",
    "page of its topic",
    "webinars: letters to presenters, to the team and to its hosts",
    "webinars: the list",
    "webinars: the page of one",
    "webinars: the page where people register",
    "webinars: the series it stands in",
}


@pytest.fixture
def here(beatriz, amina, django_capture_on_commit_callbacks):
    """Announced in a series, with a presenter, a place taken, and somebody who looks."""
    series = Series.objects.create(slug="monthly", title="Monthly")
    columns = {"starts_at": now() + timedelta(days=5), "hub": "east-africa", "series": series}
    content = Content(
        title=f"{MARK} {COMPANION}",
        body=WORDS,
        topics=("child-participation",),
        countries=("KE",),
        columns={**columns, "zone": "Africa/Nairobi"},
    )
    with django_capture_on_commit_callbacks(execute=True):
        row = actions.plan(content=content, by=beatriz)
        actions.announce(webinar=row, by=beatriz)
        speaks = team.ask_presenter(webinar=row, name="Okello", email="o@example.org", by=beatriz)
        team.answer_presenter(presenter=speaks, agrees=True)
        team.ask_presenter(webinar=row, name="Amina", member=amina, by=beatriz)
        seated(row, amina)
    worker.run_until_idle()
    marked = doors.Marked(
        kind="webinar",
        pk=row.pk,
        word=MARK,
        companion=COMPANION,
        address=row.get_absolute_url(),
        author_id=beatriz.pk,
        topic="child-participation",
        country="KE",
    )
    people = [Client(), cast.signed_in(Client(), cast.person("Femi", welcomed_at=now()))]
    return World(marked, row, beatriz, amina, None, people)


@pytest.mark.parametrize("act", ["withdraw", "seal"])
def test_it_is_gone_from_every_door(here, act, django_capture_on_commit_callbacks):
    assert here.open_doors() >= SURE

    with django_capture_on_commit_callbacks(execute=True):
        if act == "withdraw":
            withdraw(contribution=here.row, by=here.host, note="Sorry.", recall=True)
        else:
            sealing.seal(contribution=here.row)
    worker.run_until_idle()

    assert here.open_doors() == set()
