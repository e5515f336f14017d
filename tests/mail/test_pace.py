"""How fast mail leaves: in all and to one domain, over all workers, codes first.
Run by pytest alone."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from exchange.ledger import actions, worker
from exchange.ledger.models import Delivery
from exchange.mail import pace
from exchange.mail.actions import Queued, batches, queue_many
from exchange.mail.models import OutgoingMail

pytestmark = pytest.mark.django_db


def batch(count, domain="example.org", start=0):
    with transaction.atomic():
        return queue_many(
            [
                Queued(f"r{n}@{domain}", "x", "x", "newsletter", key=f"digest:{domain}:{n}")
                for n in range(start, start + count)
            ]
        )


def gone():
    return OutgoingMail.objects.filter(state="sent").count()


@pytest.mark.parametrize(
    ("setting", "rates"),
    [
        ("", {}),
        ("20", {"*": 20}),
        ("20 gmail.com=2", {"*": 20, "gmail.com": 2}),
        ("Gmail.com=0.5  yahoo.fr=1", {"gmail.com": 0.5, "yahoo.fr": 1}),
        ("fast 0 gmail.com= =3", {}),
    ],
)
def test_the_setting(setting, rates):
    assert pace.rates(setting) == rates


def test_without_a_setting_nobody_is_asked(settings):
    settings.MAIL_RATE = ""
    with CaptureQueriesContext(connection) as queries:
        assert pace.take_turn("a@example.org", ahead=0) == pace.FREE
    assert len(queries) == 0


def test_so_many_a_second_in_all(sink, settings):
    settings.MAIL_RATE = "20"
    batch(8)

    worker.run_until_idle()

    assert gone() == 8
    assert sink.taken_at[-1] - sink.taken_at[0] >= 7 / 20 * 0.9


def test_a_slow_domain_holds_up_nobody_else(sink, settings):
    settings.MAIL_RATE = "gmail.com=1"
    with transaction.atomic():
        queue_many(
            [
                Queued(f"r{n}@{domain}", "x", "x", "newsletter", key=f"digest:{domain}:{n}")
                for n in range(2)
                for domain in ("gmail.com", "example.org")
            ]
        )

    worker.run_until_idle()

    assert gone() == 4
    order = [line.rpartition("@")[2].rstrip(">") for line in sink.recipients]
    assert order == ["gmail.com", "example.org", "example.org", "gmail.com"]


def test_a_long_wait_gives_the_batch_back_and_counts_as_no_attempt(sink, settings):
    settings.MAIL_RATE = "gmail.com=0.05"
    batch(3, "gmail.com")

    worker.run_until_idle()

    assert gone() == 1
    delivery = Delivery.objects.get(consumer="mail.send_batch")
    assert (delivery.state, delivery.attempts, delivery.last_error) == ("queued", 0, "pace")


def test_a_code_does_not_wait_for_a_newsletter(write, sink, settings, monkeypatch):
    monkeypatch.setattr("exchange.mail.actions.batches.LOOK_UP_EVERY", 0.0)
    batch(30)
    sink.pause = 0.002
    usual, sent = batches.mark_sent, []

    def mark(mail):
        usual(mail)
        sent.append(mail.pk)
        if len(sent) == 5:
            write(purpose="code", key="code:1")

    monkeypatch.setattr(batches, "mark_sent", mark)

    worker.run_until_idle()

    assert gone() == 31
    keys = list(OutgoingMail.objects.order_by("sent_at").values_list("key", flat=True))
    assert keys.index("code:1") == 5


def test_a_code_takes_the_next_free_moment_before_bulk(write, sink, settings):
    settings.MAIL_RATE = "5"
    pace.take_turn("a@example.org", ahead=0)

    first = pace.take_turn("a@example.org", ahead=10)
    bulk = pace.take_turn("b@example.org", ahead=0)

    assert first.taken
    assert 0 < first.seconds <= 0.2
    assert not bulk.taken
    assert bulk.seconds > first.seconds


def test_two_rates_hold_together(settings):
    settings.MAIL_RATE = "10 gmail.com=1"

    turns = [pace.take_turn("a@gmail.com", ahead=0), pace.take_turn("b@gmail.com", ahead=0)]

    assert [turn.taken for turn in turns] == [True, False]
    assert turns[1].because == "gmail.com"


def test_a_slow_batch_is_given_back_now_and_then(sink, settings, monkeypatch):
    monkeypatch.setattr(batches, "AT_A_STRETCH", 0.2)
    settings.MAIL_RATE = "10"
    batch(6)
    given_back = []
    put_off = actions.put_off

    def counted(delivery, **why):
        given_back.append(why["code"])
        put_off(delivery, **why)

    monkeypatch.setattr(actions, "put_off", counted)

    worker.run_until_idle()

    assert gone() == 6
    assert given_back.count("goes-on") >= 1
