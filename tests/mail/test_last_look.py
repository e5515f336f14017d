"""What is asked before a mail goes: is it stale, does anybody object, was a backup put back?
Run by pytest alone."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction

from exchange.core.time import now
from exchange.ledger import worker
from exchange.ledger.models import Delivery, Event
from exchange.ledger.registry import GiveUp, Later
from exchange.mail import channels, looking, marks
from exchange.mail.actions import About, Queued, queue_many
from exchange.mail.models import OutgoingMail, Pace, Standing

pytestmark = pytest.mark.django_db


def state_of(mail):
    mail.refresh_from_db()
    return mail.state, mail.last_error


@pytest.fixture
def looks(monkeypatch):
    """No looks but those of the test."""
    monkeypatch.setattr(looking, "_looks", {})
    monkeypatch.setattr(looking, "_looks_at_some", [])
    return looking


@pytest.fixture
def carriers(monkeypatch):
    monkeypatch.setattr(channels, "_carriers", {})
    return channels


@pytest.fixture(autouse=True)
def marks_apart(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path / "mail-mark"


@pytest.mark.parametrize(
    ("purpose", "good", "stale"),
    [
        ("code", timedelta(minutes=59), timedelta(minutes=61)),
        ("alert", timedelta(days=2, hours=23), timedelta(days=3, hours=1)),
        ("digest", timedelta(days=1, hours=23), timedelta(days=2, hours=1)),
        ("recall", timedelta(days=6), timedelta(days=7, hours=1)),
    ],
)
def test_what_waited_too_long_does_not_go(write, sink, looks, purpose, good, stale):
    first, second = write(purpose=purpose), write(purpose=purpose)
    OutgoingMail.objects.filter(pk=first.pk).update(created_at=now() - good)
    OutgoingMail.objects.filter(pk=second.pk).update(created_at=now() - stale)

    worker.run_until_idle()

    assert (state_of(first), state_of(second)) == (("sent", ""), ("suppressed", "stale"))
    assert len(sink.letters) == 1
    assert not Delivery.objects.exclude(state="done").exists()


def test_a_mail_may_say_itself_until_when_it_is_good(write, sink):
    mail = write(about=About(send_before=now() + timedelta(hours=2)))
    gone = write(about=About(send_before=now() - timedelta(seconds=1)))

    worker.run_until_idle()

    assert (state_of(mail), state_of(gone)) == (("sent", ""), ("suppressed", "stale"))


def test_a_room_may_say_no_to_its_mails_or_to_all(write, sink, looks):
    looks.before_sending("alert")(lambda mail: "no-longer-visible" if mail.person == 1 else "")
    looks.before_sending("*")(lambda mail: "address-dead" if mail.person == 2 else "")
    one, two, three = (write(about=About(person=number)) for number in (1, 2, 3))
    other = write(purpose="code", about=About(person=1))

    worker.run_until_idle()

    assert state_of(one) == ("suppressed", "no-longer-visible")
    assert state_of(two) == ("suppressed", "address-dead")
    assert state_of(three)[0] == state_of(other)[0] == "sent"


def test_a_look_that_breaks_holds_the_mail_and_lets_others_of_its_batch_go(sink, looks):
    @looks.before_sending("digest")
    def breaks(mail):
        if mail.person == 1:
            raise RuntimeError("amina@example.org")
        return ""

    with transaction.atomic():
        held, gone = queue_many(
            [Queued(f"r{n}@example.org", "x", "x", "digest", about=About(person=n)) for n in (1, 2)]
        )

    worker.run_until_idle()

    assert (state_of(held)[0], state_of(gone)[0]) == ("queued", "sent")
    assert Delivery.objects.get(consumer="mail.send_bulk").last_error == "look-failed"
    looks._looks.clear()
    with time_machine.travel(now() + timedelta(minutes=1)):
        worker.run_until_idle()
    assert state_of(held)[0] == "sent"


def test_a_look_that_breaks_for_all_puts_off_the_batch_as_a_whole(sink, looks):
    @looks.before_sending("digest")
    def breaks(mail):
        raise RuntimeError

    with transaction.atomic():
        queue_many([Queued(f"r{n}@example.org", "x", "x", "digest") for n in range(20)])

    worker.run_until_idle()

    assert Delivery.objects.count() == 4
    assert Delivery.objects.get(consumer="mail.send_batch").last_error == "look-failed"
    looks._looks.clear()
    with time_machine.travel(now() + timedelta(minutes=1)):
        worker.run_until_idle()
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {"sent"}
    assert len(sink.letters) == 20


def test_another_channel_carries_its_own_and_no_mail_goes(write, sink, carriers):
    carried = []
    carriers.carries("push")(carried.append)

    mail = write(to="somewhere", about=About(channel="push"))
    worker.run_until_idle()

    assert (carried, state_of(mail), sink.letters) == ([mail], ("sent", ""), [])


@pytest.mark.parametrize(
    ("trouble", "state"), [(Later("busy"), "queued"), (GiveUp("gone"), "failed")]
)
def test_a_channel_may_fail_for_now_or_for_good(write, carriers, trouble, state):
    @carriers.carries("push")
    def fails(mail):
        raise trouble

    mail = write(to="somewhere", about=About(channel="push"))
    worker.run_until_idle()

    assert state_of(mail) == (state, trouble.code)


def test_a_channel_nobody_carries_is_a_dead_letter(write, carriers):
    mail = write(to="somewhere", about=About(channel="pigeon"))

    worker.run_until_idle()

    assert state_of(mail) == ("failed", "no-such-channel")
    assert Delivery.objects.get().state == "dead"


def test_a_refusal_by_the_server_is_told_with_its_status(write, sink):
    mail = write()
    sink.answers["RCPT"] = "550 5.1.1 amina@example.org is not known here"

    worker.run_until_idle()

    event = Event.objects.get(kind="mail.refused")
    assert (event.subject_id, event.detail) == (mail.pk, {"code": "smtp-550", "status": "5.1.1"})
    assert Standing.objects.get().hard == 1
    assert state_of(mail) == ("failed", "smtp-550")


@pytest.mark.parametrize("answer", ["550 5.7.1 we do not like you", "550 no", "552 5.2.2 full"])
def test_a_refusal_that_is_not_about_the_address_is_no_hard_one(write, sink, answer):
    write()
    sink.answers["RCPT"] = answer

    worker.run_until_idle()

    assert Standing.objects.get().hard == 0


def test_a_database_put_back_does_not_send_the_past_again(write, sink, marks_apart):
    old = write()
    marks.keep()
    before = Pace.objects.get(name="mark").free_at
    with time_machine.travel(now() + timedelta(hours=5)) as clock:
        marks.keep()
        clock.shift(timedelta(hours=1))
        # The database of six hours ago, beside the files of today.
        Pace.objects.filter(name="mark").update(free_at=before)
        new = write()

        worker.run_until_idle()

        assert state_of(old) == ("suppressed", "restored")
        assert state_of(new)[0] == "sent"
        assert marks.keep() == 0


def test_nights_power_cuts_and_other_workers_hold_back_nothing(write, sink, marks_apart):
    mail = write()
    marks.keep()
    with time_machine.travel(now() + timedelta(hours=14)):
        assert marks.keep() == 0
        Pace.objects.filter(name="mark").update(free_at=now() - timedelta(minutes=1))
        assert marks.keep() == 0
        marks_apart.write_text("nonsense")
        assert marks.keep() == 0
        marks_apart.unlink()
        assert marks.keep() == 0

    assert state_of(mail)[0] == "queued"


def test_where_files_were_put_back_as_well_somebody_says_so(write, sink, capsys):
    mail = write()

    call_command("after_restore")
    worker.run_until_idle()

    assert state_of(mail) == ("suppressed", "restored")
    assert "1 mails" in capsys.readouterr().out
