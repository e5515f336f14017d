"""Attacks by mail: writing as somebody else, tokens in the wrong hands, worries that must not get out.
All through the spool and the worker, as real mail goes. Run by pytest alone."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage
from email.utils import make_msgid

import pytest
import time_machine
from django.test import Client
from django.utils.translation import gettext, override

from exchange.alerts.models import Watch, Wishes
from exchange.contributions import sealing
from exchange.contributions.actions import submit, withdraw
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution
from exchange.conversation.models import Follow, Reply
from exchange.core.time import now
from exchange.ledger import worker
from exchange.mail import tokens
from exchange.mail.models import IncomingMail, OutgoingMail
from exchange.mail.receiving import keeping
from exchange.mail.tokens import What
from exchange.members.models import Member
from exchange.safeguarding.actions.standing import appoint
from exchange.safeguarding.models import Case, Concern
from tests import cast
from tests.bymail import AUTHSERV, DISOWNED, DOMAIN, Post, deliver, settle_in

CLAIMED = {"Authentication-Results": f"{AUTHSERV}; dmarc=none header.from=example.org"}
ASKED = "How do you begin with the elders?"
MORE = "We are four people in one district and nobody has paid us so far."
ANSWER = "We drank tea with the grandmothers first, and listened for a month."
WORRY = "I worry about the children of one house, and do not know whom to tell."


@pytest.fixture(autouse=True)
def _mail(settings, tmp_path, db) -> None:
    settle_in(settings, tmp_path)


@pytest.fixture
def question(amina: Member) -> Contribution:
    row = submit(kind="question", content=Content(title=ASKED, body=MORE), author=amina)
    worker.run_until_idle()
    return row


@pytest.fixture
def femi(db: None) -> Member:
    return cast.person("Femi", country="UG", languages="en", welcomed_at=now())


def told(member: Member, question: Contribution) -> OutgoingMail:
    """The letter that brought the question, as they asked for it."""
    Post.of(member).write("exchange", f"text {question.pk}")
    return Post.of(member).newest()


# --- writing as somebody else ---


@pytest.mark.parametrize("who", ["amina", "beatriz"])
@pytest.mark.parametrize("box", ["ask", "share", "notices", "ideas", "discuss"])
@pytest.mark.parametrize("headers", [CLAIMED, DISOWNED], ids=["none", "fail"])
def test_an_address_alone_posts_nothing_and_its_owner_is_asked(who, box, headers, request) -> None:
    member = request.getfixturevalue(who)
    post = Post.of(member)

    row = post.write(box, MORE, subject=ASKED, headers=headers)

    assert (row.state, row.outcome) == ("kept", "not-sure-who")
    assert not Contribution.objects.exists()
    with override(member.first_language):
        assert [letter.subject for letter in post.letters()] == [gettext("Was this you?")]


COMMANDS = [
    "stop",
    "stop all",
    "pause",
    "start",
    "daily",
    "monthly",
    "follow Kenya",
    "unfollow Kenya",
    "name The Exchange",
    "name Mallory",
    "country Uganda",
    "language French",
    "each",
]


@pytest.mark.parametrize("said", COMMANDS)
@pytest.mark.parametrize("headers", [CLAIMED, DISOWNED], ids=["none", "fail"])
def test_an_address_alone_changes_nothing(amina, said, headers) -> None:
    before = list(Member.objects.values())

    row = Post.of(amina).write("exchange", said, headers=headers)

    assert row.outcome == "not-sure-who"
    assert list(Member.objects.values()) == before
    assert not Watch.objects.exists()
    assert not Wishes.objects.exclude(stopped_at=None, paused_until=None).exists()


def test_a_yes_of_the_owner_does_it_once(amina) -> None:
    post = Post.of(amina)
    post.write("exchange", "country Uganda", headers=CLAIMED)
    sure = post.newest()

    assert post.answer("Yes", headers=CLAIMED).outcome == "country-changed"
    amina.refresh_from_db()
    assert amina.country == "UG"

    post.write("exchange", "country Kenya")
    assert post.answer("Yes", letter=sure).outcome == "confirmed-before"
    amina.refresh_from_db()
    assert amina.country == "KE"


def test_a_no_leaves_it_and_a_host_sees_it(amina) -> None:
    post = Post.of(amina)
    first = post.write("exchange", "stop all", headers=CLAIMED)

    assert post.answer("No", headers=CLAIMED).outcome == "confirm-denied"

    first.refresh_from_db()
    assert (first.state, first.outcome) == ("kept", "answer-of-denied")
    assert not Wishes.objects.exclude(stopped_at=None).exists()


def test_nobody_but_the_owner_says_yes(amina, femi) -> None:
    Post.of(amina).write("ask", MORE, subject=ASKED, headers=CLAIMED)
    sure = Post.of(amina).newest()

    assert Post.of(femi).answer("Yes", letter=sure).outcome == "confirm-from-another"
    assert not Contribution.objects.exists()


def test_what_only_their_mail_has_proves_them(amina, femi, question) -> None:
    letter = told(femi, question)

    Post.of(femi).answer(ANSWER, letter=letter, headers=CLAIMED)
    assert Reply.objects.get().author == femi

    Post.of(femi).write("exchange", "daily", headers={**CLAIMED, "In-Reply-To": letter.message_id})
    assert Wishes.objects.get(member=femi).rhythm == "daily"


def test_somebody_elses_message_id_proves_nothing(amina, femi, question) -> None:
    letter = told(femi, question)

    Post.of(amina).write(
        "exchange", "stop all", headers={**CLAIMED, "In-Reply-To": letter.message_id}
    )

    assert not Wishes.objects.exclude(stopped_at=None).exists()


@pytest.mark.parametrize("said", ["help", "list", "find elders", "text 1"])
def test_what_harms_nobody_is_answered_to_the_owner_alone(amina, question, said) -> None:
    written = said.replace("1", str(question.pk))
    message = forged(amina.email, written, reply_to="mallory@evil.example")

    deliver(bytes(message), envelope_from="mallory@evil.example", envelope_to=f"hello@{DOMAIN}")

    everybody = set(OutgoingMail.objects.values_list("to_address", flat=True))
    assert everybody == {amina.email}


def forged(claimed: str, words: str, *, reply_to: str = "", raw_from: str = "") -> EmailMessage:
    message = EmailMessage()
    message["From"] = claimed
    message["To"] = f"exchange@{DOMAIN}"
    message["Message-ID"] = make_msgid(domain="evil.example")
    message["Subject"] = "A word"
    if reply_to:
        message["Reply-To"] = reply_to
    message.set_content(words)
    return message


ODD = [
    "=?utf-8?q?amina=40example.org=2C?= <mallory@evil.example>",
    '"amina@example.org" <mallory@evil.example>',
    "amina@example.org <mallory@evil.example>",
    "<amina@example.org> <mallory@evil.example>",
    "amina@example.org, mallory@evil.example",
    "mallory@evil.example, amina@example.org",
    "mallory@evil.example (amina@example.org)",
    "amina@example.org (<mallory@evil.example>)",
    "=?utf-8?q?=3Camina=40example=2Eorg=3E?= <mallory@evil.example>",
    "Amina <amina@example.org\x00@evil.example>",
    "Amina <amina@example.org@evil.example>",
    "<@evil.example:amina@example.org>",
    "friends: amina@example.org, mallory@evil.example;",
    "mallory@evil.example\r\nFrom: amina@example.org",
    "amina@example.org\r\nFrom: mallory@evil.example",
]


@pytest.mark.parametrize("header", ODD)
@pytest.mark.parametrize("vouching", ["evil.example", "example.org.evil.example"])
def test_no_odd_from_is_read_one_way_and_vouched_for_another(amina, header, vouching) -> None:
    head = f"Authentication-Results: {AUTHSERV}; dmarc=pass header.from={vouching}\r\n"
    raw = f"{head}From: {header}\r\nTo: ask@{DOMAIN}\r\nSubject: {ASKED}\r\n\r\n{MORE}\r\n"

    deliver(raw.encode(), envelope_from="mallory@evil.example", envelope_to=f"ask@{DOMAIN}")

    assert not Contribution.objects.exists()


# --- tokens ---


def test_a_passed_on_mail_lets_nobody_write_as_its_owner(amina, femi, beatriz, question) -> None:
    letter = told(femi, question)

    for post in (Post.of(beatriz), Post("stranger@example.net")):
        post.answer(ANSWER, letter=letter)
        post.answer("Stop", letter=letter)

    assert not Reply.objects.exists()
    assert not Follow.objects.filter(member=femi, level="off").exists()
    assert not Wishes.objects.filter(member=femi).exclude(stopped_at=None).exists()


@pytest.mark.parametrize("gone", ["withdrawn", "sealed", "left", "paused", "expired"])
def test_a_token_is_good_for_nothing_that_is_gone(gone, femi, beatriz, question) -> None:
    letter = told(femi, question)
    end = now()
    if gone == "withdrawn":
        withdraw(contribution=question, by=question.author)
    elif gone == "sealed":
        sealing.seal(contribution=question)
    elif gone == "left":
        Member.objects.filter(pk=femi.pk).update(is_active=False, erased_at=now())
    elif gone == "paused":
        Member.objects.filter(pk=femi.pk).update(paused_until=now() + timedelta(days=9))
    else:
        end += timedelta(days=200)
    with time_machine.travel(end, tick=True):
        Post.of(femi).answer(ANSWER, letter=letter)

    assert not Reply.objects.exists()
    if gone in ("withdrawn", "sealed"):
        late = "".join(one.text for one in Post.of(femi).letters()[-1:])
        assert ASKED not in late
        assert MORE not in late


def test_stop_and_answer_tokens_are_not_each_other(femi, question) -> None:
    answer = tokens.make(What.ANSWER, person=femi.pk, item=question.pk)
    stop = tokens.make(What.STOP_ALL, person=femi.pk)
    page = tokens.make(What.PAGE_ALL, person=femi.pk)
    bounce = tokens.make(What.BOUNCE, item=1)
    visitor = Client()

    for token in (answer, bounce, tokens.make(What.LEAVE, person=femi.pk), "a" * 40):
        assert visitor.post(f"/mail/stop/{token}/", {"way": "stop"}).status_code == 404
    # The link of the page is in every copy: it is no key to the one click.
    one_click = {"List-Unsubscribe": "One-Click"}
    visitor.post(f"/mail/stop/{page}/", one_click)
    assert not Wishes.objects.exclude(stopped_at=None).exists()
    Post.of(femi).write(f"reply+{page}@{DOMAIN}", "yes")
    Post.of(femi).write(f"bounce+{stop}@{DOMAIN}", "yes")
    assert not Wishes.objects.exclude(stopped_at=None).exists()

    visitor.post(f"/mail/stop/{stop}/", one_click)
    assert Wishes.objects.get(member=femi).stopped_at is not None


def test_two_of_our_addresses_in_one_mail_are_each_what_they_are(femi, question) -> None:
    own = tokens.address(What.ANSWER, person=femi.pk, item=question.pk)
    stop = tokens.address(What.STOP_ALL, person=question.author_id)
    message = forged(femi.email, ANSWER)
    message.replace_header("To", f"{own}, {stop}")
    message["Authentication-Results"] = f"{AUTHSERV}; dmarc=pass header.from=example.org"

    for to in (own, stop):
        deliver(bytes(message), envelope_from=femi.email, envelope_to=to)

    assert Reply.objects.count() == 1
    assert not Wishes.objects.exclude(stopped_at=None).exists()


# --- a worry about a child ---


def everything_kept() -> str:
    """All that is stored of mail, in and out, as rows and as files."""
    rows = [str(row) for model in (IncomingMail, OutgoingMail) for row in model.objects.values()]
    return "\n".join(rows)


@pytest.mark.parametrize("with_token", [True, False])
def test_a_worry_on_top_of_a_letter_is_never_an_answer(
    settings, desta, femi, question, with_token
) -> None:
    appoint(member=desta, role="lead")
    letter = told(femi, question)
    post = Post.of(femi)
    heads = {"In-Reply-To": letter.message_id, "References": letter.message_id}
    to = "concern"
    if with_token:
        to = letter.headers["Reply-To"].strip("<>")
        heads["Cc"] = f"Concern@{DOMAIN}"

    post.write(to, WORRY, headers=heads)

    assert not Reply.objects.exists()
    assert Concern.objects.count() == 1
    assert Case.objects.count() == 1
    assert WORRY not in everything_kept()
    kept = [path.read_bytes() for path in settings.MAIL_IN_DIR.rglob("*.eml")]
    assert not any(WORRY.encode() in raw for raw in kept)


def test_a_second_copy_of_a_worry_keeps_no_file(settings, amina) -> None:
    message = forged(amina.email, WORRY)
    message.replace_header("To", f"concern@{DOMAIN}")
    for _ in range(2):
        deliver(bytes(message), envelope_from=amina.email, envelope_to=f"concern@{DOMAIN}")

    assert Case.objects.count() == 1
    assert not list(settings.MAIL_IN_DIR.rglob("*.eml"))
    assert WORRY not in everything_kept()
    assert keeping.raw_of(IncomingMail.objects.latest("pk").arrival) is None


def test_what_went_its_way_is_not_opened_by_a_host(amina, beatriz) -> None:
    row = Post.of(amina).write("exchange", "find zebrafinch")
    host = cast.signed_in(Client(), beatriz)

    told = host.post(f"/desk/mail/{row.pk}/", {"what": "nonsense"}, follow=True)

    assert "zebrafinch" not in told.content.decode()


def test_nobody_is_published_under_a_name_of_the_house(amina) -> None:
    for name in ("The Exchange", "Тhe Exchange", "Admin", "T\u200bhe Exchange"):
        Post.of(amina).write("exchange", f"name {name}")
        amina.refresh_from_db()
        assert amina.display_name == "Amina", name
