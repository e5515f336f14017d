"""Mails of a batch are read some at a time; what happens in between still counts.
Run by pytest alone."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction

from exchange.core.time import now
from exchange.ledger import worker
from exchange.ledger.models import Delivery
from exchange.mail import actions, looking, smtp
from exchange.mail.actions import Queued, batches, queue_many
from exchange.mail.bounces.queries import digest
from exchange.mail.models import OutgoingMail, Standing

pytestmark = pytest.mark.django_db


def queue(count):
    with transaction.atomic():
        return queue_many(
            [
                Queued(f"r{n}@example.org", "x", f"Letter {n}", "digest", key=f"week:{n}")
                for n in range(count)
            ]
        )


def dies(mail):
    Standing.objects.create(
        digest=digest(mail.to_address), state=Standing.State.DEAD, changed_at=now()
    )


def ends():
    rows = OutgoingMail.objects.order_by("pk").values_list("state", "last_error")
    return [error or state for state, error in rows]


@pytest.fixture
def after_the_first(monkeypatch):
    """Let something happen when the server has the first mail whole."""
    doings = []
    finish = smtp.Line._finish

    def and_then(line, open_line):
        finish(line, open_line)
        while doings:
            doings.pop()()

    monkeypatch.setattr(smtp.Line, "_finish", and_then)
    return doings


def test_a_mail_taken_back_after_it_was_read_with_others_does_not_go(sink, after_the_first):
    queue(3)
    after_the_first.append(lambda: actions.drop_queued(key_prefix="week:1"))

    worker.run_until_idle()

    assert ends() == ["sent", "dropped", "sent"]
    assert len(sink.letters) == 2


def test_addresses_that_do_not_work_are_left_out(sink):
    mails = queue(3)
    dies(mails[1])

    worker.run_until_idle()

    assert ends() == ["sent", "address-dead", "sent"]


def test_after_a_moment_all_of_it_is_read_anew(sink, after_the_first, monkeypatch):
    monkeypatch.setattr(batches, "GOOD_SECONDS", -1.0)
    mails = queue(3)
    after_the_first.append(lambda: dies(mails[1]))

    worker.run_until_idle()

    assert ends() == ["sent", "address-dead", "sent"]


def test_a_batch_larger_than_a_handful_goes_once_and_in_order(sink):
    mails = queue(batches.A_HANDFUL * 2 + 3)

    worker.run_until_idle()

    assert sink.copies() == {mail.message_id: 1 for mail in mails}
    assert sink.recipients == [f"rcpt TO:<{mail.to_address}>" for mail in mails]


def test_when_the_look_at_some_breaks_nothing_goes_unlooked(sink, monkeypatch):
    def breaks(mails):
        raise RuntimeError

    monkeypatch.setattr(looking, "_looks_at_some", [breaks])
    queue(2)

    worker.run_until_idle()
    troubled = set(Delivery.objects.filter(run_after__isnull=False).values_list("last_error"))
    monkeypatch.setattr(looking, "_looks_at_some", [])

    assert (sink.letters, troubled) == ([], {("look-failed",)})
    with time_machine.travel(now() + timedelta(minutes=1)):
        worker.run_until_idle()
    assert ends() == ["sent", "sent"]
