"""Whoever writes is asked once when the words read like another language than the one chosen."""

import pytest

from exchange.contributions.actions import submit
from exchange.contributions.content import Content
from exchange.contributions.drafts import keep
from exchange.contributions.models import Contribution
from exchange.conversation.models import Reply

pytestmark = pytest.mark.django_db
SWAHILI = "Tunafanyaje ili wazee wa kijiji wasikilize watoto wetu?"


def test_the_form_asks_once_and_keeps_what_was_typed(client, amina, signed_in):
    signed_in(client, amina)
    typed = {"title": SWAHILI, "language": "en", "once": "abcdefgh1234567890"}

    asked = client.post("/ask/", typed)

    assert asked.status_code == 422
    page = asked.content.decode()
    assert "This reads like Kiswahili. Is it?" in page
    assert f'value="{SWAHILI}"' in page
    assert not Contribution.objects.filter(title=SWAHILI).exists()

    assert client.post("/ask/", {**typed, "language_is": "sw"}).status_code == 302
    assert Contribution.objects.get(title=SWAHILI).language == "sw"


def test_no_means_no(client, amina, signed_in):
    signed_in(client, amina)
    typed = {"title": SWAHILI, "language": "en"}

    assert client.post("/ask/", {**typed, "language_is": "en"}).status_code == 302

    assert Contribution.objects.get(title=SWAHILI).language == "en"


def test_what_was_answered_is_not_asked_again_when_something_else_is_wrong(
    client, amina, signed_in
):
    signed_in(client, amina)
    typed = {"title": "", "body": SWAHILI, "language": "en", "language_is": "en"}

    again = client.post("/ask/", typed)

    assert again.status_code == 422
    assert 'name="language_was_asked"' in again.content.decode()
    sent = client.post("/ask/", {**typed, "title": SWAHILI, "language_was_asked": "1"})
    assert sent.status_code == 302


@pytest.mark.parametrize(
    ("words", "chosen"), [(SWAHILI, "sw"), ("Mambo", "en"), ("Kibera youth, 2026", "fr")]
)
def test_nobody_is_asked_where_it_fits_or_nothing_tells(client, amina, signed_in, words, chosen):
    signed_in(client, amina)

    assert client.post("/ask/", {"title": words, "language": chosen}).status_code == 302


def test_an_answer_is_asked_about_too(client, amina, beatriz, signed_in):
    row = submit(kind="question", content=Content(title="How do you begin?"), author=amina)
    signed_in(client, beatriz)
    address = f"/contributions/{row.pk}/answers/"

    asked = client.post(address, {"body": SWAHILI, "language": "en"})

    assert asked.status_code == 422
    assert "This reads like Kiswahili" in asked.content.decode()
    assert client.post(address, {"body": SWAHILI, "language": "en", "language_is": "sw"}).url
    assert Reply.objects.get().language == "sw"


def test_an_experience_is_asked_about_before_it_goes_out(client, amina, signed_in):
    signed_in(client, amina)
    answers = {name: [SWAHILI] for name in ("title", "faced", "did")} | {"language": ["en"]}
    keep(key="experience-key-1", member=amina, kind="experience", answers=answers)
    review = "/share/experience/experience-key-1/review/"

    assert "This reads like Kiswahili" in client.post(review).content.decode()
    assert client.post(review, {"language_is": "sw"}).status_code == 302
    assert Contribution.objects.get(kind="experience").language == "sw"
