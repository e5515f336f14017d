"""Passing a page on: a card of text for previews, and links that need no script of anybody.
Run by pytest alone."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from exchange.contributions.actions import submit, withdraw
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution
from exchange.contributions.postcards import drawing
from exchange.contributions.postcards.drawing import Text, can_write
from exchange.members.models import Member


@pytest.fixture
def question(amina: Member) -> Contribution:
    content = Content(title="Who opens your meetings?", body="We take turns.", countries=("KE",))
    return submit(kind="question", content=content, author=amina)


def card(client: Client, pk: int, language: str = "en"):
    return client.get(reverse("contribution-card", args=[pk, language]))


def test_a_card_is_a_light_picture_of_the_size_that_readers_of_links_expect(visitor, question):
    answer = card(visitor, question.pk)

    assert answer.headers["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(answer.content)).size == (1200, 630)
    assert len(answer.content) < 40_000
    assert "max-age" in answer.headers["Cache-Control"]


def test_a_withdrawn_text_has_no_card_and_no_page_to_pass_it_on(
    visitor, question, amina, django_capture_on_commit_callbacks
):
    page = reverse("contributions:pass-on", args=[question.pk])
    assert visitor.get(page).status_code == 200

    with django_capture_on_commit_callbacks(execute=True):
        withdraw(contribution=question, by=amina)

    assert card(visitor, question.pk).status_code == 404
    assert visitor.get(page).status_code == 404


def test_whoever_asks_for_very_many_cards_keeps_nobody_else_waiting(visitor, question):
    drawing._kept.clear()
    with drawing._turns, drawing._turns:
        answer = card(visitor, question.pk)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (503, "no-store")
    assert card(visitor, question.pk).status_code == 200


def test_what_waits_has_no_card_either(visitor, chen):
    waiting = submit(
        kind="question", content=Content(title="A first one?", body="Yes."), author=chen
    )

    assert card(visitor, waiting.pk).status_code == 404


@pytest.mark.parametrize("pk", [0, 2**63, 2**70])
def test_a_number_nobody_has_is_not_found(visitor, db, pk):
    assert card(visitor, pk).status_code == 404


def test_a_language_we_do_not_speak_is_not_found(visitor, question):
    assert card(visitor, question.pk, "xx").status_code == 404


def test_other_words_are_another_picture():
    one = drawing.card(Text("Question", "Who opens your meetings?", "Kenya", "The Exchange"))
    other = drawing.card(Text("Question", "Who closes your meetings?", "Kenya", "The Exchange"))

    assert one != other


def test_arabic_begins_at_the_right():
    text = Text("سؤال", "من يفتتح اجتماعاتكم؟", "كينيا", "The Exchange", language="ar")
    picture = Image.open(io.BytesIO(drawing.card(text))).convert("RGB")

    assert picture.getpixel((1195, 300)) == (11, 92, 85)
    assert picture.getpixel((5, 300)) != (11, 92, 85)


def test_a_title_without_an_end_stays_on_the_card():
    drawing.card(Text("Question", "long " * 200, "", "The Exchange"))
    drawing.card(Text("Question", "w" * 500, "", "The Exchange"))


def test_letters_the_face_lacks_are_not_drawn_as_boxes():
    assert can_write("Watoto wetu, ñandú, čtyři", "sw")
    assert not can_write("እንዴት", "am")


def test_a_page_says_where_its_card_is(visitor, question):
    shown = visitor.get(question.get_absolute_url()).text

    assert f'property="og:image" content="http://testserver/cards/{question.pk}-en.png"' in shown
    assert 'property="og:title" content="Who opens your meetings?"' in shown


def test_the_home_page_has_the_card_with_our_name(visitor, db):
    assert (
        'property="og:image" content="http://testserver/cards/exchange.png"'
        in visitor.get("/").text
    )
    answer = visitor.get("/cards/exchange.png")
    assert Image.open(io.BytesIO(answer.content)).size == (1200, 630)


def test_passing_on_needs_no_script_and_asks_nobody(visitor, question):
    shown = visitor.get(reverse("contributions:pass-on", args=[question.pk])).text

    assert "https://wa.me/?text=Who%20opens%20your%20meetings%3F%0Ahttp%3A%2F%2F" in shown
    assert "<svg" in shown
    assert "<script" not in shown
    assert "<img" not in shown
