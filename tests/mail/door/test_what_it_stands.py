"""What people and programs who mean no good get at the door. Run by pytest."""

import re
import smtplib
import socket
import ssl
from time import monotonic

import pytest

from exchange.mail.door import talking
from tests.mail.certificates import make_certificate
from tests.mail.door.standing import answers, door, letter

OURS = "ask@exchange.example"
BEGIN = b"EHLO x.example\r\nMAIL FROM:<a@example.org>\r\nRCPT TO:<ask@exchange.example>\r\nDATA\r\n"


@pytest.fixture
def spool(tmp_path):
    return tmp_path / "mail-in"


def say(wire: socket.socket, words: bytes) -> bytes:
    """Say each line and hear its answer, as polite clients do; give back the last one."""
    heard = b""
    for line in words.splitlines(keepends=True):
        wire.sendall(line)
        heard = answer(wire)
    return heard


def answer(wire: socket.socket) -> bytes:
    """The last line of one answer, however many lines it has."""
    found = b""
    while not re.search(rb"(?m)^\d{3} .*\n\Z", found):
        piece = wire.recv(2000)
        if not piece:
            break
        found += piece
    return found.splitlines()[-1]


def heard_to_the_end(wire: socket.socket) -> bytes:
    found = b""
    while piece := wire.recv(2000):
        found += piece
    return found


@pytest.mark.parametrize(
    "end", [b"\n.\n", b"\n.\r\n", b"\r.\r", b"\r\n.\n", b"\r\n.\r", b"\r.\r\n"]
)
def test_a_second_mail_cannot_be_smuggled_in_behind_a_false_end(spool, end):
    inner = b"MAIL FROM:<chief@example.org>\r\nRCPT TO:<ask@exchange.example>\r\nDATA\r\nforged"
    with door(spool) as ours, ours.wire() as wire:
        say(wire, BEGIN)
        wire.sendall(b"Subject: one\r\n\r\nreal" + end + inner + b"\r\n.\r\n")

        assert wire.recv(2000).startswith(b"250")
        [arrival] = ours.arrivals
        assert b"real" + end[:1] in arrival.raw
        assert b"forged" in arrival.raw
        assert arrival.notes["from"] == "a@example.org"


def test_garbage_is_answered_a_few_times_and_then_hung_up_on(spool):
    with door(spool) as ours, ours.wire() as wire:
        wire.sendall(b"GET / HTTP/1.1\r\n" * 20)

        assert b"goodbye" in heard_to_the_end(wire)


def test_an_endless_line_is_no_command(spool):
    with door(spool) as ours, ours.wire() as wire:
        wire.sendall(b"MAIL FROM:<" + b"a" * 500_000 + b"@example.org>\r\n")

        assert wire.recv(2000).startswith(b"500")
        assert say(wire, b"NOOP\r\n").startswith(b"250")


def test_an_endless_line_in_a_mail_is_just_a_long_line(spool):
    words = letter("x" * 300_000)
    with door(spool) as ours, ours.call() as talk:
        talk.sendmail("a@example.org", [OURS], words)

        assert ours.arrivals[0].raw == words


def test_who_says_nothing_is_hung_up_on(spool):
    began = monotonic()
    with door(spool, patience=0.3) as ours, ours.wire() as wire:
        assert heard_to_the_end(wire) == b""
        assert monotonic() - began < 5


def is_hung_up_on_while_saying(wire: socket.socket, words: bytes, *, times: int) -> bool:
    for _ in range(times):
        try:
            wire.sendall(words)
            if wire.recv(100) == b"":
                return True
        except TimeoutError:
            continue
        except OSError:
            return True
    return False


def test_who_dribbles_a_mail_is_hung_up_on_and_leaves_nothing(spool):
    with door(spool, patience=0.4) as ours, ours.wire() as wire:
        say(wire, BEGIN)
        wire.settimeout(0.05)

        assert is_hung_up_on_while_saying(wire, b"x\r\n", times=200)
        assert (ours.arrivals, ours.drafts) == ([], [])


def test_who_hangs_up_in_the_middle_of_a_mail_leaves_nothing(spool):
    with door(spool) as ours:
        with ours.wire() as wire:
            say(wire, BEGIN)
            wire.sendall(b"Subject: half\r\n\r\nhal")
        with ours.call() as talk:
            talk.noop()

        assert (ours.arrivals, ours.drafts) == ([], [])


def test_too_many_at_once_are_asked_to_come_later_and_there_is_room_again(spool):
    with door(spool, connections=2) as ours:
        first, second = ours.wire(), ours.wire()
        with socket.create_connection(("127.0.0.1", ours.port), timeout=5) as third:
            assert heard_to_the_end(third).startswith(b"421")
        first.sendall(b"QUIT\r\n")
        heard_to_the_end(first)

        assert answers(ours.port)
        second.close()
        first.close()


def test_too_many_from_one_other_machine_are_asked_to_come_later(spool, monkeypatch):
    monkeypatch.setattr(talking, "is_this_machine", lambda _address: False)
    with door(spool, from_one=1) as ours, ours.wire():
        assert not answers(ours.port)


def test_what_the_other_side_tells_of_its_client_is_believed_from_this_machine_alone(
    spool, monkeypatch
):
    monkeypatch.setattr(talking, "is_this_machine", lambda _address: False)
    with door(spool) as ours, ours.call() as talk:
        talk.ehlo()
        assert talk.docmd("XFORWARD", "ADDR=192.0.2.7")[0] == 502
        talk.sendmail("a@example.org", [OURS], letter())

        assert ours.arrivals[0].notes["peer"] == "127.0.0.1"


def test_a_connection_does_not_live_for_ever(spool):
    with door(spool, life=-1.0) as ours, ours.call() as talk:
        talk.ehlo()

        assert talk.mail("a@example.org")[0] == 421


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return make_certificate(tmp_path_factory.mktemp("tls"))


def test_with_a_certificate_mail_travels_under_tls(spool, certificate):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with door(spool, cert=certificate) as ours, ours.call() as talk:
        talk.ehlo()
        assert talk.has_extn("starttls")
        talk.starttls(context=context)
        talk.ehlo()
        assert not talk.has_extn("starttls")
        assert not talk.has_extn("auth")
        talk.sendmail("a@example.org", [OURS], letter())

        assert len(ours.arrivals) == 1


def test_commands_before_tls_are_forgotten_with_the_line_they_came_on(spool, certificate):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with door(spool, cert=certificate) as ours, ours.wire() as wire:
        say(wire, b"EHLO x.example\r\n")
        wire.sendall(b"STARTTLS\r\nMAIL FROM:<evil@example.org>\r\n")
        assert wire.recv(2000).startswith(b"220")
        with context.wrap_socket(wire) as secret:
            assert say(secret, b"RCPT TO:<ask@exchange.example>\r\n").startswith(b"503")


def test_without_a_readable_certificate_mail_still_comes(spool, tmp_path):
    with door(spool, cert=str(tmp_path / "none.pem")) as ours, ours.call() as talk:
        talk.ehlo()
        assert not talk.has_extn("starttls")
        with pytest.raises(smtplib.SMTPNotSupportedError):
            talk.starttls()
