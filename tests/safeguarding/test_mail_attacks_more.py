"""More attacks by mail: what stays after words were sealed, what stands in our letters, floods, scanners.
All through the spool and the worker, as real mail goes. Run by pytest alone."""

from __future__ import annotations

import re
from email.message import EmailMessage
from email.utils import make_msgid

import pytest
from django.conf import settings as live
from django.test import Client

from exchange.alerts.models import Wishes
from exchange.contributions import sealing
from exchange.contributions.actions import submit, withdraw
from exchange.contributions.bymail import strangers
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution, Draft
from exchange.conversation.models import Follow, Reply
from exchange.core.time import now
from exchange.ledger import worker
from exchange.ledger.models import Delivery, Event
from exchange.mail import letters, tokens
from exchange.mail.actions import About, queue_mail
from exchange.mail.models import IncomingMail, OutgoingMail, Standing
from exchange.mail.paper import Paper, Piece
from exchange.mail.receiving import keeping
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


# --- what stays after words were taken out of view ---


def stored(place) -> str:
    """All that is stored of mail: rows, drafts, the ledger, and every file in and out."""
    models = (IncomingMail, OutgoingMail, Draft, Event, Delivery)
    rows = [str(row) for model in models for row in model.objects.values()]
    files = [path.read_bytes().decode("latin-1") for path in place.rglob("*") if path.is_file()]
    return "\n".join([*rows, *files])


@pytest.mark.parametrize("how", ["sealed", "withdrawn"])
def test_sealed_words_are_in_no_mail_of_anybody(how, amina, femi, tmp_path) -> None:
    Post.of(amina).write("ask", MORE, subject=ASKED)
    row = Contribution.objects.get()
    first = keeping.raw_of(IncomingMail.objects.get().arrival)
    deliver(first, envelope_from=amina.email, envelope_to=f"ask@{DOMAIN}")
    assert IncomingMail.objects.latest("pk").outcome == "duplicate"
    post = Post.of(femi)
    post.write("exchange", f"text {row.pk}")
    letter = post.newest()
    post.answer(ANSWER, letter=letter)
    post.answer("thank you all", letter=letter, headers=CLAIMED)
    post.answer("each", letter=letter)
    post.write("exchange", f"follow {row.pk}")
    post.write("exchange", "list")
    post.write("exchange", "find zebrafinch")
    Post("stranger@example.net").answer("I know better", letter=letter)
    come_back(letter)
    assert Reply.objects.exists()

    if how == "sealed":
        sealing.seal(contribution=row)
    else:
        withdraw(contribution=row, by=amina)
    worker.run_until_idle()

    everything = stored(tmp_path)
    for words in ("Marabou", "Zebrafinch"):
        assert words not in everything, excerpts(everything, words)


def come_back(letter: OutgoingMail) -> None:
    """The letter itself, once as a loop and once in a report of a bounce."""
    ours = bytes(letters.compose(letter))
    assert "Marabou" in ours.decode()
    deliver(ours, envelope_from="femi@example.org", envelope_to=f"ask@{DOMAIN}")
    back = letters.envelope_sender(letter)
    report = (
        f"From: MAILER-DAEMON@x\r\nTo: {back}\r\nMessage-ID: <1@x>\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        "--b\r\n\r\nno such user\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; x\r\n\r\nAction: failed\r\nStatus: 4.2.2\r\n\r\n"
        "--b\r\nContent-Type: message/rfc822\r\n\r\n"
    )
    deliver(report.encode() + ours + b"\r\n--b--", envelope_from="", envelope_to=back)


def excerpts(everything: str, words: str) -> list[str]:
    return [everything[m.start() - 200 : m.start() + 40] for m in re.finditer(words, everything)]


def test_a_letter_about_nothing_that_is_there_says_the_same(amina, femi) -> None:
    """Held, sealed, withdrawn, waiting or never there: nobody can tell which."""
    Post.of(amina).write("ask", MORE, subject=ASKED)
    row = Contribution.objects.get()
    sealing.seal(contribution=row)
    worker.run_until_idle()
    post, told = Post.of(femi), []
    for number in (row.pk, 999_999):
        post.write("exchange", f"text {number}")
        told.append(post.newest().text.replace(str(number), "N"))
        post.write("exchange", f"follow {number}")
        told.append(post.newest().text.replace(str(number), "N"))

    assert told[0] == told[2]
    assert told[1] == told[3]
    assert not Follow.objects.filter(member=femi).exists()


