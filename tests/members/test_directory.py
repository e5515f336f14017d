"""The directory: who wishes to be found is found, by what the reader may see of them.
Run by pytest alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from exchange.core.page_cache import shelf
from exchange.core.time import now
from exchange.members import actions, apart, dossier
from exchange.members.actions import About
from exchange.members.models import Member, Trait
from exchange.members.showing import EVERYBODY, NOBODY
from tests import cast

pytestmark = pytest.mark.django_db

GRACE = About(
    display_name="Grace",
    country="UG",
    languages=("lg", "en"),
    role="Teacher",
    practice="Étude de cas",
    topics=("education",),
    settings=("camp", "school"),
    helps_with="Fostering and kinship care",
    is_listed=True,
)


@pytest.fixture
def grace(db) -> Member:
    return placed(cast.person("Grace"), GRACE)


def placed(member: Member, about: About, **changed) -> Member:
    actions.edit_profile(member=member, about=replace(about, **changed))
    return member


def found(query: str, reader: Member | None) -> bool:
    shelf.clear()
    page = Client() if reader is None else cast.signed_in(Client(), reader)
    answer = page.get(f"/people/?{query}")
    assert answer.status_code == 200
    return ">Grace</a>" in answer.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        *("", "country=UG", "topic=education", "setting=camp", "language=lg"),
        *("words=foster", "words=FOSTERED+children", "words=etude", "words=kinship+care"),
        "country=UG&topic=education&setting=school&language=en&words=kinship",
    ],
)
def test_a_member_finds_her_by_what_she_told(grace, chen, query) -> None:
    assert found(query, chen) is (query != "words=FOSTERED+children")


@pytest.mark.parametrize(
    "query", ["country=KE", "topic=ethics", "setting=village", "words=budget", "country=UG&topic=x"]
)
def test_and_by_nothing_else(grace, chen, query) -> None:
    assert not found(query, chen)


def test_nobody_stands_there_who_did_not_say_so(amina, chen, grace) -> None:
    page = cast.signed_in(Client(), chen).get("/people/").content.decode()
    assert ">Grace</a>" in page
    assert ">Amina</a>" not in page
    placed(grace, GRACE, is_listed=False)
    assert not found("", chen)
    assert not Trait.objects.exists()


def test_a_visitor_finds_whom_everybody_may_find_by_what_everybody_sees(grace, chen) -> None:
    assert not found("", None)
    placed(grace, GRACE, shown_to={"directory": EVERYBODY})
    assert found("", None)
    assert found("topic=education", None)
    assert not found("country=UG", None)
    assert not found("words=kinship", None)
    placed(grace, GRACE, shown_to={"directory": EVERYBODY, "country": EVERYBODY})
    assert found("country=UG", None)


def test_what_is_hidden_is_found_by_no_filter_and_counted_nowhere(grace, chen, beatriz) -> None:
    placed(grace, GRACE, shown_to={"country": NOBODY, "settings": NOBODY, "helps_with": NOBODY})

    for reader in (None, chen, beatriz):
        for query in ("country=UG", "setting=camp", "words=kinship"):
            assert not found(query, reader)
        page = Client() if reader is None else cast.signed_in(Client(), reader)
        assert "country=UG" not in page.get("/people/").content.decode()
    assert found("topic=education", chen)


def test_people_in_a_setting_like_mine(grace, chen) -> None:
    assert not found("like=mine", placed(chen, About(settings=("village",))))
    assert found("like=mine", placed(chen, About(settings=("village", "camp"))))
    me = cast.signed_in(Client(), grace).get("/people/?like=mine").content.decode()
    assert ">Grace</a>" not in me


def test_who_is_paused_gone_or_kept_apart_is_not_found(grace, chen, monkeypatch) -> None:
    Member.objects.filter(pk=grace.pk).update(paused_until=now() + timedelta(days=1))
    assert not found("", chen)
    Member.objects.filter(pk=grace.pk).update(paused_until=now() - timedelta(days=1))
    assert found("", chen)

    monkeypatch.setattr(apart, "_between", [lambda pk: [grace.pk] if pk == chen.pk else []])
    assert not found("", chen)
    assert found("", cast.person("Femi"))

    monkeypatch.setattr(apart, "_between", [])
    dossier.erase(grace)
    assert not found("", chen)
    assert not Trait.objects.exists()


def test_no_address_stands_there(grace, chen) -> None:
    placed(grace, GRACE, shown_to={"directory": EVERYBODY})
    for page in (Client(), cast.signed_in(Client(), chen)):
        assert "grace@" not in page.get("/people/").content.decode()


@pytest.mark.parametrize("words", ["%00", "%25_", "x" * 3000, "-", "%D8%A7%D9%84", "'\";--"])
def test_whatever_is_typed_is_answered(grace, chen, words) -> None:
    for name in ("words", "country", "topic", "after", "before", "like"):
        found(f"{name}={words}", chen)


def test_thirty_people_cost_what_one_costs_and_there_is_a_next_page(
    grace, chen, django_assert_max_num_queries
) -> None:
    page = cast.signed_in(Client(), chen)
    with django_assert_max_num_queries(8):
        page.get("/people/?topic=education&words=care")
    for number in range(30):
        placed(cast.person(f"Ruth{number}"), GRACE, display_name=f"Ruth {number}")
    with django_assert_max_num_queries(8):
        first = page.get("/people/?topic=education&words=care").content.decode()

    assert ">Ruth 29</a>" in first
    assert ">Grace</a>" not in first
    older = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = page.get(f"/people/{older}").content.decode()
    assert ">Grace</a>" in second
    assert ">Ruth 29</a>" not in second
    newer = second.split('rel="prev"')[0].rsplit('href="', 1)[1].split('"')[0]
    assert ">Ruth 29</a>" in page.get(f"/people/{newer.replace('&amp;', '&')}").content.decode()
