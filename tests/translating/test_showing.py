"""Where a translation shows: on the page, in lists, in search; and what leaves with the original."""

import html
import re

import pytest
from django.test import Client

from exchange.contributions.actions import submit, withdraw
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution
from exchange.contributions.sealing import seal
from exchange.conversation.actions import answer, withdraw_reply
from exchange.core import doors
from exchange.ledger import worker
from exchange.pages.steering import kept
from exchange.translating.models import Translation
from tests import cast
from tests.translating.conftest import MARK, TITLE, person

pytestmark = pytest.mark.django_db


def _page(client, address):
    return html.unescape(client.get(address).content.decode())


def test_the_page_shows_a_reader_their_language_first_and_the_original_below(
    visitor, question, translated
):
    translated(question)

    page = _page(visitor, question.get_absolute_url())

    assert re.search(r'<h1 dir="ltr" lang="en">\s*How do elders come to listen', page)
    assert "Translated from Swahili by Baraka" in page
    assert re.search(rf'<details>.*lang="sw"><b>{re.escape(TITLE)}</b>', page, re.DOTALL)
    assert 'lang="sw">' in _page(visitor, f"/sw{question.get_absolute_url()}")
    assert "Translated from" not in _page(visitor, f"/sw{question.get_absolute_url()}")


def test_right_to_left_words_stand_right_in_a_page_of_the_other_direction(
    visitor, question, translated, eshe, baraka
):
    for who in (eshe, baraka):
        who.languages = "sw ar"
        who.save()
    translated(question, language="ar", title="كيف يستمع الكبار؟", words="في قريتنا يقرر الكبار.")

    arabic = _page(visitor, f"/ar{question.get_absolute_url()}")
    english = _page(visitor, f"/translations/text/{question.pk}/")

    assert '<h1 dir="rtl" lang="ar">كيف' in arabic
    assert f'<p dir="ltr" lang="sw"><b>{TITLE}</b>' in arabic
    assert 'dir="ltr"' in english


def test_an_experience_is_translated_part_by_part(visitor, amina, translated):
    parts = {"faced": "Watoto hawakusikilizwa.", "did": "Tulikaa na wazee.\n\nTulizungumza."}
    content = Content(title="Tulivyoanza", language="sw", parts=parts)
    row = submit(kind="experience", content=content, author=amina)
    translated(row, words="We sat down with the elders.")

    page = _page(visitor, row.get_absolute_url())

    assert page.index("<p>We sat down with the elders.") < page.index("<p>Tulikaa na wazee.")
    assert page.count("What we faced") == 2


def test_an_answer_is_shown_in_the_readers_language(
    visitor, question, beatriz, translated, django_capture_on_commit_callbacks
):
    reply = answer(contribution=question, author=beatriz, body="Kaa nao.", language="sw")
    translated(question, reply=reply, words=f"Sit with them {MARK}.")

    page = _page(visitor, question.get_absolute_url())

    assert f"Sit with them {MARK}." in page
    assert "Kaa nao." in page
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_reply(reply=reply, by=beatriz)
    assert MARK not in _page(visitor, question.get_absolute_url())


def test_answers_in_other_languages_are_folded_for_who_named_theirs(
    client, signed_in, question, beatriz
):
    answer(contribution=question, author=beatriz, body="Kaa nao.", language="sw")

    signed_in(client, person("Femi", "en fr"))
    assert "<summary>In Swahili</summary>" in _page(client, question.get_absolute_url())
    signed_in(client, person("Gita", "en sw"))
    assert "<summary>In Swahili</summary>" not in _page(client, question.get_absolute_url())


def test_lists_show_the_title_in_the_readers_language(visitor, question, translated):
    assert TITLE in _page(visitor, "/questions/")
    translated(question)

    page = _page(visitor, "/questions/")

    assert "How do elders come to listen?" in page
    assert "translated from Swahili" in page
    assert TITLE in _page(visitor, "/sw/questions/")


def test_it_is_found_by_its_own_words_and_shown_by_them(visitor, question, translated):
    worker.run_until_idle()
    assert TITLE not in _page(visitor, "/search/?q=elders listen")
    row = translated(question)

    page = _page(visitor, f"/search/?q={MARK}")

    assert f"<mark>{MARK}</mark>" in page
    assert "How do elders come to listen?" in page
    assert "How do <mark>elders</mark>" in _page(visitor, "/search/?q=elders&language=en")
    assert "wazee" in _page(visitor, "/search/?q=wazee&language=sw").casefold()
    assert row.state == Translation.State.PUBLISHED


@pytest.mark.parametrize("act", ["withdraw", "seal"])
def test_no_door_shows_a_word_of_it_once_its_original_is_gone(
    question, amina, translated, act, django_capture_on_commit_callbacks
):
    translated(question)
    femi = cast.signed_in(Client(), person("Femi", "en fr"))
    marked = doors.Marked(
        kind="question",
        pk=question.pk,
        word=MARK,
        companion=MARK,
        address=question.get_absolute_url(),
        author_id=amina.pk,
        topic="child-participation",
        country="KE",
    )

    def opened() -> set[str]:
        found = set()
        for door in doors.every():
            if not door.lets_out(marked):
                continue
            pages = door.pages(marked) if door.pages else []
            said = [door.reads(marked)] if door.reads else []
            said += [_page(client, path) for path in pages for client in (Client(), femi)]
            if any(MARK in one.casefold().replace(f'value="{MARK}"', "") for one in said):
                found.add(door.name)
        return found

    before = opened()
    assert {"its own page", "list of its kind", "search results", "words search knows"} <= before

    with django_capture_on_commit_callbacks(execute=True):
        row = Contribution.objects.get(pk=question.pk)
        withdraw(contribution=row, by=amina) if act == "withdraw" else seal(contribution=row)
    worker.run_until_idle()

    asked_by_address = {name for name in opened() if name in ("search results", "did you mean")}
    assert opened() - asked_by_address == set()
    assert f"<mark>{MARK}" not in _page(Client(), f"/search/?q={MARK}")


def test_withdrawn_alone_the_original_stays_and_is_found_by_its_own_words(
    visitor, client, question, translated, baraka, signed_in, django_capture_on_commit_callbacks
):
    row = translated(question)
    signed_in(client, baraka)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/translations/{row.pk}/withdrawal/")
    worker.run_until_idle()

    assert MARK not in _page(visitor, question.get_absolute_url())
    assert TITLE in _page(visitor, "/questions/")
    assert f"<mark>{MARK}" not in _page(visitor, f"/search/?q={MARK}")
    assert Contribution.objects.get(pk=question.pk).translated_into == ""


def test_pages_ask_the_database_as_often_with_translations(
    visitor, question, translated, beatriz, django_assert_max_num_queries
):
    for number in range(3):
        reply = answer(contribution=question, author=beatriz, body=f"Kaa {number}.", language="sw")
        translated(question, reply=reply, words="Sit with them.")
    translated(question)
    visitor.get(question.get_absolute_url())
    kept.presume()

    with django_assert_max_num_queries(8):
        visitor.get(f"{question.get_absolute_url()}?page=1")
    with django_assert_max_num_queries(8):
        visitor.get("/questions/?language=sw")
    with django_assert_max_num_queries(8):
        visitor.get(f"/search/?q={MARK}")
