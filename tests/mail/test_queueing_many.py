"""Very many mails at once: one delivery a hundred, the same key once, everything else first.
Run by pytest alone."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from exchange.ledger import worker
from exchange.ledger.actions import NotInTransaction
from exchange.ledger.models import Delivery, Event
from exchange.mail.actions import About, Queued, queue_mail, queue_many
from exchange.mail.models import OutgoingMail
from exchange.mail.rules import MailRefused

pytestmark = pytest.mark.django_db


def letter(number, **different):
    usual = {
        "to": f"reader{number}@example.org",
        "subject": f"Letter {number}",
        "text": "What is new.\n",
        "purpose": "newsletter",
        "key": f"digest:{number}",
    }
    return Queued(**{**usual, **different})


def states():
    return set(OutgoingMail.objects.values_list("state", flat=True))


def test_a_hundred_mails_share_one_delivery(sink):
    with transaction.atomic():
        mails = queue_many([letter(number) for number in range(250)])

    assert [mail.key for mail in mails] == [f"digest:{number}" for number in range(250)]
    assert Event.objects.filter(kind="mail.batch_queued").count() == 3
    assert set(Delivery.objects.values_list("consumer", "rank")) == {
        ("mail.send_batch", Delivery.Rank.BULK)
    }

    worker.run_until_idle()

    assert states() == {"sent"}
    assert set(sink.copies().values()) == {1}
    assert len(sink.letters) == 250


def test_the_same_key_is_one_mail_in_one_call_in_two_and_beside_a_single_one():
    single = queue_mail(
        to="amina@example.org", subject="First", text="x", purpose="newsletter", key="digest:7"
    )
    with transaction.atomic():
        first = queue_many([letter(7), letter(8), letter(8)])
        again = queue_many([letter(8), letter(9)])

    assert [mail.pk for mail in first] == [single.pk, first[1].pk, first[1].pk]
    assert again[0].pk == first[1].pk
    assert OutgoingMail.objects.count() == 3
    assert OutgoingMail.objects.get(key="digest:7").subject == "First"


def test_whose_and_about_what_it_is_stays_with_each_mail():
    with transaction.atomic():
        (mail,) = queue_many([letter(1, about=About(person=12, item="digest:3"))])

    assert (mail.person, mail.item, mail.channel) == (12, "digest:3", "mail")


def test_one_bad_letter_and_none_is_taken():
    with pytest.raises(MailRefused), transaction.atomic():
        queue_many([letter(1), letter(2, to="nobody")])

    assert not OutgoingMail.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_it_wants_the_callers_transaction():
    with pytest.raises(NotInTransaction):
        queue_many([letter(1)])


def test_a_thousand_cost_a_few_queries():
    with (
        CaptureQueriesContext(
            connection,
        ) as queries,
        transaction.atomic(),
    ):
        queue_many([letter(number) for number in range(1000)])

    assert len(queries) <= 10 * 8


def test_one_refused_address_does_not_hold_up_its_batch(sink):
    sink.answers["RCPT"] = "450 later"
    with transaction.atomic():
        queue_many([letter(number) for number in range(3)])

    worker.run_until_idle()

    assert states() == {"queued"}
    assert Delivery.objects.get(consumer="mail.send_batch").state == "done"
    assert set(
        Delivery.objects.filter(consumer="mail.send_bulk").values_list("state", "last_error")
    ) == {("queued", "smtp-450")}
