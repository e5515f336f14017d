"""What stands in a digest, and how it is written.
Run by pytest alone."""

import re
from datetime import timedelta

import pytest

from exchange.alerts.models import Digest, Waiting
from exchange.contributions.models import Contribution
from exchange.conversation.actions import answer
from exchange.conversation.models import Follow, SavedMatch, SavedSearch
from exchange.core.time import now
from exchange.ledger import worker
from exchange.mail import tokens
from exchange.mail.models import OutgoingMail
from exchange.mail.tokens import What
from exchange.members.models import Member
from tests.alerts.digests.conftest import come_round, digests, said, watching, wishing

pytestmark = pytest.mark.django_db

LATER = now() + timedelta(days=400)


def following(member, row, level="digest"):
    """Since before anybody answered."""
    Follow.objects.update_or_create(
        member=member,
        contribution=row,
        defaults={"level": level, "at": now() - timedelta(days=30)},
    )


def answered(row, author, body="We take turns, the oldest first."):
    reply = answer(contribution=row, author=author, body=body, language="en")
    worker.run_until_idle()
    return reply


def headings(mail):
    """The sections of a mail, in order."""
    return re.findall(r"^(.+)\n=+$", mail.text, re.MULTILINE)


# --- what stands in it ---


def test_a_digest_brings_what_is_new_with_its_first_lines_and_how_to_answer(amina, femi, digest_of):
    wishing(amina)
    watching(amina)
    row = said(femi, "Who opens your meetings?", body="We wonder.", countries=("KE",))

    mail = digest_of(amina)

    assert mail.subject == "Your digest: one thing is new"
    for words in (
        "New on your topics and places",
        f"{row.title}\nQuestion · Kenya · waiting for an answer\nWe wonder.\n",
        f"http://testserver{row.get_absolute_url()}\n",
        "You get this once a week because of what you follow.",
    ):
        assert words in mail.text
    address = re.search(r"Answer by e-mail: reply\+(\w+)@testserver", mail.text)
    token = tokens.read(address[1])
    assert (token.what, token.person, token.item) == (What.ANSWER, amina.pk, row.pk)
    assert f'href="mailto:reply+{address[1]}@testserver"' in mail.html
    # It is the only thing an answer to the whole mail can mean.
    assert mail.text.startswith("Answer this mail, and others read your words.\n\n")
    assert mail.headers["Reply-To"] == f"<reply+{address[1]}@testserver>"


def test_the_most_important_comes_first(amina, femi, beatriz, digest_of):
    wishing(amina)
    watching(amina)
    watching(amina, kind="help", value="")
    old = said(amina, "How do you end a meeting?")
    following(amina, old)
    answered(old, femi)
    busy = said(femi, "Who keeps the minutes?")
    answered(busy, beatriz)
    alone = said(femi, "Who opens your meetings?")
    idea = said(femi, "Meet under a tree", kind="idea")

    mail = digest_of(amina)

    assert headings(mail) == [
        "Questions you can help with",
        "New answers to what you follow",
        "New on your topics and places",
    ]
    order = [mail.text.index(row.title) for row in (alone, busy, old, idea)]
    assert order == sorted(order)
    assert [entry[0] for entry in Digest.objects.get().items] == [
        "help",
        "help",
        "answers",
        "places",
    ]


def test_several_answers_to_one_question_are_one_thing(amina, femi, beatriz, digest_of):
    wishing(amina)
    row = said(amina, "How do you end a meeting?")
    following(amina, row)
    first = answered(row, femi)
    second = answered(row, beatriz, "With a song.")

    mail = digest_of(amina)

    assert mail.subject == "Your digest: one thing is new"
    assert "2 new answers. Femi answered: We take turns" in mail.text
    codes = [f"at:{row.pk}", f"reply:{first.pk}", f"reply:{second.pk}"]
    assert Digest.objects.get().items == [["answers", *codes]]


def test_what_was_found_for_a_kept_search_comes_with_it(amina, femi, digest_of):
    wishing(amina)
    row = said(femi, "Beekeeping", topics=())
    other = said(femi, "Goats", topics=())
    quiet = SavedSearch.objects.create(member=amina, name="Goats", level="each")
    search = SavedSearch.objects.create(member=amina, name="Bees", level="digest")
    SavedMatch.objects.create(search=search, contribution=row, event_id=1)
    SavedMatch.objects.create(search=quiet, contribution=other, event_id=2)

    mail = digest_of(amina)

    assert headings(mail) == ["New for your searches"]
    assert row.title in mail.text
    assert other.title not in mail.text


def test_what_waited_for_the_digest_stands_in_it_and_waits_no_more(amina, femi, digest_of):
    wishing(amina)
    row = said(femi, "Told when the week was full")
    Waiting.objects.create(member=amina, item=f"contribution:{row.pk}")
    at_dawn = Waiting.objects.create(member=amina, item="reply:99", due_at=LATER)

    mail = digest_of(amina)

    assert row.title in mail.text
    assert list(Waiting.objects.all()) == [at_dawn]


def test_what_they_wrote_were_told_or_asked_not_to_hear_of_is_left_out(amina, femi, digest_of):
    wishing(amina)
    watching(amina)
    said(amina, "My own question")
    told = said(femi, "Told by itself")
    OutgoingMail.objects.create(
        key="alert:x",
        person=amina.pk,
        item=f"contribution:{told.pk}",
        state="sent",
        message_id="<x@y>",
        created_at=now(),
    )
    unwanted = said(femi, "Not this one")
    following(amina, unwanted, level="off")

    assert digest_of(amina) is None


