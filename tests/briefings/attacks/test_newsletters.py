"""Newsletters that hold what was taken out of something they tell of.
Run by pytest alone."""

import pytest

from exchange.briefings.sending import actions, chain
from exchange.briefings.sending.looking import why_not, write_anew
from exchange.contributions.actions import leave_out
from exchange.contributions.sealing import seal, withdraw_sealed
from exchange.ledger import worker
from exchange.ledger.models import Event
from exchange.mail.queries import words_held
from tests import cast
from tests.briefings.sending.conftest import again, edition, issue, question, subscriber, tells_of
from tests.briefings.sending.conftest import newsletters as letters

pytestmark = pytest.mark.django_db
__all__ = ["issue", "question"]


@pytest.fixture
def waiting(issue, beatriz, question):
    """Letters to two people, queued, with the first words of the question."""
    row = edition(issue, beatriz)
    tells_of(row, question)
    subscriber("one"), subscriber("two")
    actions.start(edition=row)
    event = Event.objects.get(kind=chain.KIND)
    chain.keep(chain.build(event), event)
    assert all("We take turns." in letter.text for letter in letters())
    return again(row)


def without(text):
    return text.replace("We take turns.", "We meet.")


def test_words_that_leave_a_text_leave_the_letters_that_begin_to_tell_it(waiting, question):
    leave_out(contribution=question, cleaned=without)
    assert why_not(letters("one@example.net")[0]) == "written-anew"

    worker.run_until_idle()

    assert letters("two@example.net")[-1].state == "sent"
    assert words_held(containing="We take turns.") == ""


def test_they_leave_the_letters_that_went_as_well(waiting, question):
    worker.run_until_idle()
    assert "We take turns." in words_held(containing="We take turns.")

    leave_out(contribution=question, cleaned=without)
    worker.run_until_idle()

    assert words_held(containing="We take turns.") == ""
    assert [letter.state for letter in letters()] == ["sent", "sent"]


def test_a_letter_that_is_younger_than_what_is_remembered_goes(waiting, question):
    """On another machine nothing says that something changed: only the rows do."""
    assert why_not(letters()[0]) == ""
    type(question).objects.filter(pk=question.pk).update(summary="We meet.")
    write_anew(letters()[0])
    assert why_not(letters()[-1]) == ""


@pytest.mark.parametrize("act", [seal, withdraw_sealed])
def test_the_line_about_something_goes_with_it(waiting, question, act, desta, visitor):
    waiting.items.update(intro="A boy of this village tells.")
    act(contribution=question)
    worker.run_until_idle()

    assert waiting.items.get().intro == ""
    assert words_held(containing="A boy of this village") == ""
    page = cast.signed_in(visitor, desta).get(f"/desk/newsletters/editions/{waiting.pk}/")
    assert page.status_code == 200
    assert "A boy" not in page.content.decode()
