"""A letter on paper: the same words as plain text and as one light page. No database."""

import re
from email import message_from_bytes

import pytest

from exchange.core.time import now
from exchange.mail.letters import compose
from exchange.mail.models import OutgoingMail
from exchange.mail.paper import LARGEST_PAGE, Paper, Piece

WHOLE = Paper(
    "A new answer for you",
    (
        Piece("marker"),
        Piece("heading", "Amina answered:"),
        Piece("words", "Go **slowly**.\n\n- first the aunts\n- then the chief"),
        Piece("quote", "How do you begin?\nWe tried alone.", language="fr"),
        Piece("button", "Read and answer", "https://exchange.example/questions/1-begin/"),
        Piece("rule"),
        Piece("small", "You get this because you wrote it.", "https://exchange.example/me/mail/"),
    ),
)


def test_the_text_has_every_piece_and_each_link_on_a_line_of_its_own():
    assert WHOLE.text == (
        "-=-=- You can answer above this line, or between the lines -=-=-\n\n"
        "Amina answered:\n\n"
        "Go **slowly**.\n\n- first the aunts\n- then the chief\n\n"
        "> How do you begin?\n> We tried alone.\n\n"
        "Read and answer\nhttps://exchange.example/questions/1-begin/\n\n"
        "--\n\n"
        "You get this because you wrote it.\nhttps://exchange.example/me/mail/\n"
    )


def test_a_page_of_ours_is_read_in_the_text_without_its_signs():
    ours = "# Our code\n\n*Version 1*\n\n- **I am an adult.** See [help](/help-now/).\n- 3 * 4 * 5"
    paper = Paper("s", (Piece("page", ours),))

    assert paper.text == (
        "Our code\n\nVersion 1\n\n- I am an adult. See help (/help-now/).\n- 3 * 4 * 5\n"
    )
    assert "<strong" in paper.html
    assert "# Our code" not in paper.html


def test_no_line_of_the_text_is_wrapped():
    long = "word " * 300

    assert long.strip() in Paper("s", (Piece("words", long.strip()),)).text


def test_the_page_says_the_same_with_its_styles_in_its_elements():
    page = WHOLE.html

    assert "<strong>slowly</strong>" in page
    assert "<li>first the aunts</li>" in page
    assert '<blockquote lang="fr" dir="ltr" style=' in page
    assert 'href="https://exchange.example/questions/1-begin/"' in page
    assert page.count('class="do"') == 1
    assert "You can answer above this line" in page
    # The one sheet that stays is for readers who chose dark.
    assert re.findall(r"<style>(.{6})", page) == ["@media"]


def test_the_page_asks_nothing_of_anybody():
    page = Paper(
        "s",
        (
            Piece("words", "![x](https://spy.example/p.png) <img src=https://spy.example/2.png>"),
            Piece("words", "<script>go()</script> [x](javascript:go())"),
        ),
    ).html

    for loads in ("<img", "<link", "url(", "@import", "<script", 'href="javascript'):
        assert loads not in page


def test_arabic_is_right_to_left_and_words_in_latin_letters_are_not():
    page = Paper(
        "رسالة",
        (
            Piece("words", "مرحبا"),
            Piece("words", "Karibu sana", language="sw"),
            Piece("link", address="https://exchange.example/"),
        ),
        language="ar",
    ).html

    assert '<html lang="ar" dir="rtl">' in page
    assert '<div lang="sw" dir="ltr"><p>Karibu sana</p>' in page
    assert '<div lang="ar" dir="rtl"><p>مرحبا</p>' in page
    assert 'dir="ltr"' in page.partition("https://exchange.example/")[2]


@pytest.mark.parametrize("letters", ["word ", "كلمة ", "<&> ", "字"])
def test_a_page_is_never_more_than_20_kb_on_its_way(letters: str):
    long = Paper("s", (Piece("words", letters * 9000, address="https://exchange.example/q"),))
    mail = OutgoingMail(
        key="k",
        to_address="a@example.org",
        subject=long.subject,
        text=long.text,
        html=long.html,
        message_id="<k@example.org>",
        created_at=now(),
    )
    *_whole, page = message_from_bytes(compose(mail)).walk()

    assert len(page.as_bytes()) <= 20_000
    assert 100 < len(long.html.encode()) <= LARGEST_PAGE
    assert '<a href="https://exchange.example/q"' in long.html
    assert "Read on" in long.html


def test_the_text_is_whole_until_it_is_more_than_a_mail_should_carry():
    long = Piece("words", "word " * 6000, address="https://exchange.example/q")

    assert "Read on" not in Paper("s", (long,)).text
    together = Paper("s", (long,) * 20)
    assert len(together.text) <= 100_000
    assert together.text.count("Read on:\nhttps://exchange.example/q") == 20


def test_words_that_were_cut_before_are_read_on_in_both_forms():
    cut = Paper("s", (Piece("words", "The first lines…", address="https://exchange.example/q"),))

    assert "Read on:\nhttps://exchange.example/q" in cut.text
    assert '<a href="https://exchange.example/q"' in cut.html


def test_short_words_are_not_read_on_elsewhere():
    short = Paper("s", (Piece("words", "All of it.", address="https://exchange.example/q"),))

    assert "Read on" not in short.html + short.text


def test_what_no_cutting_makes_small_goes_as_text_alone():
    endless = Paper("s", tuple(Piece("plain", f"line {n}") for n in range(5000)))

    assert endless.html == ""
    assert "line 4999" in endless.text


def test_links_within_the_exchange_lead_there_from_a_mail(settings):
    settings.BASE_URL = "https://exchange.example"
    page = Paper("s", (Piece("words", "[here](/library/3/)"),)).html

    assert 'href="https://exchange.example/library/3/"' in page
