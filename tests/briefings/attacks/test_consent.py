"""Ways to get somebody's words out without their yes: each is closed.
Run by pytest alone."""

import pytest
from django.test import Client

from exchange.briefings import queries
from exchange.briefings.briefs import actions
from exchange.briefings.errors import NotAgreed
from exchange.briefings.models import Quoted
from exchange.contributions import actions as spine
from exchange.contributions.errors import NotAllowed
from exchange.contributions.models import Draft, State
from exchange.conversation.actions import withdraw_reply
from exchange.ledger import worker
from tests import cast
from tests.briefings.briefs.making import body_with, brief_of, femi, fresh, question, quote_of, said
from tests.briefings.briefs.test_screen import NEW, fields

pytestmark = pytest.mark.django_db
PASSAGE = "the fathers came by themselves"


@pytest.fixture
def desk(beatriz, visitor) -> Client:
    return cast.signed_in(visitor, beatriz)


def _with_passage(desk, row, reply) -> dict[str, list[str]]:
    """The page with one passage of an answer ticked and standing in the text."""
    given = fields(desk.get(f"{NEW}?from={row.pk}"))
    key = f"{row.pk}:{reply.pk}"
    given |= {"title": ["Fathers"], "take": [key], f"passage-{key}": [PASSAGE], "do": ["again"]}
    given = fields(desk.post(NEW, given))
    assert PASSAGE in given["body"][0]
    return given


def test_a_passage_of_an_answer_taken_back_meanwhile_does_not_come_in(desk, amina):
    row = question(amina)
    reply = said(row, femi())
    given = _with_passage(desk, row, reply)

    withdraw_reply(reply=reply, by=reply.author)
    sent = desk.post(NEW, {**given, "message": [f"Somebody said: {PASSAGE}."], "do": ["keep"]})

    assert sent.status_code == 302
    brief = queries.every_brief().get()
    assert PASSAGE not in brief.body + brief.message + brief.summary


def test_a_source_taken_off_the_page_takes_its_passages_along(desk, amina):
    row, other = question(amina), question(amina, "Who keeps the keys of the hall?")
    reply = said(row, femi())
    given = _with_passage(desk, row, reply)

    desk.post(NEW, {**given, "source": [str(other.pk)], "do": ["keep"]})

    assert PASSAGE not in queries.every_brief().get().body


def test_a_quote_is_not_forgotten_while_its_words_stand_there(desk, amina):
    row, other = question(amina), question(amina, "Who keeps the keys of the hall?")
    reply = said(row, femi())
    given = _with_passage(desk, row, reply)
    desk.post(NEW, {**given, "do": ["keep"]})
    brief = queries.every_brief().get()

    place = f"/desk/briefs/{brief.pk}/words/"
    given = fields(desk.get(place)) | {"source": [str(other.pk)], "take": [], "do": ["keep"]}
    given["body"] = [brief.body]
    desk.post(place, given)

    brief = fresh(brief)
    if PASSAGE in brief.body:
        with pytest.raises(NotAgreed):
            actions.publish(brief=brief, by=brief.author)


def test_the_draft_of_a_page_loses_what_was_taken_back(desk, amina):
    row = question(amina)
    reply = said(row, femi())
    _with_passage(desk, row, reply)
    kept = Draft.objects.get(kind="brief")
    assert PASSAGE in str(kept.answers)

    withdraw_reply(reply=reply, by=reply.author)
    assert PASSAGE not in desk.get(f"{NEW}?draft={kept.key}").content.decode()
    worker.run_until_idle()

    assert PASSAGE not in str(Draft.objects.get(pk=kept.pk).answers)


def test_what_was_only_prepared_is_not_let_back_past_its_gates(amina, beatriz, desta):
    brief = brief_of(beatriz, said(question(amina), femi()))
    spine.withdraw(contribution=brief, by=desta)
    with pytest.raises(NotAllowed):
        spine.let_back(contribution=brief, by=desta)
    assert fresh(brief).state == State.WITHDRAWN


def test_no_host_lets_out_a_brief_in_which_somebody_has_not_agreed(amina, beatriz, desta):
    brief = brief_of(beatriz, said(question(amina), femi()))
    rows = queries.every_brief().filter(pk=brief.pk)
    rows.update(state=State.WAITING)
    with pytest.raises(NotAllowed):
        spine.publish(contribution=fresh(brief), by=desta, version=brief.version)
    assert fresh(brief).state == State.WAITING

    quote = quote_of(brief)
    Quoted.objects.filter(pk=quote.pk).update(answer=Quoted.Answer.NAMED)
    spine.publish(contribution=fresh(brief), by=desta, version=brief.version)
    assert fresh(brief).state == State.PUBLISHED


def test_the_queue_says_why_it_does_not_go_out(amina, desta, beatriz, visitor):
    brief = brief_of(beatriz, said(question(amina), femi()))
    queries.every_brief().filter(pk=brief.pk).update(state=State.WAITING)
    desk = cast.signed_in(visitor, desta)
    told = {"what": "publish", "version": brief.version}
    answer = desk.post(f"/desk/contributions/{brief.pk}/decision/", told, follow=True)
    assert "has not agreed to that" in answer.content.decode()
    assert fresh(brief).state == State.WAITING


def test_no_other_way_of_changing_it_brings_words_in(amina, beatriz):
    reply = said(question(amina), femi())
    brief = brief_of(beatriz, reply, body="Fathers come when they are asked.", quotes=[])
    out = actions.publish(brief=brief, by=beatriz)
    content = spine.content_of(out, title=out.title, body=body_with((reply.body, "Femi")))
    with pytest.raises(NotAllowed):
        spine.revise(contribution=out, content=content, by=beatriz, version=out.version)
    assert "grandmothers" not in fresh(brief).body

    mild = spine.content_of(out, title=out.title, body="Fathers come when they are asked twice.")
    assert spine.revise(contribution=out, content=mild, by=beatriz, version=out.version)


def test_what_a_member_wrote_in_a_source_is_theirs_as_an_answer_is(amina, beatriz):
    title = "How do fathers who work far away come to the meetings at night?"
    row = question(amina, title)
    reply = said(row, femi())
    brief = brief_of(beatriz, reply, body=f"Somebody asked:\n\n{title}", quotes=[])
    with pytest.raises(NotAgreed):
        actions.publish(brief=brief, by=beatriz)


def test_words_of_an_answer_that_is_out_of_view_hold_it_back_too(amina, beatriz):
    reply = said(question(amina), femi())
    brief = brief_of(beatriz, reply, body=body_with((reply.body, "A practitioner")), quotes=[])
    withdraw_reply(reply=reply, by=reply.author)
    with pytest.raises(NotAgreed):
        actions.publish(brief=brief, by=beatriz)
