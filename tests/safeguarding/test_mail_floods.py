"""Floods, loops, returned mail that is forged, and scanners that open every link of a mail.
All through the spool and the worker, as real mail goes. Run by pytest alone."""

from __future__ import annotations

import re
from email.message import EmailMessage
from email.utils import make_msgid

import pytest
from django.conf import settings as live
from django.test import Client

from exchange.alerts.models import Wishes
from exchange.contributions.actions import submit
from exchange.contributions.bymail import strangers
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution
from exchange.conversation.models import Follow, Reply
from exchange.core.time import now
from exchange.ledger import worker
from exchange.mail import letters, tokens
from exchange.mail.models import OutgoingMail, Standing
from exchange.mail.tokens import What
from exchange.members.models import Member
from tests import cast
from tests.bymail import AUTHSERV, DOMAIN, Post, deliver, settle_in

CLAIMED = {"Authentication-Results": f"{AUTHSERV}; dmarc=none header.from=example.org"}
ASKED = "Zebrafinch evenings with the elders?"
MORE = "Marabou meetings of four people in one district, and nobody has paid us so far."
ANSWER = "Hornbill tea with the grandmothers first, and a month of listening."


@pytest.fixture(autouse=True)
def _mail(settings, tmp_path, db) -> None:
    settle_in(settings, tmp_path)


@pytest.fixture
def femi(db: None) -> Member:
    return cast.person("Femi", country="UG", languages="en", welcomed_at=now())


def stranger_mail(sender: str, words: str) -> bytes:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = f"hello@{DOMAIN}"
    message["Message-ID"] = make_msgid(domain="phone.example")
    message.set_content(words)
    return bytes(message)


@pytest.mark.parametrize("words", ["join", "help", "What is this?"])
def test_a_flood_in_many_names_sends_few_letters_out(monkeypatch, words) -> None:
    """Anybody can write anybody's address into From: our letters must not be the flood."""
    monkeypatch.setattr(strangers, "MOST_TO_A_DOMAIN", 3)
    for number in range(8):
        sender = f"victim{number}@phone.example"
        deliver(stranger_mail(sender, words), envelope_from=sender, envelope_to=f"hello@{DOMAIN}")

    assert OutgoingMail.objects.filter(to_address__endswith="@phone.example").count() == 3


@pytest.mark.parametrize("words", ["text 1", "find elders", "help", "list"])
def test_nobody_fills_a_members_inbox_by_asking_in_their_name(monkeypatch, amina, words) -> None:
    monkeypatch.setattr("exchange.mail.receiving.answering.MOST_TO_MEMBERS", 3)
    row = submit(kind="question", content=Content(title=ASKED, body=MORE), author=amina)
    for _ in range(6):
        Post.of(amina).write("exchange", words.replace("1", str(row.pk)), headers=CLAIMED)

    assert len(Post.of(amina).letters()) <= 3


def test_nobody_uses_us_as_a_post_office(amina, femi) -> None:
    """Words of whoever wrote an address into From reach nobody there as a letter of ours."""
    old = tokens.address(What.ANSWER, person=amina.pk, item=1, days=-1)
    good = tokens.address(What.ANSWER, person=amina.pk, item=1, days=9)
    for sender in ("victim@phone.example", femi.email):
        for to in (old, good, f"exchange@{DOMAIN}", f"ask@{DOMAIN}"):
            raw = stranger_mail(sender, "Buy hornbills now")
            deliver(raw, envelope_from="spam@evil.example", envelope_to=to)

    told = OutgoingMail.objects.exclude(item__startswith="confirm")
    assert not told.filter(text__contains="hornbills").exists()
    assert not OutgoingMail.objects.filter(
        to_address="victim@phone.example", text__contains="hornbills"
    ).exists()


def test_a_flood_in_their_name_does_not_keep_their_own_receipts_away(monkeypatch, amina) -> None:
    monkeypatch.setattr("exchange.mail.receiving.answering.MOST_TO_MEMBERS", 3)
    for _ in range(5):
        Post.of(amina).write("exchange", "help", headers=CLAIMED)

    Post.of(amina).write("ask", MORE, subject=ASKED)

    assert Post.of(amina).newest().subject == "What you wrote is out"


def test_our_own_letter_sent_back_to_us_ends_there(amina) -> None:
    Post.of(amina).write("exchange", "help")
    ours = bytes(letters.compose(Post.of(amina).newest()))
    before = OutgoingMail.objects.count()

    for to in ("ask", "exchange", "concern"):
        row = deliver(ours, envelope_from=amina.email, envelope_to=f"{to}@{DOMAIN}")
        assert row.state == "ignored"
    renamed = ours.replace(b"Message-ID: <", b"Message-ID: <x").replace(b"Auto-Submitted", b"X-Was")
    row = deliver(renamed, envelope_from=amina.email, envelope_to=f"ask@{DOMAIN}")

    assert row.outcome == "our-own-address"
    assert OutgoingMail.objects.count() == before
    assert not Contribution.objects.exists()


