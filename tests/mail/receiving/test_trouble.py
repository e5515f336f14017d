"""Odd mails, handlers that break, hosts who decide, answers that are few.
Run by pytest alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, given
from hypothesis import settings as speed
from hypothesis import strategies as some

from exchange.core.time import now
from exchange.ledger import worker
from exchange.ledger.actions import retry_dead
from exchange.ledger.models import Delivery
from exchange.ledger.registry import GiveUp
from exchange.mail import tokens
from exchange.mail.inbound import Arrived, Outcome, Sender
from exchange.mail.models import IncomingMail, OutgoingMail
from exchange.mail.paper import Paper, Piece
from exchange.mail.reading.opened import Opened
from exchange.mail.receiving import actions, queries
from exchange.mail.receiving.answering import MOST_TO_MEMBERS, MOST_TO_STRANGERS, answer
from exchange.mail.receiving.heads import fingerprint, heads_of
from exchange.mail.receiving.recognising import automatic
from exchange.mail.tokens import What
from tests.mail.receiving.conftest import AMINA, mail

pytestmark = pytest.mark.django_db

ODD = {
    "nothing at all": b"",
    "only a line": b"\r\n",
    "no header": b"hello, we meet on Mondays",
    "no From": b"Subject: x\n\nwe meet on Mondays",
    "a From without an address": b"From: Amina\nSubject: x\n\nwe meet",
    "two Froms": b"From: a@example.org\nFrom: amina@example.org\n\nwe meet",
    "zeros": b"From: amina@example.org\nSubject: a\x00b\n\nwe\x00meet\x00",
    "no charset of this world": b"From: amina@example.org\nContent-Type: text/plain; charset=klingon\n\nwe \xff meet",
    "bytes in headers": b"From: \xff\xfe <amina@example.org>\nSubject: \xe9\xe8\xff\n\nwe meet",
    "a broken encoded word": b"From: amina@example.org\nSubject: =?utf-8?B?////?= =?x?q?a?=\n\nwe",
    "a multipart without its boundary": b"From: amina@example.org\nContent-Type: multipart/mixed\n\nwe",
    "a multipart of itself": b"From: amina@example.org\nContent-Type: multipart/mixed; boundary=a\n\n"
    + b"--a\nContent-Type: multipart/mixed; boundary=a\n\n" * 60,
    "base64 that is none": b"From: amina@example.org\nContent-Transfer-Encoding: base64\n\n!!!!\n===",
    "a surrogate": "From: amina@example.org\nSubject: \ud83d\n\nwe".encode(
        "utf-8", "surrogatepass"
    ),
}


@pytest.mark.parametrize("raw", ODD.values(), ids=ODD)
def test_whatever_comes_has_an_outcome(house, deliver, raw) -> None:
    row = deliver(raw)

    assert row.state in ("done", "kept", "ignored")
    assert row.outcome


def test_a_very_large_mail_is_taken(house, deliver) -> None:
    row = deliver(mail("We meet on Mondays.\n" * 1_500_000))

    assert row.size > 29_000_000
    assert (row.state, len(row.words) <= 200_000) == ("done", True)


def test_a_mail_without_a_from_is_left_to_a_host(house, deliver) -> None:
    row = deliver(ODD["no From"])

    assert (row.state, row.outcome, row.words) == ("kept", "no-sender", "we meet on Mondays")


def test_a_file_that_is_gone_is_said_to_be_gone(house, spool) -> None:
    arrival = actions.take(
        mail().as_bytes(), via="smtp", envelope_from="a@b.example", envelope_to=""
    )
    actions.take_in()
    for path in spool.rglob(f"{arrival}.*"):
        path.unlink()

    worker.run_until_idle()

    row = IncomingMail.objects.get()
    assert (row.state, row.outcome) == ("kept", "file-lost")


@given(raw=some.binary(max_size=600))
@speed(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_headers_of_any_bytes_can_be_asked(raw) -> None:
    heads = heads_of(raw)

    assert isinstance(heads.subject, str)
    assert "\0" not in heads.address + heads.message_id
    assert automatic(heads, ours=frozenset(), is_our_id=False) or True
    assert fingerprint(raw, envelope_to="a@b.example", on=now()) == fingerprint(
        raw, envelope_to="A@b.example", on=now()
    )


def test_a_handler_that_breaks_is_asked_again_and_at_last_a_host_is(house, deliver) -> None:
    house.trouble = RuntimeError("something of ours")
    row = deliver(mail())
    assert (row.state, len(house.taken)) == ("new", 1)

    for hours in range(1, 8):
        with time_machine.travel(now() + timedelta(hours=hours)):
            worker.run_until_idle()

    row.refresh_from_db()
    assert (row.state, row.outcome, len(house.taken)) == ("kept", "broke", 7)
    assert not Delivery.objects.filter(state="dead").exists()

    house.trouble = None
    actions.try_again(incoming=row, by=3)
    worker.run_until_idle()
    row.refresh_from_db()
    assert (row.state, row.outcome) == ("done", "taken")


def test_a_handler_that_gives_up_is_asked_once(house, deliver) -> None:
    house.trouble = GiveUp("no-such-thing")

    row = deliver(mail())

    assert (row.state, row.outcome, len(house.taken)) == ("kept", "broke", 1)


def test_a_mail_that_killed_its_workers_waits_for_a_host(house, deliver) -> None:
    house.trouble = RuntimeError()
    row = deliver(mail())
    Delivery.objects.filter(consumer="mail.handle_incoming").update(state="dead", run_after=None)

    assert actions.keep_stranded() == 1
    row.refresh_from_db()
    assert (row.state, row.outcome) == ("kept", "broke")

    house.trouble = None
    retry_dead(Delivery.objects.get(state="dead"), by=_Host())
    worker.run_until_idle()
    row.refresh_from_db()
    assert row.state == "done"


def test_a_host_says_whose_it_is_and_it_goes_its_way(house, deliver) -> None:
    house.outcome = Outcome("kept", "unknown-sender")
    row = deliver(mail(From="Amina <amina@private.example>"), sender="amina@private.example")
    assert house.names == ["stranger"]

    house.outcome = Outcome("done", "question-held")
    actions.vouch(incoming=row, address=AMINA.address, by=3)
    worker.run_until_idle()

    row.refresh_from_db()
    assert house.names == ["stranger", "mailboxes:question"]
    assert (house.last.sender, house.last.trust) == (AMINA, "pass")
    assert house.last.opened.from_address == AMINA.address, "what became of it is told there"
    assert (row.state, row.person) == ("done", 7)


def test_two_hosts_decide_and_one_was_faster(house, deliver) -> None:
    house.outcome = Outcome("kept", "unknown-sender")
    row = deliver(mail())
    other = IncomingMail.objects.get(pk=row.pk)

    actions.settle(incoming=row, how="not-for-us", by=3)

    assert (row.state, row.outcome, row.settled_by) == ("settled", "not-for-us", 3)
    with pytest.raises(actions.AlreadySettled):
        actions.settle(incoming=other, how="answered", by=4)


def test_the_whole_text_can_be_given_back(house, deliver) -> None:
    text = "Under the tree.\n\nOn Monday Beatriz wrote:\n> Where do you meet?\n"
    row = deliver(mail(text))

    assert "Where do you meet?" in queries.whole_text(row)
    assert "Under the tree." in queries.whole_text(row)


def test_an_answer_is_queued_once_and_threads(house, deliver) -> None:
    row = deliver(mail(References="<one@example.org> <two@example.org>"))
    arrived = house.last

    first = answer(arrived, _paper(), code="posted")
    again = answer(arrived, _paper(), code="posted")

    assert first
    assert again
    assert first.pk == again.pk
    assert first.headers["References"].endswith(row.message_id)
    assert (first.person, first.item, first.purpose) == (7, f"receipt:{row.pk}", "receipt")
    back = first.headers["Reply-To"].partition("+")[2].partition("@")[0]
    assert tokens.read(back).item == row.pk
    assert tokens.read(back).what == What.RECEIPT


@pytest.mark.parametrize(("sender", "most"), [(AMINA, MOST_TO_MEMBERS), (None, MOST_TO_STRANGERS)])
def test_an_address_gets_only_so_many_answers_a_day(house, deliver, sender, most) -> None:
    arrived = [_arrived(deliver(mail(f"{n}")), sender) for n in range(most + 2)]

    told = [answer(one, _paper(), code="posted") for one in arrived]

    assert sum(mail is not None for mail in told) == most
    assert OutgoingMail.objects.filter(purpose="receipt").count() == most
    with time_machine.travel(now() + timedelta(days=1, minutes=1)):
        assert answer(arrived[-1], _paper(), code="posted")


def test_nobody_answers_a_robot(house, deliver) -> None:
    row = deliver(mail())
    IncomingMail.objects.filter(pk=row.pk).update(detail={"no_answer": True})

    assert answer(_arrived(row, AMINA), _paper(), code="posted") is None
    robot = _arrived(deliver(mail("b")), None, "no-reply@example.org")
    assert answer(robot, _paper(), code="posted") is None
    assert answer(_arrived(deliver(mail("c")), None, "nobody"), _paper(), code="posted") is None


class _Host:
    pk = 3


def _paper() -> Paper:
    return Paper("Re: Our meetings", (Piece("plain", "It stands."),), "en")


def _arrived(row: IncomingMail, sender: Sender | None, address: str = "x@example.net") -> Arrived:
    opened = Opened(from_address=address, message_id="<a@example.org>")
    return Arrived(row.pk, opened, sender, "none", row.received_at)
