"""An hour is summed up from its summary; its questions are read, and never quoted.
Run by pytest alone."""

import pytest

from exchange.briefings import queries
from exchange.briefings.briefs import actions
from exchange.briefings.models import Quoted
from exchange.contributions.models import State
from exchange.core.time import now
from exchange.ledger import worker
from exchange.webinars.after import summing
from exchange.webinars.models import Asked, Phase, Summary
from tests import cast
from tests.briefings.briefs.test_screen import NEW, fields
from tests.webinars.conftest import planned, seated

pytestmark = pytest.mark.django_db
TEXT = "Fathers came when the grandmothers asked them, and stayed when there was work to do."
ASKED = "What do you do when the chief himself says no to it?"


@pytest.fixture
def hour(beatriz, amina):
    """Summed up, with a question on its wall."""
    webinar = planned(beatriz, phase=Phase.SUMMED, ended_at=now())
    Summary.objects.create(
        webinar=webinar, text=TEXT, takeaways="Ask twice.", state=Summary.State.OUT, out_at=now()
    )
    seat = seated(webinar, amina)
    Asked.objects.create(webinar=webinar, seat=seat, text=ASKED, state=Asked.State.SHOWN)
    return webinar


def test_the_summary_is_proposed_and_nobody_is_asked_about_it(hour, beatriz, visitor):
    desk = cast.signed_in(visitor, beatriz)
    page = desk.get(f"{NEW}?from={hour.pk}")
    assert ASKED in page.content.decode()
    given = fields(page)
    assert "grandmothers asked them" in given["body"][0]
    assert ASKED not in given["body"][0]

    desk.post(NEW, {**given, "do": "ask"})

    brief = queries.every_brief().get()
    assert brief.title == hour.title
    assert {quote.answer for quote in brief.quotes.all()} == {Quoted.Answer.NAMED}
    assert actions.publish(brief=brief, by=beatriz).state == State.PUBLISHED


def test_what_leaves_the_summary_leaves_the_brief(hour, beatriz, visitor):
    desk = cast.signed_in(visitor, beatriz)
    desk.post(NEW, {**fields(desk.get(f"{NEW}?from={hour.pk}")), "do": "keep"})
    brief = actions.publish(brief=queries.every_brief().get(), by=beatriz)
    worker.run_until_idle()

    row = Summary.objects.get()
    summing.write(
        webinar=hour, text="It was a good hour.", takeaways="", by=beatriz, version=row.version
    )
    worker.run_until_idle()

    brief.refresh_from_db()
    assert "grandmothers" not in brief.body
    assert not brief.revisions.filter(body__contains="grandmothers").exists()
