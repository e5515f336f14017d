"""Whatever stands around them, in whatever program, a person's words are found again."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.mail.reading import bench
from exchange.mail.reading.actions import open_mail
from tests.mail.reading.programs import PROGRAMS, plain

WORDS = [
    "we",
    "meet",
    "on",
    "Sunday",
    "the",
    "nurse",
    "wrote",
    "from",
    "Nairobi",
    "regards",
    "sent",
    "this",
    "mail",
    "is",
    "On",
    "Le",
    "El",
    "في",
    "kwa",
    "mtoto",
    "école",
    "niños",
    "reunião",
    "الأطفال",
    "ልጆች",
    "बच्चे",
    "3",
    "116",
    "yes",
    "no",
    "thanks",
    "--",
    "*",
    "#",
    "forms:",
    "subject:",
    "To:",
    "confidential",
    "original",
    "message",
    "error",
    "delete",
    "number",
]
OURS = "How do you keep village committees going?\nFemi answered:\n\nWe meet under a tree.\nYou?"
# Dashes alone may stand above a signature, so nobody can tell.
line = (
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=12)
    .map(" ".join)
    .filter(lambda said: said.strip("-# *"))
)
own = st.lists(line, max_size=4).map("\n".join)


def letters(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(PROGRAMS)), own, own, own)
def test_words_above_between_and_below_a_quote_are_never_lost(program, above, between, below):
    opened = open_mail(PROGRAMS[program](above, between, below, OURS))
    assert bench.lost(f"{above}\n{between}\n{below}", opened.words) == []


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(PROGRAMS)), own, own, own)
def test_the_pieces_hold_everything_and_each_is_own_or_says_why_not(program, above, between, below):
    opened = open_mail(PROGRAMS[program](above, between, below, OURS))
    for text in (above, between, below, OURS):
        assert bench.lost(text, opened.whole) == []
    assert all(piece.own == (not piece.why) for piece in opened.pieces)
    said = " ".join(piece.text for piece in opened.pieces if piece.own)
    assert letters(said) == letters(opened.words)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400))
def test_pieces_of_plain_text_joined_are_the_text(text):
    opened = open_mail(plain(text))
    assert letters(opened.whole) == letters(open_mail(plain(f"> {text}")).whole) or "\n" in text
    assert "".join(opened.whole.split()) == "".join(
        "".join(piece.text.split()) for piece in opened.pieces
    )


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=600))
def test_no_bytes_are_too_strange_to_open(raw):
    assert isinstance(open_mail(raw).words, str)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(("text", "gmail", "outlook", "samsung")), line, line)
def test_words_typed_into_a_quote_are_found_with_the_mail_that_was_sent(program, first, second):
    typed = f"zebra {first}"
    quote = OURS.replace("\n\n", f"\n{typed}\n\n", 1)
    opened = open_mail(PROGRAMS[program](second, "", "", quote), sent_text=OURS)
    assert bench.lost(typed, opened.words) == []


@pytest.mark.parametrize("program", sorted(PROGRAMS))
def test_an_answer_above_is_exactly_the_answer(program):
    answer = "We meet on Sundays.\n\nThanks, Amina"
    opened = open_mail(PROGRAMS[program](answer, "", "", OURS))
    assert opened.words == answer
    assert "under a tree" in opened.cut
