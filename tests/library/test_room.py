"""What people and files give is cut or refused before a database sees it: PostgreSQL keeps no NUL
and no more letters than a column has, and SQLite does not say so. Read by pytest alone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import models
from django.db.models import Model
from django.db.models.signals import pre_save
from django.test import Client

from exchange.library.bringing import actions
from exchange.library.bringing.rows import Row
from exchange.library.models import Deposit, Recommendation, Resource, Rung, Shelf, Use
from exchange.library.rules import doi_of, handle_of
from exchange.taxonomy import vocabulary
from tests.cast import signed_in
from tests.library.conftest import ROW, shelved

pytestmark = pytest.mark.django_db

# Cleaning makes two letters of each of these.
_NUL = re.compile(r"\\u0000|\\x00")
SWELLING = "\u0958"


@pytest.fixture(autouse=True)
def _as_strict_as_postgresql():
    """Refuse here what PostgreSQL would refuse."""

    def look(sender: type[Model], instance: Model, **_more: object) -> None:
        for field in instance._meta.concrete_fields:
            value = getattr(instance, field.attname)
            if isinstance(field, models.CharField) and field.max_length and value:
                assert len(value) <= field.max_length, field
            assert not _NUL.search(ascii(value)), field

    pre_save.connect(look)
    yield
    pre_save.disconnect(look)


def every(name: str) -> str:
    return ";".join(term.slug for term in vocabulary.terms(name))


CELLS: dict[str, Callable[[], dict[str, str]]] = {
    "every country": lambda: {"countries": every("country")},
    "every type": lambda: {"resource_types": every("type")},
    "every region": lambda: {"regions": every("region"), "useful_for": every("region")},
    "every topic": lambda: {"topics": every("topic")},
    "every audience": lambda: {"audiences": every("audience")},
    "a long name": lambda: {"authors": "A" * 4000},
    "many names": lambda: {"authors": ";".join(["Abc Def"] * 600)},
    "two long names": lambda: {"creators": "A" * 2000 + ", " + "B" * 2000},
    "a DOI with a NUL": lambda: {"doi": "10.1234/abc%00def"},
    "a handle with a NUL": lambda: {"handle": "10546/1%00a"},
    "a long DOI": lambda: {"doi": "10.1234/" + "é" * 230},
    "an address with a NUL": lambda: {"url": "https://e.org/a\x01b"},
    "a long address": lambda: {"url": "https://e.org/" + SWELLING * 900},
    "links with control signs": lambda: {"links": "https://e.org/a\x01b"},
    "a long link": lambda: {"links": "https://e.org/" + "y" * 1200},
    "a swelling title": lambda: {"title": SWELLING * 400},
    "a title of signs": lambda: {"title": "!" * 500},
    "a title that folds long": lambda: {"title": "\ufdfa" * 400},
    "a swelling summary": lambda: {"summary": SWELLING * 2000},
    "an edition": lambda: {"edition": SWELLING * 60},
    "a site": lambda: {"source_site": SWELLING * 110},
}


@pytest.mark.parametrize("form", ["csv", "ris"])
@pytest.mark.parametrize("case", CELLS)
def test_no_cell_of_a_table_is_too_much_for_the_database(case, form, beatriz):
    rows = [Row(1, {**ROW, **CELLS[case]()})]

    run = actions.keep(form=form, name=SWELLING * 200, rows=rows, by=beatriz)
    actions.bring(run=run, by=beatriz, numbers=[1])

    assert all(one.is_public for one in Resource.objects.all())


def test_as_many_countries_as_there_is_room_for_are_brought_in(beatriz):
    codes = ";".join(term.slug for term in vocabulary.terms("country")[:60])
    run = actions.keep(form="csv", name="", rows=[Row(1, {**ROW, "countries": codes})], by=beatriz)

    assert actions.bring(run=run, by=beatriz, numbers=[1]).brought == 1


def test_an_identifier_holds_nothing_that_cannot_be_kept():
    assert doi_of("https://doi.org/10.1234/abc%00def") == "10.1234/abc"
    assert doi_of("10.1234/" + "x" * 300) == handle_of("10546/" + "x" * 300) == ""
    assert doi_of("10.1234/" + "x" * 100) == "10.1234/" + "x" * 100


def test_a_form_that_comes_back_with_an_odd_key_is_taken(beatriz, record):
    host = signed_in(Client(), beatriz)
    odd = {"once": "\0🦓" + "x" * 90, "language": "en"}
    said = {
        f"/library/{record.pk}/short/sentence/": {"body": "Ask the elders first."},
        f"/library/{record.pk}/advice/": {"body": "Ask the elders first."},
        f"/library/{record.pk}/use/": {"how": "tried", "country": "", "body": "We asked."},
        f"/library/{record.pk}/collect/": {"shelf": "new", "title": "Ours", "comment": ""},
        "/library/collections/new/": {"title": "For our meetings", "words": ""},
    }
    for path, words in said.items():
        assert host.post(path, {**words, **odd}).status_code == 302, path
    assert Rung.objects.count() == Recommendation.objects.count() == Use.objects.count() == 1
    # The same key twice is one collection.
    assert Shelf.objects.count() == 1


@pytest.mark.parametrize("odd", ["²", "9" * 5000, "-1", "", "x", "٣"])
def test_an_odd_number_in_a_form_is_no_number(beatriz, record, odd):
    host = signed_in(Client(), beatriz)
    host.post("/library/collections/new/", {"title": "Ours", "words": "", "language": "en"})
    host.post(f"/library/{record.pk}/collect/", {"shelf": Shelf.objects.get().pk, "comment": "x"})
    item, shelf = Shelf.objects.get().items.get(), Shelf.objects.get()

    words = {"version": odd, "title": "Ours", "words": "", "language": "en", "way": "up"}
    assert host.post(f"/library/collections/{shelf.pk}/words/", words).status_code in (302, 422)
    assert host.post(f"/library/on-shelf/{item.pk}/move/", words).status_code == 302
    put = host.post("/library/hubs/east-africa/put/", {"resource": odd})
    assert put.status_code == 404
    decided = host.post(f"/desk/library/collections/{shelf.pk}/decision/", {"version": odd})
    assert decided.status_code == 404


def test_words_that_cleaning_makes_longer_are_refused_with_what_was_typed(beatriz, record):
    host = signed_in(Client(), beatriz)
    swollen = {"title": SWELLING * 150, "words": "", "language": "en"}

    assert host.post("/library/collections/new/", swollen).status_code == 422
    assert host.post("/me/searches/new/?q=play", {"name": SWELLING * 100}).status_code == 422
    collect = {"shelf": "new", "title": "Ours", "comment": SWELLING * 400}
    assert host.post(f"/library/{record.pk}/collect/", collect).status_code == 422
    assert Shelf.objects.count() == 0


def test_a_members_record_with_an_odd_link_and_two_answers_to_one_question(amina):
    member = signed_in(Client(), amina)
    key = "k" * 40
    given = {
        "source": {"url": "https://doi.org/10.1234/a%00" + "x" * 400},
        "title": {"title": "Song and dance"},
        "people": {"persons": SWELLING * 200},
        "date": {"dated": "unknown"},
        "kind": {"types": "report"},
        "place": {"country_1": "KE"},
        "topics": {"topics": "ethics"},
        "words": {"summary": "What we did.", "language": "en"},
        "more": {},
        "rights": {"right": ["y" * 400, "link"], "people": ["z" * 400, "none"]},
    }
    for step, words in given.items():
        assert member.post(f"/library/add/{key}/{step}/", words).status_code in (302, 422), step
    member.post(f"/library/add/{key}/people/", {"persons": ""})
    sent = member.post(f"/library/add/{key}/review/", {"insist": "1"})

    assert sent.status_code == 302
    deposit = Deposit.objects.get()
    assert (deposit.right, deposit.people, deposit.resource.doi) == ("link", "none", "10.1234/a")


def test_a_key_longer_than_ours_leads_nowhere(amina):
    member = signed_in(Client(), amina)

    assert member.post(f"/library/add/{'k' * 41}/source/", {}).status_code == 404
    assert member.post(f"/library/add/{'k' * 40}/source/", {}).status_code == 302


def test_more_countries_than_there_is_room_for_are_not_taken(beatriz):
    row = shelved()
    host = signed_in(Client(), beatriz)
    names = [term.labelled("en") for term in vocabulary.terms("country")]
    words = {
        "title": row.title,
        "language": "en",
        "types": "report",
        "topics": "ethics",
        "version": row.version,
        "dated": "unknown",
        "link_kind": "original",
        "url": row.url,
    }
    path = f"/library/{row.pk}/change/"

    assert host.post(path, {**words, "countries": "\n".join(names)}).status_code == 422
    assert host.post(path, {**words, "countries": "\n".join(names[:50])}).status_code == 302
