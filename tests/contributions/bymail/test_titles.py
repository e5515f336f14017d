"""Titles of what comes by mail.
Read by pytest alone."""

import pytest

from exchange.contributions.bymail.titles import titled, without_prefixes


@pytest.mark.parametrize(
    ("subject", "plain", "answers"),
    [
        ("How do you begin?", "How do you begin?", False),
        ("Re: How do you begin?", "How do you begin?", True),
        ("RE: FW: How?", "How?", True),
        ("Fwd: Re: How?", "How?", False),
        ("AW: Wie?", "Wie?", True),
        ("TR : Comment ?", "Comment ?", False),
        ("Rép : Comment ?", "Comment ?", True),
        ("RES: Como?", "Como?", True),
        ("رد: كيف؟", "كيف؟", True),
        ("Re[2]: How?", "How?", True),
        ("[list] Re: How?", "How?", True),
        ("Report: what we did", "Report: what we did", False),
        ("Is: this a prefix?", "Is: this a prefix?", False),
        ("", "", False),
    ],
)
def test_what_programs_put_before_a_subject_goes(subject: str, plain: str, answers: bool) -> None:
    assert without_prefixes(subject) == (plain, answers)


def test_without_a_subject_the_first_sentence_is_the_title() -> None:
    said = titled("", "Dear all,\n\nHow do you begin? We have no chair.")

    assert said.title == "How do you begin?"
    assert said.body == "Dear all,\n\nHow do you begin? We have no chair."
    assert said.from_words


def test_a_subject_that_says_nothing_is_no_title() -> None:
    assert titled("Question", "How do you begin?").title == "How do you begin?"
    assert titled("Swali", "Tunaanzaje?").title == "Tunaanzaje?"


def test_one_sentence_alone_is_a_title_without_words_below() -> None:
    assert titled("", "How do you begin?").body == ""


def test_nothing_of_a_long_subject_is_lost() -> None:
    long = "How do you begin " + "with the elders " * 20 + "of the place?"

    said = titled(long, "We tried.")

    assert len(said.title) <= 200
    assert said.title.endswith("…")
    assert said.body == f"{long}\n\nWe tried."
