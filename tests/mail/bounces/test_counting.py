"""What follows for an address: once a day, a probe before it is given up, and a way back.
Run by pytest alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from exchange.core.time import now
from exchange.ledger import worker
from exchange.ledger.models import Event
from exchange.mail import tokens
from exchange.mail.actions import About, queue_mail
from exchange.mail.bounces import actions, queries
from exchange.mail.models import Bounce, IncomingMail, OutgoingMail, Standing
from exchange.mail.receiving import actions as receiving
from exchange.mail.tokens import What

pytestmark = pytest.mark.django_db
CASES = Path(__file__).parent / "cases"
ADDRESS = "wanjiru@example.org"
VERP = b"bounce+mfrggzdfmztwq2lknnwg23tpoa@exchange.example"


@pytest.fixture(autouse=True)
def _spool(settings, tmp_path) -> None:
    settings.MAIL_IN_DIR = tmp_path / "mail-in"
    settings.MAIL_DOMAIN = "exchange.example"


def sent(purpose: str = "alert", **about: object) -> OutgoingMail:
    mail = queue_mail(
        to=ADDRESS,
        subject="Your question was answered",
        text="Somebody has answered.\n",
        purpose=purpose,
        about=About(**{"person": 9, "item": "contribution:12", **about}),
    )
    OutgoingMail.objects.filter(pk=mail.pk, state="queued").update(state="sent", sent_at=now())
    mail.refresh_from_db()
    return mail


def comes_back(case: str, mail: OutgoingMail | None, *, sender: str = "") -> IncomingMail:
    """The mail of a case comes to the envelope's address of this mail."""
    raw = (CASES / f"{case}.eml").read_bytes()
    to = "nobody@exchange.example"
    if mail:
        to = tokens.address(What.BOUNCE, item=mail.pk)
        raw = raw.replace(VERP, to.encode()).replace(b"3f" * 20, mail.message_id[1:41].encode())
    # No two reports are one and the same.
    raw += f"\n<!-- {now().isoformat()} {IncomingMail.objects.count()} -->\n".encode()
    raw = raw.replace(b"Message-ID: <dsn.", f"Message-ID: <{now().timestamp()}.".encode())
    arrival = receiving.take(raw, via="smtp", envelope_from=sender, envelope_to=to)
    worker.run_until_idle()
    return IncomingMail.objects.get(arrival=arrival)


@pytest.fixture
def days() -> Callable[[int], object]:
    start = now()
    return lambda number: time_machine.travel(start + timedelta(days=number))


def standing() -> Standing:
    found = queries.standing_of(ADDRESS)
    assert found
    return found


def test_a_mail_that_came_back_is_marked_in_the_ledger_of_deliveries() -> None:
    mail = sent()

    row = comes_back("postfix-user-unknown", mail)

    mail.refresh_from_db()
    assert (row.state, row.outcome) == ("ignored", "bounce-hard")
    assert (mail.state, mail.last_error) == ("bounced", "hard-5.1.1")
    assert (standing().hard, standing().soft, standing().state) == (1, 0, "well")
    bounce = Bounce.objects.get()
    assert (bounce.mail_id, bounce.domain, bounce.counted) == (mail.pk, "example.org", True)


def test_it_is_found_by_the_id_of_what_came_back_where_the_envelope_is_lost() -> None:
    mail = sent()
    raw = (CASES / "sendmail-user-unknown.eml").read_bytes()
    raw = raw.replace(VERP, b"x@exchange.example")
    raw = raw.replace(b"3f" * 20, mail.message_id[1:41].encode())

    receiving.take(raw, via="smtp", envelope_from="", envelope_to="exchange@exchange.example")
    worker.run_until_idle()

    mail.refresh_from_db()
    assert mail.state == "bounced"


def test_a_report_about_no_mail_of_ours_stops_nobody() -> None:
    mail = sent()

    comes_back("postfix-user-unknown", None)

    mail.refresh_from_db()
    assert mail.state == "sent"
    assert queries.standing_of(ADDRESS) is None
    assert not Bounce.objects.get().counted


def test_many_on_one_day_count_once() -> None:
    for _ in range(4):
        comes_back("postfix-user-unknown", sent())

    assert standing().hard == 1
    assert Bounce.objects.filter(counted=True).count() == 1


def test_the_same_report_twice_is_one() -> None:
    mail, first = sent(), 0
    for _ in range(2):
        first = actions.came_back(mail=mail, kind="soft", incoming=77).pk

    assert Bounce.objects.get().pk == first


def test_for_now_and_then_for_good_on_one_day_is_for_good_once() -> None:
    comes_back("postfix-mailbox-full", sent())
    comes_back("postfix-user-unknown", sent())

    assert (standing().hard, standing().soft) == (1, 0)