def test_a_list_that_writes_in_its_own_name_posts_nothing(amina) -> None:
    raw = stranger_mail("Amina via List <list@lists.example>", MORE)
    deliver(raw, envelope_from="list-bounces@lists.example", envelope_to=f"ask@{DOMAIN}")

    assert not Contribution.objects.exists()


def test_a_forged_report_of_a_bounce_stops_nobody(amina) -> None:
    Post.of(amina).write("exchange", "help")
    mail = Post.of(amina).newest()
    # Whoever has a copy has the address it comes back to. On one day it counts once.
    back = letters.envelope_sender(mail)
    for number in range(5):
        report = (
            f"From: MAILER-DAEMON@x\r\nTo: {back}\r\nMessage-ID: <{number}@x>\r\n"
            "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
            "--b\r\n\r\nno such user\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
            f"Reporting-MTA: dns; x\r\n\r\nFinal-Recipient: rfc822; {amina.email}\r\n"
            "Action: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n"
        )
        deliver(report.encode(), envelope_from="", envelope_to=back)
    guessed = back.replace(back[10:14], "aaaa")
    deliver(report.encode(), envelope_from="", envelope_to=guessed)

    standing = Standing.objects.get()
    assert (standing.state, standing.hard) == (Standing.State.WELL, 1)


def test_scanners_that_open_every_link_change_nothing(amina, femi) -> None:
    Post.of(amina).write("ask", MORE, subject=ASKED)
    row = Contribution.objects.get()
    Post.of(femi).write("exchange", f"follow {row.pk}")
    Post.of(femi).write("exchange", f"text {row.pk}")
    Post.of(femi).answer(ANSWER)
    Post.of(femi).write("exchange", "find zebrafinch")
    Post("zuri@phone.example").write("exchange", "join")
    stop = tokens.make(What.STOP_ALL, person=amina.pk)
    Client().post(f"/mail/stop/{stop}/", {"List-Unsubscribe": "One-Click"})
    worker.run_until_idle()
    before = state()

    links = set()
    for mail in OutgoingMail.objects.all():
        whole = f"{mail.text} {mail.html} {mail.headers}"
        links |= set(re.findall(rf"{re.escape(live.BASE_URL)}(/[^\s\"'<>)]*)", whole))
    assert any("/mail/stop" in link for link in links)
    for link in links:
        for method in ("get", "head", "options"):
            got = getattr(Client(), method)(link.replace("&amp;", "&"), follow=True)
            assert got.status_code < 500, link
    worker.run_until_idle()

    assert state() == before


def state() -> list[object]:
    """What a look must not change."""
    return [
        sorted(map(str, model.objects.values()))
        for model in (Wishes, Follow, Member, Contribution, Reply, OutgoingMail)
    ]


@pytest.mark.parametrize("body", ["", "List-Unsubscribe=Two-Click", "x=1"])
def test_a_post_that_says_nothing_stops_nothing(amina, body) -> None:
    stop = tokens.make(What.STOP_ALL, person=amina.pk)
    form = "application/x-www-form-urlencoded"

    assert Client().post(f"/mail/stop/{stop}/", body, content_type=form).status_code == 422
    assert not Wishes.objects.exclude(stopped_at=None).exists()

    assert (
        Client()
        .post(f"/mail/stop/{stop}/", "List-Unsubscribe=One-Click", content_type=form)
        .status_code
        == 200
    )
    assert Wishes.objects.get(member=amina).stopped_at is not None


def test_settings_of_mail_need_the_form_of_their_own_page(amina, femi) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(amina)
    for path, given in (
        ("/me/mail/act/", {"what": "stop"}),
        ("/me/mail/wishes/", {"rhythm": "daily"}),
        ("/me/mail/change/", {"what": "watch:1", "level": "off"}),
    ):
        assert strict.post(path, given).status_code == 403, path
    assert not Wishes.objects.exclude(stopped_at=None).exists()


def test_numbers_of_others_are_nobodys(amina, femi) -> None:
    Post.of(amina).write("ask", MORE, subject=ASKED)
    Post.of(femi).write("exchange", "follow Kenya")
    watch = femi.watches.get() if hasattr(femi, "watches") else None
    client = cast.signed_in(Client(), amina)
    number = watch.pk if watch else 1

    got = client.post("/me/mail/change/", {"what": f"watch:{number}", "level": "off"})

    assert got.status_code == 404
    assert "Kenya" in str(client.get("/me/mail/").content) or got.status_code == 404
