"""How a mail leaves: a file in local mode, SMTP, and everything that can go wrong on the way.
The mail server is real, on a socket; see test_killed_mail_workers.py for real crashes."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
import time_machine
from django.db import transaction

from exchange.core import time
from exchange.ledger import actions as ledger
from exchange.ledger import queries, worker
from exchange.ledger.models import Delivery
from exchange.mail import actions, outbox, smtp
from exchange.mail.models import OutgoingMail

pytestmark = pytest.mark.django_db


def state_of(mail):
    mail.refresh_from_db()
    return mail.state, mail.last_error


def test_in_local_mode_each_mail_is_one_file(write, outbox_dir):
    first, second = write(key="alert:1"), write(key="alert:2")

    worker.run_until_idle()
    outbox.write(first)

    assert sorted(path.name for path in outbox_dir.iterdir()) == [
        first.file_name,
        second.file_name,
    ]
    letter = message_from_bytes((outbox_dir / first.file_name).read_bytes(), policy=default)
    assert letter["Message-ID"] == first.message_id
    assert state_of(first) == ("sent", "")
    assert first.sent_at is not None


def test_the_files_are_in_the_order_of_writing(write, outbox_dir):
    with time_machine.travel(time.now(), tick=False) as clock:
        names = []
        for _ in range(12):
            names.append(write().file_name)
            clock.shift(timedelta(milliseconds=400))

    assert names == sorted(names)


def test_a_mail_is_handed_to_the_server_once(write, sink):
    mail = write(text="One\n.two\n..three\n")

    worker.run_until_idle()

    assert sink.copies() == {mail.message_id: 1}
    letter = message_from_bytes(sink.letters[0], policy=default)
    assert letter.get_content().replace("\r\n", "\n") == "One\n.two\n..three\n"
    assert state_of(mail) == ("sent", "")
    assert Delivery.objects.get().state == "done"


def test_in_local_mode_with_a_server_there_is_a_file_as_well(write, sink, outbox_dir):
    mail = write()

    worker.run_until_idle()

    assert (len(sink.letters), outbox.path_of(mail).exists()) == (1, True)


def test_in_production_no_file_is_written(write, sink, outbox_dir, settings):
    settings.PRODUCTION = True
    write()

    worker.run_until_idle()

    assert (len(sink.letters), outbox_dir.exists()) == (1, False)


def test_in_production_without_a_server_mails_wait(write, settings, outbox_dir):
    settings.PRODUCTION = True
    mail = write()

    worker.run_until_idle()

    assert state_of(mail) == ("queued", "")
    assert Delivery.objects.get().last_error == "no-smtp-server-set"
    assert not outbox_dir.exists()


def test_several_mails_share_one_line_to_the_server(write, sink):
    for _ in range(5):
        write()

    worker.run_until_idle()

    assert (len(sink.letters), sink.greetings) == (5, 1)


def test_a_line_the_server_closed_meanwhile_is_opened_again(write, sink):
    sink.mails_a_line = 1
    write()
    worker.run_until_idle()
    write()

    worker.run_until_idle()

    assert (len(sink.letters), sink.greetings) == (2, 2)


@pytest.mark.parametrize(
    ("command", "answer", "code"),
    [
        ("CONNECT", "421 too busy", "smtp-greeting-failed"),
        ("CONNECT", "", "smtp-hung-up"),
        ("MAIL", "451 later", "smtp-451"),
        ("RCPT", "450 greylisted", "smtp-450"),
        ("RCPT", "", "smtp-hung-up"),
        ("DATA", "452 disk full", "smtp-452"),
        ("DATA", "", "smtp-hung-up"),
        (".", "451 later", "smtp-451"),
    ],
)
def test_a_passing_trouble_is_tried_again_later(write, sink, command, answer, code):
    mail = write()
    sink.answers[command] = answer

    worker.run_until_idle()
    troubled, pause = state_of(mail), Delivery.objects.get()
    sink.answers.clear()
    with time_machine.travel(time.now() + timedelta(minutes=1)):
        worker.run_until_idle()

    assert troubled == ("queued", code)
    assert (pause.state, pause.attempts, pause.last_error) == ("queued", 1, code)
    assert state_of(mail) == ("sent", "")
    assert len(sink.letters) == 1


def test_a_server_that_is_not_there_is_tried_again_later(write, sink, settings):
    settings.SMTP_URL = "smtp://127.0.0.1:1"
    mail = write()

    worker.run_until_idle()

    assert state_of(mail) == ("queued", "smtp-refused-connection")


@pytest.mark.parametrize("url", ["http://127.0.0.1", "smtp://", "nonsense"])
def test_an_unreadable_setting_loses_no_mail(write, settings, url):
    settings.SMTP_URL = url
    mail = write()

    worker.run_until_idle()

    assert state_of(mail) == ("queued", "smtp-setting-unreadable")


@pytest.mark.parametrize(
    ("command", "answer", "code"),
    [
        ("RCPT", "550 amina@example.org does not exist", "smtp-550"),
        (".", "554 we do not like it", "smtp-554"),
    ],
)
def test_a_refusal_for_good_becomes_a_dead_letter_without_the_servers_words(
    write, sink, command, answer, code
):
    mail = write()
    sink.answers[command] = answer

    worker.run_until_idle()

    assert state_of(mail) == ("failed", code)
    letter = queries.dead_letters().get()
    assert (letter.last_error, letter.event.subject_id) == (code, mail.pk)
    assert sink.letters == []


def test_when_no_answer_comes_after_the_text_nobody_guesses(write, sink, by):
    mail = write()
    sink.answers["."] = ""

    worker.run_until_idle()
    with time_machine.travel(time.now() + timedelta(days=2)):
        worker.run_until_idle()

    assert state_of(mail) == ("unsure", "smtp-no-answer")
    assert queries.dead_letters().get().last_error == "smtp-no-answer"
    assert len(sink.letters) == 1


def test_a_mail_found_half_sent_is_not_sent_again(write, sink):
    mail = write()
    OutgoingMail.objects.update(state="sending")

    worker.run_until_idle()

    assert state_of(mail) == ("unsure", "crashed-while-sending")
    assert queries.dead_letters().count() == 1
    assert sink.letters == []


def test_a_host_lets_an_unsure_mail_go_again(write, sink, by):
    mail = write()
    OutgoingMail.objects.update(state="sending")
    worker.run_until_idle()

    ledger.retry_dead(queries.dead_letters().get(), by=by)
    worker.run_until_idle()

    assert state_of(mail) == ("sent", "")
    assert len(sink.letters) == 1


def test_a_host_drops_an_unsure_mail(write, sink, by):
    mail = write()
    OutgoingMail.objects.update(state="sending")
    worker.run_until_idle()

    ledger.drop_dead(queries.dead_letters().get(), by=by)
    worker.run_until_idle()

    assert state_of(mail)[0] == "dropped"
    assert sink.letters == []


def test_a_mail_dropped_before_it_went_does_not_go(write, sink, outbox_dir):
    write(key="contribution:7:1")
    actions.drop_queued(key_prefix="contribution:7:")

    worker.run_until_idle()

    assert sink.letters == []
    assert Delivery.objects.get().state == "done"


def test_a_mail_dropped_while_the_line_is_opened_does_not_go(write, sink, monkeypatch):
    mail = write()
    ready = smtp.Line._ready

    def dropped_meanwhile(line):
        actions.drop_queued(key_prefix=mail.key)
        return ready(line)

    monkeypatch.setattr(smtp.Line, "_ready", dropped_meanwhile)

    worker.run_until_idle()

    assert state_of(mail)[0] == "dropped"
    assert sink.letters == []


def test_a_password_is_not_sent_in_the_clear_to_another_machine(monkeypatch):
    said = []

    class Plain:
        sock = None

        def __init__(self, *words, **options):
            pass

        def ehlo_or_helo_if_needed(self):
            said.append("ehlo")

        def has_extn(self, name):
            return False

        def login(self, user, password):
            said.append(password)

        def close(self):
            said.append("close")

    monkeypatch.setattr(smtp.smtplib, "SMTP", Plain)

    with pytest.raises(smtp.NotNow) as trouble:
        smtp._connect(smtp.Server.from_url("smtp://amina:secret@mail.example.org"))

    assert trouble.value.code == "smtp-without-tls"
    assert said == ["ehlo", "close"]


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example.org", smtp.Server("mail.example.org", 25, "", "", False)),
        ("smtp://a%40b:c%2Fd@h.org", smtp.Server("h.org", 587, "a@b", "c/d", False)),
        ("smtps://a:b@h.org", smtp.Server("h.org", 465, "a", "b", True)),
        ("smtp://[::1]:2525", smtp.Server("::1", 2525, "", "", False)),
    ],
)
def test_the_setting_names_server_port_and_password(url, server):
    assert smtp.Server.from_url(url) == server


def test_a_mail_queued_in_a_transaction_that_failed_is_not_sent(write, sink):
    with transaction.atomic():
        write()
        transaction.set_rollback(True)

    worker.run_until_idle()

    assert (OutgoingMail.objects.count(), sink.letters) == (0, [])


def test_after_thirty_days_only_the_fact_remains(write, outbox_dir):
    with time_machine.travel(time.now() - timedelta(days=31)):
        old = write(key="alert:1", html="<p>x</p>", headers={"Reply-To": "reply@example.org"})
        worker.run_until_idle()
        unsent = write(key="alert:2")
    young = write(key="alert:3")

    blanked = actions.blank_old(now=time.now())
    again = actions.blank_old(now=time.now())

    assert (blanked, again) == (2, 0)
    old.refresh_from_db()
    assert (old.to_address, old.subject, old.text, old.html, old.headers) == ("", "", "", "", {})
    assert (old.state, old.key) == ("sent", "alert:1")
    assert not outbox.path_of(old).exists()
    assert state_of(unsent)[0] == "dropped"
    young.refresh_from_db()
    assert young.text == "Somebody has answered.\n"


def test_an_address_that_leaves_is_forgotten_and_written_to_no_more(write, outbox_dir):
    gone = write(to="Amina@Example.org")
    worker.run_until_idle()
    waiting, other = write(), write(to="chen@example.org")

    actions.forget_address(address="amina@example.org")
    worker.run_until_idle()

    rows = OutgoingMail.objects.order_by("id").values_list("pk", "to_address", "text", "state")
    assert list(rows) == [
        (gone.pk, "", "", "sent"),
        (waiting.pk, "", "", "dropped"),
        (other.pk, "chen@example.org", "Somebody has answered.\n", "sent"),
    ]
    assert [path.name for path in outbox_dir.iterdir()] == [other.file_name]
