"""A sign goes beside each mail about something new, and does not count as one.
Run by pytest alone."""

import pytest

from exchange.alerts.models import Number
from exchange.alerts.telling import queries
from exchange.contributions.actions import submit
from exchange.contributions.content import Content
from exchange.conversation.actions import answer, withdraw_reply
from exchange.core.time import now
from exchange.ledger import worker
from exchange.mail.models import OutgoingMail

pytestmark = pytest.mark.django_db


@pytest.fixture
def number(amina, settings):
    """Her confirmed number, with a gateway that is not asked yet."""
    settings.GATEWAYS = "sms=http://127.0.0.1:9/"
    return Number.objects.create(
        member=amina, gateway="sms", address="+254700000001", confirmed_at=now()
    )


def answered(amina, beatriz):
    row = submit(kind="question", content=Content(title="Who opens?"), author=amina)
    reply = answer(contribution=row, author=beatriz, body="The youngest.", language="en")
    worker.run_until_idle()
    return reply


def test_an_answer_brings_a_mail_and_a_sign_that_does_not_count(amina, beatriz, number):
    answered(amina, beatriz)
    assert (
        OutgoingMail.objects.filter(person=amina.pk, channel="mail", purpose="alert").count() == 1
    )
    sign = OutgoingMail.objects.get(channel="sms")
    assert "youngest" not in sign.text
    assert queries.mails_this_week(amina, now()) == 1


def test_a_sign_that_has_not_gone_stops_with_the_words_it_is_about(amina, beatriz, number):
    reply = answered(amina, beatriz)
    withdraw_reply(reply=reply, by=beatriz)
    worker.run_until_idle()
    assert OutgoingMail.objects.get(channel="sms").state == "dropped"


def test_who_has_no_other_way_gets_the_mail_alone(amina, beatriz):
    answered(amina, beatriz)
    assert not OutgoingMail.objects.exclude(channel="mail").exists()
