"""What is taken back leaves newsletters: those that wait, those on their way, those that went.
Run by pytest alone."""

from datetime import timedelta

import pytest

from exchange.alerts.wishing import actions as wishing
from exchange.briefings.models import Subscriber
from exchange.briefings.sending import actions, chain
from exchange.briefings.sending.looking import why_not
from exchange.briefings.subscribing import actions as subscribing
from exchange.contributions.actions import withdraw
from exchange.contributions.models import Contribution
from exchange.core import freshness
from exchange.core.time import now
from exchange.ledger import worker
from exchange.ledger.models import Event
from exchange.ledger.registry import Later
from exchange.mail.actions import send
from exchange.mail.models import OutgoingMail
from exchange.mail.queries import words_held
from tests.briefings.sending.conftest import (
    again,
    edition,
    newsletters,
    subscriber,
    tells_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(issue, beatriz, question):
    """An edition that tells of the question; its letters to two people are queued, and wait."""
    row = edition(issue, beatriz)
    tells_of(row, question)
    subscriber("one"), subscriber("two")
    actions.start(edition=row)
    event = Event.objects.get(kind=chain.KIND)
    chain.keep(chain.build(event), event)
    assert "zebrafinch" in words_held(containing="zebrafinch")
    return again(row)


def states(to):
    return [mail.state for mail in newsletters(f"{to}@example.net")]


def test_letters_that_have_not_gone_are_written_anew_without_it(waiting, question, beatriz):
    withdraw(contribution=question, by=beatriz)
    worker.run_until_idle()

    assert states("one") == states("two") == ["dropped", "sent"]
    assert words_held(containing="zebrafinch") == ""
    assert "What we learned this month." in newsletters("one@example.net")[1].text


def test_the_last_look_finds_what_nobody_told_it(waiting, question):
    """The listener was slow: the row says so, and no event was handled yet."""
    Contribution.objects.filter(pk=question.pk).update(state="withdrawn")
    freshness.bump()

    worker.run_until_idle()

    assert states("one") == ["suppressed", "sent"]
    assert {mail.last_error for mail in newsletters()} == {"", "written-anew"}
    assert not any("zebrafinch" in mail.text for mail in newsletters() if mail.state == "sent")


def test_what_went_keeps_no_word_here_and_its_readers_are_asked_to_delete_it(
    waiting, question, beatriz
):
    worker.run_until_idle()
    assert states("one") == ["sent"]

    withdraw(contribution=question, by=beatriz, recall=True)
    worker.run_until_idle()

    assert states("one") == ["sent"]
    assert words_held(containing="zebrafinch") == ""
    assert OutgoingMail.objects.filter(purpose="recall", to_address="one@example.net").count() == 1


def test_an_edition_that_is_withdrawn_leaves_nobody_any_more(waiting, beatriz):
    withdraw(contribution=waiting, by=beatriz)
    late = subscriber("late")
    worker.run_until_idle()

    assert states("one") == states("two") == ["dropped"]
    assert newsletters(late.address) == []
    assert words_held(containing="What we learned") == ""


def test_a_batch_stops_when_something_in_it_is_taken_back_while_it_is_written(
    issue, beatriz, question
):
    row = edition(issue, beatriz)
    tells_of(row, question)
    subscriber("one")
    actions.start(edition=row)
    event = Event.objects.get(kind=chain.KIND)
    batch = chain.build(event)
    Contribution.objects.filter(pk=question.pk).update(state="withdrawn")

    with pytest.raises(Later):
        chain.keep(batch, event)

    worker.run_until_idle()
    assert states("one") == ["sent"]
    assert words_held(containing="zebrafinch") == ""


def test_a_test_mail_forgets_it_as_well(issue, beatriz, question):
    row = edition(issue, beatriz, phase="draft")
    tells_of(row, question)
    actions.test_send(edition=row, to=beatriz)
    worker.run_until_idle()
    assert "zebrafinch" in words_held(containing="zebrafinch")

    withdraw(contribution=question, by=beatriz)
    worker.run_until_idle()
    assert "zebrafinch" not in words_held(containing="zebrafinch")


def test_a_letter_follows_its_reader_to_a_new_address_and_reaches_one_person_once(waiting, amina):
    """A guest joins, and a member moves, between the queue and the line."""
    guest = Subscriber.objects.get(address="one@example.net")
    type(amina).objects.filter(pk=amina.pk).update(email="one@example.net")
    amina.refresh_from_db()
    subscribing.link(member=amina)
    type(amina).objects.filter(pk=amina.pk).update(email="moved@example.net")

    worker.run_until_idle()

    guest.refresh_from_db()
    assert guest.member == amina
    assert states("one") == ["suppressed"]
    assert states("moved") == ["sent"]


def test_who_died_while_writing_anew_leaves_one_mail(waiting, question):
    Contribution.objects.filter(pk=question.pk).update(state="withdrawn")
    freshness.bump()
    (mail,) = newsletters("one@example.net")
    # It was written anew, and the worker died before the old one was marked.
    assert why_not(mail) == "written-anew"
    assert why_not(mail) == "written-anew"
    send(mail_id=mail.pk)
    worker.run_until_idle()

    assert states("one") == ["suppressed", "sent"]


def test_members_who_stopped_or_paused_all_mail_get_none(issue, beatriz, amina, chen):
    row = edition(issue, beatriz)
    for member in (amina, chen):
        subscribing.take(member=member, language="en")
    wishing.stop_all(member=amina)
    wishing.pause(member=chen, until=now() + timedelta(days=3))
    actions.start(edition=row)
    worker.run_until_idle()

    why = {mail.to_address: mail.last_error for mail in newsletters()}
    assert why == {amina.email: "stopped", chen.email: "newsletter-paused"}
