"""What the door takes, and how it lies in the spool; what it refuses, and with which answer.
Real conversations on a real socket."""

import smtplib

import pytest

from tests.mail.door.standing import door, letter

OURS = "ask@exchange.example"


@pytest.fixture
def spool(tmp_path):
    return tmp_path / "mail-in"


def refused(call) -> int:
    with pytest.raises(smtplib.SMTPException) as trouble:
        call()
    error = trouble.value
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next(iter(error.recipients.values()))[0]
    return error.smtp_code


def test_a_mail_is_in_the_spool_before_it_is_called_taken(spool):
    with door(spool) as ours, ours.call() as talk:
        talk.sendmail("amina@example.org", [OURS], letter())

        [arrival] = ours.arrivals
        assert arrival.raw == letter()
        assert arrival.notes.pop("at").endswith("+00:00")
        assert arrival.notes == {
            "via": "smtp",
            "from": "amina@example.org",
            "to": OURS,
            "peer": "127.0.0.1",
            "helo": "client.example",
        }
        assert ours.drafts == []


def test_a_mail_to_three_of_our_addresses_is_three_arrivals_on_the_disk_once(spool):
    to = [OURS, "reply+abc@exchange.example", "STOP+x@Exchange.Example"]
    with door(spool) as ours, ours.call() as talk:
        talk.sendmail("amina@example.org", to, letter())

        assert sorted(arrival.notes["to"] for arrival in ours.arrivals) == sorted(to)
        assert {path.stat().st_nlink for path in (spool / "new").glob("*.eml")} == {3}


def test_only_the_owner_may_read_what_came(spool):
    with door(spool):
        assert [
            oct(folder.stat().st_mode)[-3:] for folder in (spool, spool / "new", spool / "tmp")
        ] == ["700"] * 3


def test_every_byte_and_every_line_end_is_kept(spool):
    raw = b"Subject: \xe9\r\n\r\n.\xff\r\n..dots\r\nlone\nlf and lone\rcr\r\n\r\n.x\r\n"
    with door(spool) as ours, ours.call() as talk:
        talk.ehlo()
        talk.mail("amina@example.org", ["BODY=8BITMIME"])
        talk.rcpt(OURS)
        talk.docmd("DATA")
        talk.send(raw.replace(b"\r\n.", b"\r\n..") + b".\r\n")

        assert talk.getreply()[0] == 250
        assert ours.arrivals[0].raw == raw


def test_addresses_in_other_scripts_are_taken(spool):
    with door(spool) as ours, ours.call() as talk:
        talk.ehlo()
        talk.sendmail(
            "أمينة@مثال.example", [OURS], letter(), mail_options=["SMTPUTF8", "BODY=8BITMIME"]
        )

        assert ours.arrivals[0].notes["from"] == "أمينة@مثال.example"


def test_a_bounce_has_no_sender(spool):
    with door(spool) as ours, ours.call() as talk:
        talk.sendmail("", ["bounce+abc@exchange.example"], letter())

        assert ours.arrivals[0].notes["from"] == ""


def test_postmaster_needs_no_domain(spool):
    with door(spool) as ours, ours.call() as talk:
        talk.sendmail("amina@example.org", ["postmaster"], letter())

        assert ours.arrivals[0].notes["to"] == "postmaster@exchange.example"


@pytest.mark.parametrize(
    "foreign",
    [
        "somebody@example.org",
        "ask@exchange.example.org",
        "somebody%example.org@exchange.example",
        "example.org!somebody@exchange.example",
        '"somebody@example.org"@exchange.example',
        "nodomain",
    ],
)
def test_nothing_is_ever_passed_on(spool, foreign):
    with door(spool) as ours, ours.call() as talk:
        assert refused(lambda: talk.sendmail("a@example.org", [foreign], letter())) in (550, 553)
        assert ours.arrivals == []


def test_nobody_signs_in(spool):
    with door(spool) as ours, ours.call() as talk:
        talk.ehlo()

        assert not talk.has_extn("auth")
        assert talk.docmd("AUTH", "PLAIN AGEAYg==")[0] == 502


def test_a_mail_that_is_too_large_is_refused_when_it_is_announced(spool):
    with door(spool, size=5000) as ours, ours.call() as talk:
        talk.ehlo()

        assert talk.esmtp_features["size"] == "5000"
        assert talk.mail("a@example.org", ["SIZE=5001"])[0] == 552


def test_a_mail_that_is_larger_than_it_said_is_refused_at_its_end(spool):
    with door(spool, size=5000) as ours, ours.call() as talk:
        words = letter("x" * 70 + "\r\n" * 4000)

        talk.ehlo()
        talk.mail("a@example.org")
        talk.rcpt(OURS)
        assert talk.data(words)[0] == 552
        assert (ours.arrivals, ours.drafts) == ([], [])

        talk.sendmail("a@example.org", [OURS], letter())
        assert len(ours.arrivals) == 1, "the next one is well"


def test_one_recipient_too_many_is_asked_to_come_again(spool):
    with door(spool, recipients=2) as ours, ours.call() as talk:
        left = talk.sendmail("a@example.org", [f"r{n}@exchange.example" for n in "123"], letter())

        assert [answer[0] for answer in left.values()] == [452]
        assert len(ours.arrivals) == 2


def test_a_full_disk_says_so_before_the_mail_travels(spool):
    with door(spool, spare=2**62) as ours, ours.call() as talk:
        assert refused(lambda: talk.sendmail("a@example.org", [OURS], letter())) == 452
        assert ours.arrivals == []


def test_a_disk_that_cannot_be_written_is_a_pause_and_not_a_loss(spool):
    with door(spool) as ours, ours.call() as talk:
        (spool / "new").rmdir()
        talk.ehlo()
        talk.mail("a@example.org")
        talk.rcpt(OURS)

        assert talk.data(letter())[0] == 451
        (spool / "new").mkdir()
        assert (ours.arrivals, ours.drafts) == ([], [])


def test_lmtp_answers_for_each_recipient(spool):
    with door(spool, kind="lmtp") as ours, ours.call() as talk:
        talk.ehlo()
        talk.mail("a@example.org")
        for name in ("ask", "share"):
            talk.rcpt(f"{name}@exchange.example")
        assert talk.rcpt("a@example.org")[0] == 550

        assert talk.data(letter())[0] == 250
        assert talk.getreply()[0] == 250
        assert [arrival.notes["via"] for arrival in ours.arrivals] == ["lmtp"] * 2
        assert talk.docmd("EHLO", "x")[0] == 500


def test_a_mail_server_of_ours_tells_who_its_client_was(spool):
    with door(spool, kind="lmtp") as ours, ours.call() as talk:
        talk.ehlo()
        talk.docmd("XFORWARD", "NAME=mail.example.org ADDR=192.0.2.7 HELO=mail.example.org")
        talk.sendmail("a@example.org", [OURS], letter())

        notes = ours.arrivals[0].notes
        assert (notes["peer"], notes["helo"]) == ("192.0.2.7", "mail.example.org")
