"""Mail from a mailbox at a provider: each into the spool, and marked as seen only then.
A real conversation on a real socket."""

import logging
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from exchange.mail.imap import actions
from exchange.mail.imap.rules import Unusable, box_of, envelope_of
from tests.mail.door.standing import Arrival, arrivals, letter
from tests.mail.imap.box import Mailbox, open_box


@pytest.fixture(autouse=True)
def spool(settings, tmp_path):
    settings.MAIL_IN_DIR = tmp_path / "mail-in"
    settings.MAIL_DOMAIN = "exchange.example"
    return settings.MAIL_IN_DIR


@pytest.fixture
def box(settings):
    with open_box() as box:
        settings.IMAP_URL = box.url
        yield box


def came(spool) -> list[Arrival]:
    return arrivals(spool)


def test_new_mails_come_in_once(box: Mailbox, spool):
    box.put(letter(number=1))
    box.put(letter(number=2), "\\Seen")
    box.put(letter(number=3))

    assert actions.bring() == 2
    assert actions.bring() == 0

    assert [mail.raw for mail in came(spool)] == sorted(
        (letter(number=1), letter(number=3)), key=[mail.raw for mail in came(spool)].index
    )
    assert box.unseen() == []
    assert box.heard[-1] == "LOGOUT"
    assert not any("CLOSE" in words or "EXPUNGE" in words for words in box.heard)


def test_it_is_known_where_it_came_from_and_for_whom(box: Mailbox, spool):
    head = b"Return-Path: <amina@example.org>\r\nX-Original-To: reply+abc@exchange.example\r\n"
    box.put(head + letter())

    actions.bring()

    [mail] = came(spool)
    assert (mail.notes["via"], mail.notes["from"]) == ("imap", "amina@example.org")
    assert mail.notes["to"] == "reply+abc@exchange.example"


def test_what_could_not_be_stored_is_not_marked_as_seen(box: Mailbox, spool):
    uid = box.put(letter())
    spool.parent.mkdir(exist_ok=True)
    spool.write_text("a file where the folder should be")

    assert actions.bring() == 0
    assert box.unseen() == [uid]

    spool.unlink()
    assert actions.bring() == 1
    assert box.unseen() == []


def test_a_mailbox_that_is_very_full_is_emptied_bit_by_bit(box: Mailbox, spool, monkeypatch):
    monkeypatch.setattr(actions, "MAILS", 3)
    for number in range(7):
        box.put(letter(number=number))

    assert [actions.bring() for _ in range(4)] == [3, 3, 1, 0]
    assert len(came(spool)) == 7


def test_a_huge_mail_stays_where_it_is_and_the_others_come(box: Mailbox, spool, caplog):
    huge = box.put(letter(), size=actions.LARGEST + 1)
    box.put(letter(number=2))

    assert actions.bring() == 1
    assert box.unseen() == [huge]
    assert [record.message for record in caplog.records] == [
        "mails too large for us wait in the mailbox: 1"
    ]


@pytest.mark.parametrize(
    ("command", "answer", "code"),
    [
        ("LOGIN", "TAG NO [AUTHENTICATIONFAILED] post@exchange.example?", "imap-password-refused"),
        ("SELECT", "TAG NO none", "imap-no-such-folder"),
        ("SEARCH", "TAG NO not now", "imap-search-refused"),
        ("SEARCH", "TAG BAD what", "imap-refused"),
        ("FETCH", "* 1 FETCH (UID 101 BODY[] {99999999999}", "imap-hung-up"),
        ("SEARCH", "", "imap-hung-up"),
        ("LOGIN", "", "imap-hung-up"),
        ("CAPABILITY", "nonsense", "imap-hung-up"),
    ],
)
def test_trouble_is_one_line_without_an_address_and_another_try(
    box: Mailbox, spool, caplog, command, answer, code
):
    caplog.set_level(logging.DEBUG)
    uid = box.put(letter())
    box.answers[command] = answer

    assert actions.bring() == 0
    assert [record.message for record in caplog.records] == [f"the mailbox cannot be asked: {code}"]
    assert box.unseen() == [uid]

    box.answers.clear()
    assert actions.bring() == 1


def test_nobody_there_is_one_line(settings, caplog):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    settings.IMAP_URL = f"imap://a:b@127.0.0.1:{port}/"

    assert actions.bring() == 0
    assert "imap-ConnectionRefusedError" in caplog.text


def test_a_password_never_travels_in_the_clear(settings, caplog, monkeypatch):
    with open_box() as box:
        monkeypatch.setattr("exchange.mail.imap.rules.Box.is_this_machine", False)
        settings.IMAP_URL = box.url

        assert actions.bring() == 0
        assert "imap-without-tls" in caplog.text
        assert box.heard == ["CAPABILITY", "LOGOUT"]


@pytest.mark.parametrize(
    "url", ["http://a:b@x/", "imaps://host/", "imaps://a:b@/", "imaps://a:b@x:y/"]
)
def test_a_setting_that_cannot_be_read_is_said(url):
    with pytest.raises(Unusable, match="imap-setting-unreadable"):
        box_of(url)


def test_the_setting_taken_apart():
    box = box_of("imaps://post%40x.example:p%2Fw@mail.example/Exchange%20in")

    assert (box.host, box.port, box.user, box.password, box.folder, box.tls_at_once) == (
        *("mail.example", 993, "post@x.example", "p/w", "Exchange in", True),
    )
    assert "p/w" not in repr(box)


@pytest.mark.parametrize(
    ("head", "recipient"),
    [
        ("To: ask@exchange.example", "ask@exchange.example"),
        ("To: x@other.example\nCc: Ask <ASK@Exchange.Example>", "ASK@Exchange.Example"),
        (
            "Delivered-To: all@exchange.example\nTo: reply+t@exchange.example",
            "reply+t@exchange.example",
        ),
        ("Delivered-To: all@exchange.example\nTo: x@other.example", "all@exchange.example"),
        (
            "X-Original-To: stop+a@exchange.example\nTo: reply+b@exchange.example",
            "stop+a@exchange.example",
        ),
        ("To: ask@evil-exchange.example, ask@exchange.example.evil", ""),
        ("Subject: none", ""),
        ("To: \xff\xfe", ""),
    ],
)
def test_for_which_of_our_addresses_it_is(head, recipient):
    raw = head.encode("latin-1").replace(b"\n", b"\r\n") + b"\r\n\r\nTo: body@exchange.example"

    found = envelope_of(raw, domains=("exchange.example",), delimiter="+")

    assert found == ("", recipient)


@pytest.mark.parametrize(("url", "asked"), [("", "False"), ("imaps://a:b@mail.example/", "True")])
def test_the_clock_asks_only_where_there_is_a_mailbox(tmp_path, url, asked):
    script = "import django; django.setup(); from exchange.ledger.registry import clocks;"
    script += "print('mail.ask_mailbox' in clocks)"
    env = {name: value for name, value in os.environ.items() if not name.startswith("EXCHANGE_")}
    env |= {
        "PYTHONPATH": str(Path(__file__).resolve().parents[3] / "src"),
        "DJANGO_SETTINGS_MODULE": "exchange.project.settings",
        "EXCHANGE_DATA": str(tmp_path),
        "EXCHANGE_IMAP": url,
    }
    done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True)

    assert done.stdout.strip() == asked, done.stderr
