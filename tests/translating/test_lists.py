"""Lists show a member what they can read first; one line leads to the rest."""

import html

import pytest

from exchange.contributions.actions import submit
from exchange.contributions.content import Content
from tests.translating.conftest import TITLE, person

pytestmark = pytest.mark.django_db


def _page(client, address):
    return html.unescape(client.get(address).content.decode())


def test_a_member_sees_what_they_can_read_and_how_much_more_there_is(
    client, signed_in, amina, question, translated
):
    french = Content(title="Que faire ?", language="fr", topics=("child-participation",))
    submit(kind="question", content=french, author=amina)
    signed_in(client, person("Femi", "en pt"))

    page = _page(client, "/questions/")
    assert TITLE not in page
    assert "2 more in other languages" in page
    everything = _page(client, "/questions/?all=1")
    assert TITLE in everything
    assert "Que faire ?" in everything
    assert "in all languages" in everything
    assert "Que faire ?" not in _page(client, "/questions/?topic=child-participation")
    assert TITLE in _page(client, "/questions/?language=sw")

    translated(question)
    page = _page(client, "/questions/")
    assert "How do elders come to listen?" in page
    assert "1 more in other languages" in page


def test_visitors_see_everything(visitor, question):
    assert TITLE in _page(visitor, "/questions/")
    assert "in other languages" not in _page(visitor, "/questions/")
