"""People we do not know: one kind answer a day in their language, nothing published.
Read by pytest alone."""

import pytest

from exchange.contributions.bymail import strangers
from exchange.contributions.models import Contribution
from exchange.members.models import Member
from tests.bymail import DISOWNED, Post

ASKED = "How do you begin with the elders in a place like ours?"


def test_a_stranger_is_answered_once_a_day_and_their_words_are_kept() -> None:
    nia = Post("nia@example.net", "Nia")

    first = nia.write("ask", ASKED, subject="A question")
    second = nia.write("exchange", "And one more thing about it.")

    assert not Contribution.objects.exists()
    assert (first.state, first.outcome, first.words) == ("kept", "unknown-answered", ASKED)
    assert (second.state, second.outcome) == ("kept", "unknown-kept")
    assert len(nia.letters()) == 1
    assert "JOIN" in nia.newest().text
    assert ASKED not in nia.newest().text


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("Comment avez-vous commencé avec les familles dans votre région ?", "fr"),
        ("Je, ni jinsi gani tunaweza kuanza na watoto wetu katika kata hii?", "sw"),
        ("كيف نبدأ مع اللجنة في قريتنا؟", "ar"),
        ("¿Cómo hablan con los padres cuando no quieren venir a la reunión?", "es"),
        ("Como é que vocês falam com os pais que não querem vir à reunião?", "pt"),
        (ASKED, "en"),
    ],
)
def test_they_are_answered_in_the_language_they_wrote_in(words: str, language: str) -> None:
    nia = Post("nia@example.net")

    nia.write("ask", words)

    assert nia.newest().language == language


def test_they_join_by_answering_that_letter() -> None:
    nia = Post("nia@example.net")
    nia.write("ask", ASKED)

    nia.answer("Join")
    assert not Member.objects.exists()
    assert "code of conduct" in nia.newest().text
    nia.answer("Yes")

    assert Member.objects.get().email == "nia@example.net"


def test_a_yes_to_the_first_letter_does_not_join_anybody_who_has_not_read_the_code() -> None:
    nia = Post("nia@example.net")
    nia.write("ask", ASKED)

    nia.answer("Yes")

    assert not Member.objects.exists()


def test_the_word_join_alone_is_understood_at_any_address() -> None:
    nia = Post("nia@example.net")

    incoming = nia.write("ask", "Join")

    assert incoming.outcome == "join-asked"


def test_a_sender_its_domain_disowns_is_never_answered() -> None:
    nia = Post("nia@example.net")
    disowned = {
        name: value.replace("example.org", "example.net") for name, value in DISOWNED.items()
    }

    incoming = nia.write("ask", ASKED, headers=disowned)

    assert (incoming.outcome, nia.letters()) == ("unknown-kept", [])


def test_a_flood_from_one_domain_or_in_all_is_kept_without_a_word(monkeypatch) -> None:
    monkeypatch.setattr(strangers, "MOST_TO_A_DOMAIN", 2)
    monkeypatch.setattr(strangers, "MOST_IN_ALL", 3)
    posts = [Post(f"a{n}@one.example") for n in range(3)]
    posts += [Post("b@two.example"), Post("c@three.example")]

    for post in posts:
        post.write("ask", ASKED)

    assert [len(post.letters()) for post in posts] == [1, 1, 0, 1, 0]
