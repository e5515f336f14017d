"""What stands above a quote is known in many languages; what only looks like it stays."""

import pytest

from exchange.mail.reading.actions import open_mail
from tests.mail.reading.heads_seen import FIELDS, WROTE
from tests.mail.reading.programs import marked, plain

OURS = "Dear Amina,\n\nDo you have forms?\n\nJoseph"
OWN = "We have them.\nAsk at the school."


@pytest.mark.parametrize("head", WROTE.values(), ids=WROTE)
@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_a_line_above_a_marked_quote_is_not_the_persons(head, gap):
    assert open_mail(plain(f"{OWN}{gap}{head}{gap}{marked(OURS)}")).words == OWN


@pytest.mark.parametrize("head", WROTE.values(), ids=WROTE)
def test_an_answer_below_is_found(head):
    assert open_mail(plain(f"{head}\n{marked(OURS)}\n\n{OWN}")).words == OWN


@pytest.mark.parametrize("head", WROTE.values(), ids=WROTE)
def test_below_a_whole_line_a_quote_needs_no_marks(head):
    assert open_mail(plain(f"{OWN}\n\n{head}\n\n{OURS}")).words == OWN


@pytest.mark.parametrize("head", FIELDS.values(), ids=FIELDS)
def test_fields_open_a_quote_without_marks(head):
    opened = open_mail(plain(f"{OWN}\n\n{head}\n\n{OURS}"))
    assert opened.words == OWN
    assert "Do you have forms?" in opened.cut


@pytest.mark.parametrize(
    "words",
    [
        "This is how it went.\n\nOn Monday the chief wrote:\n\nCome at four.\n\nSo we came.",
        "Our form begins:\n\nFrom: the committee\nTo: the chief\n\nand then the date.",
        "From: Nairobi\nTo: Kisumu\nDate: 3 November\n\nThat is the way they took.",
        "On 3 points I agree:\n\n1. Time\n2. Place\n3. People",
        "Le chef a écrit :\n\nVenez à quatre heures.",
        "We mark it so:\n\n| name | age |\n| A | 3 |\n| B | 4 |\n\nand keep it.",
        "Children >5 years\n>3 years too",
    ],
)
def test_words_that_only_look_like_a_head_stay(words):
    assert open_mail(plain(words)).words == words


def test_own_words_between_a_head_and_the_first_marked_line_stay():
    head = WROTE["gmail en"]
    text = f"{head}\n\nMy answers are here.\n\n{marked(OURS)}\nYes."
    assert open_mail(plain(text)).words == "My answers are here.\n\nYes."


def test_lines_the_person_marked_above_the_quote_stay():
    text = f"We write:\n\n> urgent\n\nand run.\n\n{WROTE['gmail en']}\n{marked(OURS)}"
    assert open_mail(plain(text)).words == "We write:\n\n> urgent\n\nand run."


def test_where_nothing_else_would_be_left_a_quote_without_marks_stays():
    opened = open_mail(plain(f"{FIELDS['outlook en']}\n\n{OURS}\n\nYes, we have."))
    assert "Yes, we have." in opened.words


def test_what_is_passed_on_is_not_the_persons():
    text = "---------- Forwarded message ---------\nFrom: A <a@example.org>\nDate: 3 Nov 2026\n"
    opened = open_mail(plain(f"{text}Subject: x\nTo: B <b@example.org>\n\nHello."))
    assert opened.words == ""
    assert "Hello." in opened.cut


def test_an_answer_in_a_colour_of_its_own_is_found_inside_an_unmarked_quote():
    html = (
        "<div>See below.</div><div id='divRplyFwdMsg'>From: a@b.c<br>Sent: 3 Nov<br>To: d@e.f<br>"
        "Subject: x</div><p>Do you have forms?</p><p style='color:#c00000'>We do.</p><p>And time?</p>"
    )
    assert open_mail(plain(html, **{"Content-Type": "text/html"})).words == "See below.\n\nWe do."


def test_a_line_above_a_marked_block_of_fields_belongs_to_it():
    marked_block = (
        "----- Original Message -----\n> From: Ines <i@example.org>\n> Sent: Monday\n> Hi"
    )
    assert open_mail(plain(f"We meet on Sundays.\n\n{marked_block}")).words == "We meet on Sundays."
    own = "----- Original Message -----\n> We sing it twice."
    assert "----- Original" in open_mail(plain(f"The poster says:\n\n{own}")).whole
