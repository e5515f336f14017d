"""More attacks by mail: what stays after words were sealed, and what stands in our letters.
All through the spool and the worker, as real mail goes. Run by pytest alone."""

from __future__ import annotations

import re

import pytest
from django.conf import settings as live

from exchange.contributions import sealing
from exchange.contributions.actions import submit, withdraw
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution, Draft
from exchange.conversation.models import Follow, Reply
from exchange.core.time import now
from exchange.ledger import worker
from exchange.ledger.models import Delivery, Event
from exchange.mail import letters
from exchange.mail.actions import About, queue_mail
from exchange.mail.models import IncomingMail, OutgoingMail
from exchange.mail.paper import Paper, Piece
from exchange.mail.receiving import keeping
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
    come_back(digest_like(femi))
    assert Reply.objects.exists()

    if how == "sealed":
        sealing.seal(contribution=row)
    else:
        withdraw(contribution=row, by=amina)
    worker.run_until_idle()

    OutgoingMail.objects.filter(purpose="digest").delete()
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


def digest_like(member: Member) -> OutgoingMail:
    """A letter with many things in it."""
    mail = queue_mail(
        to=member.email,
        subject="New this week",
        text=f"{ASKED}\n{MORE}",
        purpose="digest",
        key="digest:1",
        about=About(person=member.pk, item="digest:2026-W47"),
    )
    # What becomes of the letter itself is the digests' own matter.
    OutgoingMail.objects.filter(pk=mail.pk).update(state="sent")
    return mail


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
    # Thirteen looks like "IE" to the eye, and is no country all the same.
    if row.pk != 13:
        assert post.write("exchange", "follow 13").outcome == "follow-unknown"
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