def test_the_ledger_and_the_keys_hold_no_address_and_no_word(amina, caplog) -> None:
    with caplog.at_level("DEBUG"):
        Post.of(amina).write("ask", MORE, subject=ASKED)
        Post("zuri@phone.example").write("ask", MORE, subject=ASKED)
        Post.of(amina).write("concern", MORE)
    said = str(list(Event.objects.values())) + str(list(Delivery.objects.values()))
    said += str(list(OutgoingMail.objects.values_list("key", "item", "purpose", "last_error")))
    said += "".join(line.getMessage() for line in caplog.records if "exchange" in line.name)
    for words in ("amina@", "zuri@", "Marabou", "Zebrafinch"):
        assert words not in said


def test_receipts_go_to_whom_it_is_from_and_to_nobody_else(amina) -> None:
    Post.of(amina).write(
        "ask",
        MORE,
        subject=ASKED,
        headers={
            "Reply-To": "mallory@evil.example",
            "Sender": "mallory@evil.example",
            "Return-Path": "<mallory@evil.example>",
            "Disposition-Notification-To": "mallory@evil.example",
            "Errors-To": "mallory@evil.example",
        },
    )

    assert set(OutgoingMail.objects.values_list("to_address", flat=True)) == {amina.email}


# --- what stands in our letters ---

NASTY = (
    "<script>alert(1)</script> <img src=https://evil.example/x.png> ![x](https://evil.example/y.png)"
    " [go](javascript:alert(1)) <style>*{color:red}</style> <a href='data:text/html,x'>d</a>"
    " <div style='position:fixed' onclick=x()>cover</div> [x](vbscript:x) &lt;b&gt;"
)


def test_words_bring_no_markup_into_a_letter(amina, femi) -> None:
    row = submit(kind="question", content=Content(title="<b>Elders</b>", body=NASTY), author=amina)
    worker.run_until_idle()
    Post.of(femi).write("exchange", f"text {row.pk}")
    page = Post.of(femi).newest().html

    for tag in ("<script", "<img", "<div style='position", "<b>"):
        assert tag not in page, tag
    linked = re.findall(r"(?:href|src)=\"([^\"]*)\"", page)
    assert all(one.startswith(("http://", "https://", "mailto:")) for one in linked)
    assert not re.search(r"<[^>]+\son\w+=", page)
    assert not re.search(r"(?:src|background|url)\s*[=(]\s*[\"']?https?:", page)


def test_a_link_that_shows_one_place_and_leads_to_another_says_so() -> None:
    said = f"Please [{live.BASE_URL}/sign-in/](https://evil.example/in) now."
    page = Paper("A word", (Piece("words", said),)).html

    assert "evil.example" in re.sub(r"<[^>]*>", "", page)


CONTROLS = ["\r\nBcc: x@evil.example", "\n\nBody", "\x00", "\x0b", "\u2028Bcc: x", "\x85Bcc: x"]


@pytest.mark.parametrize("nasty", CONTROLS)
def test_nothing_breaks_out_of_a_header(amina, nasty) -> None:
    raw = (
        f"Authentication-Results: {AUTHSERV}; dmarc=pass header.from=example.org\r\n"
        f"From: =?utf-8?q?A{_coded(nasty)}?= <{amina.email}>\r\nTo: ask@{DOMAIN}\r\n"
        f"Subject: =?utf-8?q?Elders{_coded(nasty)}_and_tea?=\r\n"
        f"Message-ID: <a{nasty[-1]}b@x>\r\nIn-Reply-To: <c\x01d@x>\r\nReferences: <e\x02f@x>\r\n"
        f"\r\n{MORE}\r\n"
    )
    deliver(raw.encode("utf-8"), envelope_from=amina.email, envelope_to=f"ask@{DOMAIN}")

    assert Post.of(amina).letters(), "a receipt or a question went all the same"
    for mail in OutgoingMail.objects.all():
        head = bytes(letters.compose(mail)).split(b"\r\n\r\n")[0]
        assert b"evil.example" not in head or b"\nBcc" not in head
        names = {line.split(b":")[0].lower() for line in head.split(b"\r\n") if line[:1] != b" "}
        assert b"bcc" not in names


def _coded(words: str) -> str:
    return "".join(f"={byte:02X}" for byte in words.encode("utf-8"))


@pytest.mark.parametrize(
    "name",
    [
        "Ann\r\nBcc: x@evil.example",
        "Ann <x@evil.example>",
        "\u202ennA",
        "Ann\u2028Bcc: x",
        '"',
        ",",
    ],
)
def test_a_name_stays_a_name_in_from(name) -> None:
    mail = queue_mail(
        to="femi@example.org",
        subject="New",
        text="New",
        purpose="alert",
        about=About(shown_from=name[:80]),
    )
    raw = bytes(letters.compose(mail))
    head = raw.split(b"\r\n\r\n")[0]
    assert head.count(b"\nFrom:") + head.startswith(b"From:") == 1
    assert b"\nBcc" not in head
    assert b"evil.example" not in head


# --- floods, loops and scanners ---


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
