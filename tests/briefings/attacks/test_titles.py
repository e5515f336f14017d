"""A title that is somebody's words: it goes with them, in the address too.
Run by pytest alone."""

import pytest

from exchange.briefings.quoting import actions as quoting
from exchange.briefings.quoting.sources import Passage
from exchange.contributions.models import State
from exchange.conversation.actions import withdraw_reply
from exchange.core.page_cache import shelf
from exchange.ledger import worker
from tests.briefings.briefs.making import brief_of, femi, fresh, question, quote_of, said
from tests.briefings.quoting.test_taking_back import holds, out_with

pytestmark = pytest.mark.django_db
SAID = "We asked the grandmothers first."


def test_a_title_is_not_kept_when_its_words_are_taken_back(amina, beatriz):
    reply = said(question(amina), femi(), SAID)
    brief = out_with(beatriz, reply, title=SAID)
    assert "grandmothers" in fresh(brief).slug

    withdraw_reply(reply=reply, by=reply.author)
    worker.run_until_idle()

    row = fresh(brief)
    assert not holds(brief, "grandmothers")
    assert "grandmothers" not in row.slug
    assert row.title
    assert row.state == State.DRAFT  # a host gives it another


def test_nobody_reads_how_it_begins_while_the_clean_up_is_on_its_way(amina, beatriz, visitor):
    reply = said(question(amina), femi(), SAID)
    brief = out_with(beatriz, reply, body=f"> {SAID}\n\nAnd more of it.")
    assert "grandmothers" in visitor.get("/briefs/").content.decode()

    withdraw_reply(reply=reply, by=reply.author)
    shelf.clear()

    assert "grandmothers" not in visitor.get("/briefs/").content.decode()
    assert visitor.get(brief.get_absolute_url()).status_code == 404


def test_a_title_that_is_a_question_is_not_kept_after_a_no(amina, beatriz):
    row = question(amina, "Who carries the water when mothers meet?")
    reply = said(row, femi())
    passages = [Passage(row.pk, row.title)]
    brief = brief_of(beatriz, reply, body=f"> {row.title}", title=row.title, quotes=passages)
    quoting.ask(brief=brief, by=beatriz)
    quoting.answer(quote=quote_of(brief), how="declined")
    assert "water" not in fresh(brief).title + fresh(brief).slug + fresh(brief).body