def test_what_is_told_at_once_does_not_come_again(amina, femi, digest_of):
    wishing(amina)
    watching(amina, level="each")
    row = said(amina, "How do you end a meeting?")
    following(amina, row, level="each")
    answered(row, femi)
    said(femi, "Who opens your meetings?")
    assert OutgoingMail.objects.filter(to_address=amina.email, purpose="alert").exists()

    assert digest_of(amina) is None


def test_what_stood_there_when_they_began_to_follow_is_not_news(amina, femi, digest_of):
    wishing(amina)
    row = said(femi, "Who opens your meetings?", topics=())
    answered(row, femi)
    Follow.objects.create(member=amina, contribution=row, level="digest")

    assert digest_of(amina) is None


def test_of_very_much_twelve_are_shown_and_the_rest_is_a_number(amina, femi, beatriz, digest_of):
    wishing(amina)
    watching(amina)
    for n in range(15):
        said(femi, f"Idea number {n}", kind="idea")
    row = said(amina, "How do you end a meeting?", topics=())
    following(amina, row)
    answered(row, beatriz)

    mail = digest_of(amina)

    period = Digest.objects.get().period
    assert mail.subject == "Your digest: 16 things are new"
    assert mail.text.count("Answer by e-mail: ") == 12
    assert "Reply-To" not in mail.headers
    assert f"And 4 more:\nhttp://testserver/me/mail/digest/{period}/" in mail.text
    assert row.title in mail.text
    assert len(Digest.objects.get().items) == 16


# --- how it is written ---


@pytest.mark.parametrize("content", ["full", "teaser"])
def test_however_much_there_is_the_page_is_light(amina, femi, digest_of, content):
    wishing(amina, content=content)
    watching(amina)
    for n in range(14):
        row = said(femi, f"Idea {n}", kind="idea")
        Contribution.objects.filter(pk=row.pk).update(title="ሀለሐመ " * 30, body="ሀለሐመሠረሰሸ " * 400)

    mail = digest_of(amina)

    assert len(mail.html.encode()) * 4 / 3 < 20_000
    assert "</html>" in mail.html
    assert re.search(r"And \d+ more:", mail.text)


def test_nothing_in_it_tells_who_looked_or_comes_from_elsewhere(amina, femi, digest_of):
    wishing(amina)
    watching(amina)
    said(femi, "Who opens?", body="![a](https://evil.example/p.png) <img src=https://evil.example>")

    mail = digest_of(amina)

    assert "<img" not in mail.html
    assert "<script" not in mail.html
    places = re.findall(r'(?:href|src)="([^"]+)"', mail.html)
    assert all(place.startswith(("http://testserver/", "mailto:reply+")) for place in places)


def test_who_wishes_a_notice_gets_numbers_and_a_neutral_subject(amina, femi, digest_of):
    wishing(amina, content="notice")
    watching(amina)
    row = said(femi, "Who opens your meetings?")

    mail = digest_of(amina)

    assert mail.subject == "A message for you"
    assert "New on your topics and places: 1" in mail.text
    assert "/me/mail/digest/" in mail.text
    assert row.title not in mail.text + mail.html


def test_a_phone_that_others_look_at_gets_a_neutral_subject(amina, femi, digest_of):
    Member.objects.filter(pk=amina.pk).update(neutral_subjects=True)
    wishing(amina)
    watching(amina)
    row = said(femi, "Who opens your meetings?")

    mail = digest_of(amina)

    assert mail.subject == "A message for you"
    assert row.title in mail.text


def test_a_teaser_is_shorter(amina, femi, digest_of):
    body = "We sat together under a tree and talked about words for long. " * 8
    wishing(amina)
    wishing(femi, content="teaser")
    watching(amina)
    watching(femi)
    said(amina, "From Amina", body=body)
    said(femi, "From Femi", body=body)

    come_round()

    full, teaser = digests(amina)[0], digests(femi)[0]
    assert full.text.count("talked about words") == 8
    assert teaser.text.count("talked about words") == 3


def test_it_is_written_in_their_language_from_right_to_left(amina, femi, digest_of):
    Member.objects.filter(pk=amina.pk).update(languages="ar en")
    wishing(amina)
    watching(amina)
    row = said(femi, "Who opens your meetings?")

    mail = digest_of(amina)

    assert mail.language == "ar"
    assert f"http://testserver/ar{row.get_absolute_url()}" in mail.text
    assert '<html lang="ar" dir="rtl">' in mail.html
    assert re.search(r'<h2[^>]* lang="en" dir="ltr"', mail.html)


def test_it_can_be_stopped_by_one_click_and_says_which_list_it_is(amina, femi, digest_of):
    wishing(amina)
    watching(amina)
    said(femi, "Who opens your meetings?")

    mail = digest_of(amina)

    assert "digest.testserver" in mail.headers["List-Id"]
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    one_click = re.search(r"/mail/stop/(\w+)/", mail.headers["List-Unsubscribe"])[1]
    token = tokens.read(one_click)
    assert (token.what, token.person) == (What.STOP_DIGEST, amina.pk)
    # A copy that is passed on holds no key to it.
    assert one_click not in mail.text + mail.html
    assert "/mail/stop/" in mail.text