def test_two_days_for_good_bring_a_probe_and_only_that_gives_the_address_up(days) -> None:
    comes_back("postfix-user-unknown", sent())
    with days(1):
        comes_back("postfix-user-unknown", sent())
        assert standing().state == "doubtful"
        probe = OutgoingMail.objects.get(purpose="probe")
        assert (probe.to_address, probe.state) == (ADDRESS, "sent")
        assert queries.may_write(ADDRESS, "alert") == "", "doubt stops nothing"

        comes_back("postfix-user-unknown", probe)

    assert standing().state == "dead"
    event = Event.objects.get(kind="address.dead")
    assert (event.subject_type, event.subject_id) == ("standing", standing().pk)
    assert event.detail == {"person": 9}


def test_for_now_takes_five_days(days) -> None:
    for day in range(5):
        with days(day):
            assert not OutgoingMail.objects.filter(purpose="probe").exists()
            comes_back("gmail-over-quota", sent())

    assert (standing().state, standing().soft) == ("doubtful", 5)


def test_a_probe_that_does_not_come_back_makes_it_well(days) -> None:
    comes_back("postfix-user-unknown", sent())
    with days(1):
        comes_back("postfix-user-unknown", sent())
    with days(9):
        assert actions.judge_probes(at=now()) == 1

    assert (standing().state, standing().hard) == ("well", 0)


def test_a_mail_that_goes_well_afterwards_heals(days) -> None:
    comes_back("postfix-user-unknown", sent())
    with days(1):
        sent()
    with days(2):
        assert actions.heal(at=now()) == 0, "it may still come back"
    with days(5):
        assert actions.heal(at=now()) == 1

    assert standing().hard == 0


@pytest.mark.parametrize("case", ["postfix-delayed", "gmail-delayed", "sendmail-warning"])
def test_late_is_not_returned(case) -> None:
    mail = sent()

    row = comes_back(case, mail)

    mail.refresh_from_db()
    assert (row.outcome, mail.state) == ("bounce-delayed", "sent")
    assert (standing().hard, standing().soft) == (0, 0)


@pytest.mark.parametrize("case", ["gmail-unauthenticated", "postfix-spamhaus", "yahoo-dmarc"])
def test_what_is_said_of_us_is_not_held_against_the_person(case) -> None:
    comes_back(case, sent())

    assert (standing().hard, standing().soft, standing().state) == (0, 0, "well")
    assert Event.objects.filter(kind="mail.refused_by_policy").count() == 1
    assert queries.came_back()[1][0][0] == "example.org"
    assert queries.came_back()[0] == {"policy": 1}


def test_a_complaint_stops_everything_unasked() -> None:
    mail = sent()

    comes_back("complaint-abuse", mail)

    mail.refresh_from_db()
    assert (mail.state, standing().state) == ("sent", "unwanted")
    assert Event.objects.get(kind="address.unwanted").detail == {"person": 9}
    assert queries.may_write(ADDRESS, "digest") == "address-unwanted"
    assert queries.may_write(ADDRESS, "code") == ""


def test_nothing_unasked_goes_to_a_dead_address_and_a_code_does() -> None:
    comes_back("postfix-user-unknown", sent())
    Standing.objects.update(state="dead")
    alert = queue_mail(to=ADDRESS.upper(), subject="x", text="x", purpose="alert")
    code = queue_mail(to=ADDRESS, subject="x", text="x", purpose="code")

    worker.run_until_idle()

    for mail in (alert, code):
        mail.refresh_from_db()
    assert (alert.state, alert.last_error) == ("suppressed", "address-dead")
    assert code.state == "sent"


def test_the_member_takes_it_up_again_on_the_page_or_by_answering() -> None:
    comes_back("postfix-user-unknown", sent())
    Standing.objects.update(state="dead")

    assert actions.revive(address=ADDRESS.title())
    assert queries.may_write(ADDRESS, "alert") == ""
    assert not actions.revive(address=ADDRESS)

    Standing.objects.update(state="dead")
    raw = f"From: {ADDRESS}\nSubject: Re: probe\nMessage-ID: <y@example.org>\n\nYes.\n".encode()
    to = tokens.address(What.REVIVE, person=9, item=standing().pk, days=90)
    receiving.take(raw, via="smtp", envelope_from=ADDRESS, envelope_to=to)
    worker.run_until_idle()

    assert standing().state == "well"
    assert Event.objects.filter(kind="address.revived").count() == 2


@pytest.mark.parametrize("case", ["vacation-exchange", "challenge-boxtrapper", "read-receipt"])
def test_a_robots_note_counts_for_nothing(case) -> None:
    mail = sent()

    row = comes_back(case, mail, sender=ADDRESS)

    mail.refresh_from_db()
    assert (row.state, mail.state) == ("ignored", "sent")
    assert not Bounce.objects.exists()
