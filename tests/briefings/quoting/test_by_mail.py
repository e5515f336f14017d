"""Answering by mail: one line, in any of six languages; and only by whoever was asked.
Run by pytest alone."""

import pytest

from exchange.briefings.models import Quoted
from exchange.briefings.quoting import actions
from exchange.ledger import worker
from exchange.mail.models import OutgoingMail
from exchange.mail.small_words import WORDS, said
from tests.briefings.briefs.making import brief_of, femi, fresh, question, quote_of
from tests.briefings.briefs.making import said as answered
from tests.bymail import Post, settle_in

pytestmark = pytest.mark.django_db
Answer = Quoted.Answer


@pytest.fixture
def brief(amina, beatriz, settings, tmp_path):
    settle_in(settings, tmp_path)
    row = brief_of(beatriz, answered(question(amina), femi()))
    actions.ask(brief=row, by=beatriz)
    worker.run_until_idle()
    return row


def test_every_language_teaches_words_that_are_told_apart():
    for code in ("named", "unnamed", "no"):
        for spoken in WORDS[code].values():
            assert {said(form) for form in spoken} == {code}


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("Yes with my name", Answer.NAMED),
        ("YES, WITHOUT MY NAME.\n\nFemi", Answer.UNNAMED),
        ("ndiyo bila jina langu", Answer.UNNAMED),
        ("نعم مع اسمي", Answer.NAMED),
        ("yes", Answer.UNNAMED),
        ("No", Answer.DECLINED),
    ],
)
def test_one_line_answers(brief, line, answer):
    letter = OutgoingMail.objects.get(purpose="quote")

    Post.of(femi()).answer(line, letter=letter)

    assert quote_of(brief).answer == answer
    receipt = OutgoingMail.objects.get(purpose="receipt")
    assert quote_of(brief).key in receipt.text


def test_anything_else_is_asked_back_and_changes_nothing(brief):
    letter = OutgoingMail.objects.get(purpose="quote")

    Post.of(femi()).answer("What would you like to do with it, and who reads that?", letter=letter)

    assert quote_of(brief).answer == Answer.ASKED
    assert "YES WITH MY NAME" in OutgoingMail.objects.get(purpose="receipt").text


def test_somebody_else_who_was_forwarded_the_letter_changes_nothing(brief, amina):
    letter = OutgoingMail.objects.get(purpose="quote")

    Post.of(amina).answer("No", letter=letter)

    assert quote_of(brief).answer == Answer.ASKED
    assert "grandmothers" in fresh(brief).body
