"""Where our own mail is quoted without marks, or an answer typed into its lines, words are found."""

import pytest

from exchange.mail.reading.actions import open_mail
from tests.mail.reading.programs import FIELDS, WROTE, marked, plain

OURS = """-=-=- You can answer above this line, or between the lines -=-=-

Two things about visits

Ines answered:

1. How many families?

2. Who goes along?

Read and answer
https://exchange.example/questions/1/

--

You get this because you wrote it.

To hear less, or nothing:
https://exchange.example/following/1/"""
OWN = "We meet on Sundays.\n\nBring the book."
TYPED = OURS.replace("families?", "families?\n\nNine.").replace("along?", "along?\n\nThe nurse.")
BESIDE = OURS.replace("families?", "families? Nine.").replace("along?", "along? The nurse.")


@pytest.mark.parametrize("head", [FIELDS, WROTE, "The Exchange wrote:", ""])
def test_an_answer_above_our_unmarked_mail_is_found(head):
    assert open_mail(plain(f"{OWN}\n\n{head}\n\n{OURS}")).words == OWN


@pytest.mark.parametrize("head", [FIELDS, WROTE])
def test_an_answer_below_our_unmarked_mail_is_found(head):
    assert open_mail(plain(f"{head}\n\n{OURS}\n\n{OWN}")).words == OWN


def test_answers_between_our_numbered_questions_are_found():
    assert open_mail(plain(f"{FIELDS}\n\n{TYPED}")).words == "Nine.\n\nThe nurse."


@pytest.mark.parametrize("quote", [marked(BESIDE), BESIDE])
def test_answers_on_the_lines_of_our_questions_are_found(quote):
    assert open_mail(plain(f"{WROTE}\n\n{quote}")).words == "Nine.\n\nThe nurse."


def test_with_the_mail_that_was_sent_every_typed_line_is_found():
    typed = OURS.replace("Ines answered:", "Ines answered:\n\nDear Ines, see below.")
    opened = open_mail(plain(f"Hello.\n\n{FIELDS}\n\n{typed}"), sent_text=OURS)
    assert opened.words == "Hello.\n\nDear Ines, see below."


def test_marks_below_the_end_of_our_mail_are_the_persons():
    text = f"{WROTE}\n\n{marked(OURS)}\n\nWe note:\n\n> urgent\n\nand run."
    assert open_mail(plain(text)).words == "We note:\n\n> urgent\n\nand run."


@pytest.mark.parametrize(
    "glued",
    [
        f"We are nine. {WROTE}\n\n{marked(OURS)}",
        f"We are nine.\n\nOn Thu, 19 Nov 2026, The Exchange\n<a@example.org> wrote:   {OURS}",
        "We are nine. Sent from my itel -----Original message----- From: A Date: 1 To: B "
        + " ".join(OURS.split()),
    ],
)
def test_what_a_program_glued_together_is_parted(glued):
    assert open_mail(plain(glued)).words == "We are nine."


@pytest.mark.parametrize("mark", ["|", "TE>"])
def test_other_marks_of_a_quote_are_known(mark):
    assert open_mail(plain(f"{OWN}\n\n{WROTE}\n{marked(OURS, mark)}")).words == OWN


def test_a_line_between_arrows_is_a_head():
    head = ">>> The Exchange 11/19/26 8:14 AM >>>"
    assert open_mail(plain(f"{OWN}\n\n{head}\n{OURS}")).words == OWN


def test_a_mail_with_bare_returns_is_read():
    assert open_mail(plain(OWN).replace(b"\n", b"\r")).words == OWN
