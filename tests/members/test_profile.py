"""Profiles: people tell what they like, and choose for each part who sees it.
Run by pytest alone."""

import pytest
from django.test import Client

from exchange.contributions.actions import submit
from exchange.contributions.content import Content
from exchange.core.page_cache import shelf
from exchange.members import actions, apart, queries
from exchange.members.actions import About
from exchange.members.models import Member
from exchange.members.showing import MEMBERS, NOBODY
from tests import cast

pytestmark = pytest.mark.django_db

TOLD = {
    "display_name": "Amina",
    "country": "KE",
    "language_1": "en",
    "language_2": "sw",
    "role": "Case worker",
    "practice": "Foster care",
    "topics": ["alternative-care", "workforce"],
    "settings": ["village", "camp"],
    "place": "near the lake",
    "helps_with": "Training para social workers",
    "seeks": "A mentor",
    "may_be_offered": "on",
    "listing": "members",
}


@pytest.fixture
def told(amina: Member, signed_in, visitor) -> Client:
    page = signed_in(visitor, amina)
    assert page.post("/me/profile/", TOLD).status_code == 302
    amina.refresh_from_db()
    return page


def profile(person: Member, reader: Member | None) -> str:
    shelf.clear()
    page = Client() if reader is None else cast.signed_in(Client(), reader)
    return page.get(f"/people/{person.pk}/").content.decode()


def test_what_was_told_is_kept(told: Client, amina: Member) -> None:
    assert amina.topic_slugs == ["workforce", "alternative-care"]
    assert set(amina.setting_slugs) == {"village", "camp"}
    assert (amina.place, amina.seeks) == ("near the lake", "A mentor")
    assert amina.is_listed
    assert amina.may_be_offered
    assert amina.shown_to == {}


def test_a_visitor_sees_a_name_and_the_work_and_a_member_sees_more(told, amina, chen) -> None:
    outside, inside = profile(amina, None), profile(amina, chen)

    for words in ("Amina", "Case worker", "Foster care"):
        assert words in outside
    for words in ("Kenya", "near the lake", "Training para", "A mentor"):
        assert words not in outside.split("<main")[1]
        assert words in inside


def test_what_nobody_shall_see_is_seen_by_oneself_alone(told, amina, chen, beatriz) -> None:
    told.post("/me/profile/", TOLD | {"shown_country": NOBODY, "shown_seeks": NOBODY})
    amina.refresh_from_db()

    for reader in (None, chen, beatriz):
        page = profile(amina, reader).split("<main")[1]
        assert "Kenya" not in page
        assert "near the lake" not in page
        assert "A mentor" not in page
    assert "Kenya" in profile(amina, amina)


def test_who_is_kept_apart_sees_what_a_visitor_sees(told, amina, chen, monkeypatch) -> None:
    monkeypatch.setattr(apart, "_between", [lambda pk: [amina.pk] if pk == chen.pk else []])

    assert not queries.shown(amina, chen).sees("country")
    assert queries.shown(amina, cast.person("Femi")).sees("country")


def test_a_role_that_is_not_for_everybody_does_not_stand_beside_words(amina) -> None:
    words = Content(title="How do you begin?", body="We wonder.")
    assert submit(kind="question", content=words, author=amina).shown_role == "Case worker"

    told = About(display_name="Amina", role="Case worker", shown_to={"role": MEMBERS})
    actions.edit_profile(member=amina, about=told)

    words = Content(title="How do you go on?", body="We wonder.")
    assert submit(kind="question", content=words, author=amina).shown_role == ""


@pytest.mark.parametrize("field", ["role", "practice", "place", "helps_with", "seeks"])
def test_no_line_carries_a_way_around_the_exchange(told, amina, field) -> None:
    page = told.post("/me/profile/", TOLD | {field: "write to amina@example.org"})

    assert page.status_code == 422
    assert "phone numbers, web and e-mail addresses" in page.content.decode()
    assert "near the lake" in page.content.decode()


def test_eight_areas_of_practice_are_enough(told) -> None:
    topics = ["ethics", "digital", "parenting", "education", "leaders", "disability", "fgm"]
    assert told.post("/me/profile/", TOLD | {"topics": topics}).status_code == 302
    more = [*topics, "child-labour", "orphans-hiv"]
    assert told.post("/me/profile/", TOLD | {"topics": more}).status_code == 422


def test_the_page_of_an_erased_person_is_gone(told, amina) -> None:
    Member.objects.filter(pk=amina.pk).update(is_active=False)
    assert Client().get(f"/people/{amina.pk}/").status_code == 404
