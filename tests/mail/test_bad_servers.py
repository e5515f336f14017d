"""Mail servers that are away for a day, hang, refuse us or hang up: nothing is lost or doubled.
Run by pytest alone."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction

from exchange.core.time import now
from exchange.ledger import worker
from exchange.ledger.models import Delivery
from exchange.mail import smtp
from exchange.mail.actions import Queued, queue_many
from exchange.mail.models import OutgoingMail

pytestmark = pytest.mark.django_db


def states():
    return sorted(OutgoingMail.objects.values_list("state", "last_error"))


def newsletters(count):
    with transaction.atomic():
        return queue_many(
            [
                Queued(f"r{n}@example.org", "x", "x", "newsletter", key=f"newsletter:{n}")
                for n in range(count)
            ]
        )


def test_a_day_without_a_server_loses_nothing_and_asks_less_and_less(write, sink, settings):
    url, settings.SMTP_URL = settings.SMTP_URL, "smtp://127.0.0.1:1"
    write(key="alert:1")
    newsletters(5)
    pauses = []
    start = now()
    with time_machine.travel(start, tick=False) as clock:
        while now() - start < timedelta(days=1):
            worker.run_until_idle()
            single = Delivery.objects.get(consumer="mail.send")
            pauses.append((single.run_after - now()).total_seconds())
            clock.move_to(max(d.run_after for d in Delivery.objects.all()))
        settings.SMTP_URL = url
        clock.shift(timedelta(hours=1, minutes=13))
        worker.run_until_idle()

    assert pauses[0] < 15
    assert pauses[-1] > 2800
    assert pauses == sorted(pauses) or max(pauses) <= 3600 * 1.2
    assert states() == [("sent", "")] * 6
    assert set(sink.copies().values()) == {1}
    assert len(pauses) < 45


@pytest.mark.parametrize("step", ["CONNECT", "EHLO", "MAIL", "RCPT", "DATA"])
def test_a_server_that_hangs_before_the_dot_is_tried_again(write, sink, monkeypatch, step):
    monkeypatch.setattr(smtp, "TIMEOUT", 0.3)
    write()
    sink.answers[step] = "hang"

    worker.run_until_idle()

    ((state, code),) = states()
    assert state == "queued"
    assert code in ("smtp-timeout", "smtp-hung-up", "smtp-greeting-failed")
    sink.answers.clear()
    with time_machine.travel(now() + timedelta(minutes=1)):
        worker.run_until_idle()
    assert states() == [("sent", "")]
    assert len(sink.letters) == 1


def test_a_server_that_hangs_after_the_dot_leaves_a_doubt(write, sink, monkeypatch):
    monkeypatch.setattr(smtp, "TIMEOUT_AFTER_DOT", 0.3)
    write()
    sink.answers["."] = "hang"

    worker.run_until_idle()

    assert states() == [("unsure", "smtp-no-answer")]


@pytest.mark.parametrize("answer", ["550 who are you", "530 sign in first", "451 later"])
def test_a_server_that_refuses_us_fails_nobodys_mail(write, sink, answer):
    write()
    newsletters(3)
    sink.answers["MAIL"] = answer

    worker.run_until_idle()

    assert {state for state, _code in states()} == {"queued"}
    assert Delivery.objects.count() == 2, "a batch is put off as a whole"
    sink.answers.clear()
    with time_machine.travel(now() + timedelta(minutes=1)):
        worker.run_until_idle()
    assert states() == [("sent", "")] * 4


def test_in_production_without_a_server_a_batch_waits_as_a_whole(settings):
    settings.PRODUCTION, settings.SMTP_URL = True, ""
    newsletters(5)

    worker.run_until_idle()

    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.last_error) == ("queued", "no-smtp-server-set")


def test_one_address_refused_in_the_middle_of_a_line_leaves_the_line_open(write, sink):
    sink.refused = {"r1@": "550 5.1.1 nobody", "r2@": "450 4.2.1 full"}
    newsletters(5)

    worker.run_until_idle()

    assert [state for state, _code in states()] == ["failed", "queued", "sent", "sent", "sent"]
    assert set(sink.copies().values()) == {1}
    dead = Delivery.objects.get(state="dead")
    assert dead.event.kind == "mail.bulk_queued"
    assert sink.greetings == 1


def test_a_server_that_closes_after_each_mail_takes_a_whole_batch(sink):
    sink.mails_a_line = 1
    newsletters(6)

    worker.run_until_idle()

    assert states() == [("sent", "")] * 6
    assert set(sink.copies().values()) == {1}


def test_a_mail_dropped_when_all_but_the_dot_is_there_does_not_arrive(write, sink, monkeypatch):
    mail = write()
    text_sent = smtp.compose

    def dropped_meanwhile(row):
        OutgoingMail.objects.filter(pk=mail.pk).update(state="dropped")
        return text_sent(row)

    monkeypatch.setattr(smtp, "compose", dropped_meanwhile)
    other = write(key="alert:2")

    worker.run_until_idle()

    assert sorted(state for state, _ in states()) == ["dropped", "sent"]
    assert list(sink.copies()) == [other.message_id]


def test_each_mail_comes_back_to_an_address_of_its_own(write, sink, settings):
    settings.MAIL_DOMAIN = "exchange.example"
    write()
    write()

    worker.run_until_idle()

    assert len(set(sink.senders)) == 2
    assert all("<bounce+" in one and "@exchange.example>" in one for one in sink.senders)
