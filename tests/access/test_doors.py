"""Ways out that are no page: search, feeds, harvests, letters, mails to the Exchange.
Run by pytest alone."""

from __future__ import annotations

from collections import defaultdict

import pytest
from django.core.cache import cache
from django.urls import reverse

from exchange.contributions.models import State
from exchange.conversation.models import Reply
from exchange.core.page_cache import shelf
from exchange.mail import tokens
from exchange.mail.models import OutgoingMail
from exchange.mail.tokens import What
from tests.access.looking import open_at, words_of
from tests.access.marks import MAY_SEE, World
from tests.access.people import LOOKERS
from tests.bymail import Post

pytestmark = pytest.mark.django_db

# Everybody's: lists, feeds, harvests, calendars, told elsewhere, and what programs ask for.
OPEN = (
    "/questions/",
    "/experiences/",
    "/discussions/",
    "/notices/",
    "/library/",
    "/webinars/",
    "/calendar.ics",
    "/briefs/feed.xml",
    "/newsletters/feed.xml",
    "/webinars/podcast.xml",
    "/oai?verb=ListRecords&metadataPrefix=oai_dc",
    "/oai?verb=ListIdentifiers&metadataPrefix=oai_dc",
    "/library/export/ris/",
    "/topics/child-participation/",
    "/countries/ke/",
    "/people/",
    "/hubs/",
    "/hubs/near/",
    "/translations/",
    "/desk/log/table.csv",
    "/desk/figures/all.zip",
)
LANGUAGES = ("", "/fr", "/ar")


def read(here: World, who: str, path: str) -> str:
    cache.clear()
    shelf.clear()
    return words_of(open_at(here.browsers[who], path), path)


@pytest.mark.parametrize("who", LOOKERS)
def test_lists_and_feeds_show_each_person_their_own_alone(here: World, who: str) -> None:
    leaks = {
        path: sorted(found)
        for path in (*OPEN, *(f"{language}/questions/" for language in LANGUAGES[1:]))
        if (found := here.leaks(who, read(here, who, path)))
    }

    assert leaks == {}


def test_search_finds_for_each_person_what_they_may_see(here: World) -> None:
    """Each word is looked for, in search and in the lists that are offered while one types."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, mark in here.words.items():
        for who in ("visitor", "outsider", "member", "former", "host resting", "host"):
            for path in (f"/search/?q={mark}", f"/search/suggest?q={mark[:5]}"):
                text = read(here, who, path).replace(mark, "")
                titles = read(here, who, path).count(f"Lanterns {mark}")
                assert not (titles and not here.may_see(who, name)), (who, name)
                assert not here.leaks(who, text), (who, name)
                found[who] |= {name} if titles else set()

    assert "public question" in found["visitor"]


def test_every_letter_holds_only_what_its_reader_may_see(here: World) -> None:
    """All that the worker wrote while the world was made, whoever it goes to."""
    by_address = {here.members[who].email: who for who in LOOKERS if who in here.members}
    wrong, with_words = [], 0
    for letter in OutgoingMail.objects.all():
        who = by_address.get(letter.to_address, "")
        seen = here.seen_in(f"{letter.subject}\n{letter.text}\n{letter.html}")
        with_words += bool(seen)
        for name in seen:
            if who and not here.may_see(who, name) and (letter.purpose, name) not in _TOLD:
                wrong.append(f"{letter.purpose} to {who}: {name}")
            if not who and here.audiences[name] != "everybody" and not _is_between(letter, name):
                wrong.append(f"{letter.purpose} to {letter.to_address}: {name}")

    assert wrong == []
    assert with_words > 10


# Letters that carry a word to somebody no page shows it to, on purpose: purpose and object.
_TOLD: set[tuple[str, str]] = set()
# Femi, who looks at nothing, writes to Amina and asks to come in; Zawadi was invited by a letter.
_FEMIS = {"message", "message of the other", "public reply", "claim", "words of who asks", "group"}


def _is_between(letter: OutgoingMail, name: str) -> bool:
    if letter.to_address == "femi@example.org":
        return name in _FEMIS
    return name in {"group", "who was invited", "subscriber"} and letter.purpose in {
        "space-invite",
    }


STRANGERS = ("outsider", "former", "blocked")


@pytest.mark.parametrize("who", STRANGERS)
def test_a_mail_that_asks_for_it_is_told_nothing(here: World, who: str) -> None:
    """By number, by word, and by answering with somebody else's token."""
    post = Post.of(here.members[who])
    before = len(post.letters())
    for name in ("inside discussion", "waiting question", "sealed question", "meeting"):
        for words in (f"text {here.at[name]}", f"search {here.words[name]}", f"find {name}"):
            post.write("exchange", words, subject=words)
    told = post.letters()[before:]

    assert told
    whole = "\n".join(f"{one.subject}\n{one.text}" for one in told).casefold()
    # The word asked for stands in the answer; what it stands in does not.
    shown = {name for name, mark in here.words.items() if f"lanterns {mark}" in whole}
    assert {name for name in shown if not here.may_see(who, name)} == set()


@pytest.mark.parametrize("who", STRANGERS)
def test_an_answer_with_the_token_of_somebody_inside_says_and_shows_nothing(
    here: World, who: str
) -> None:
    amina, at = here.members["author"], here.at
    before = Reply.objects.filter(contribution_id=at["inside discussion"]).count()
    post = Post.of(here.members[who])
    letters = len(post.letters())
    for what, item in (
        (What.ANSWER, at["inside discussion"]),
        (What.ANSWER_TO, at["inside reply"]),
        (What.TALK, at["group"].pk),
        (What.PAPER_ANSWER, at["notes"]),
        (What.MESSAGE, at["correspondence"]),
        (What.PAIR_PROMPT, at["pair"]),
    ):
        for person in (amina.pk, here.members[who].pk):
            post.write(tokens.address(what, person=person, item=item), "I write from outside.")

    assert Reply.objects.filter(contribution_id=at["inside discussion"]).count() == before
    assert not Reply.objects.filter(body__contains="from outside", state=State.INSIDE).exists()
    told = "\n".join(f"{one.subject}\n{one.text}" for one in post.letters()[letters:])
    assert not here.leaks(who, told)


def test_a_face_of_the_group_is_not_there_for_who_does_not_know_of_it(here: World) -> None:
    for who in LOOKERS:
        answer = open_at(here.browsers[who], reverse("hubs:space", args=["kitui"]))
        knows = who in MAY_SEE["name of the group"]
        assert answer.status_code == (200 if knows else 404)
