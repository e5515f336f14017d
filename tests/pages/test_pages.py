"""The front pages, as a visitor and a member meet them.
Read by pytest alone."""

import re
from typing import Any

import pytest
from django.test import Client

from exchange.contributions import actions
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution
from exchange.core.languages import INTERFACE
from exchange.core.page_cache import shelf
from exchange.core.time import now
from exchange.members.models import Member
from exchange.safeguarding import helplines

pytestmark = pytest.mark.django_db

PAGES = (
    "/",
    "/about/",
    "/how-it-works/",
    "/code-of-conduct/",
    "/privacy/",
    "/safeguarding/",
    "/contact/",
    "/help-now/",
    "/topics/",
    "/topics/community-ownership/",
    "/countries/ke/",
    "/offline/",
)


def asked(author: Member, number: int = 1, kind: str = "question") -> Contribution:
    content = Content(
        title=f"What brought committee {number} back?",
        body="Ours stopped.",
        topics=("community-ownership",),
        countries=("KE",),
        leadership="community-led",
    )
    return actions.submit(kind=kind, content=content, author=author)


@pytest.mark.parametrize("language", INTERFACE)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_stands_in_every_language(visitor: Client, language: str, page: str) -> None:
    address = page if language == "en" else f"/{language}{page}"

    response = visitor.get(address)

    assert response.status_code == 200
    assert response.content.decode().count("<h1") == 1


def test_home_shows_what_waits_and_invites(visitor: Client, amina: Member) -> None:
    question = asked(amina)

    page = visitor.get("/").content.decode()

    assert question.title in page
    assert "Waiting for someone who knows" in page
    assert "Community-led" in page
    assert "Yours may be the first" in page
    assert 'href="/join/"' in page


def test_home_shows_nothing_that_waits_for_a_host(visitor: Client, chen: Member) -> None:
    question = asked(chen)

    assert question.title not in visitor.get("/").content.decode()


@pytest.mark.parametrize("page", ["/", "/topics/community-ownership/", "/countries/ke/"])
def test_pages_ask_the_database_as_often_for_one_as_for_many(
    visitor: Client, amina: Member, django_assert_max_num_queries: Any, page: str
) -> None:
    for kind in ("question", "idea", "discussion"):
        asked(amina, 0, kind)
    with django_assert_max_num_queries(8) as for_one:
        visitor.get(page)
    for number in range(1, 12):
        for kind in ("question", "idea", "discussion"):
            asked(amina, number, kind)
    shelf.clear()

    with django_assert_max_num_queries(8) as for_many:
        visitor.get(page)

    # The figures of the home page are counted once and kept.
    assert len(for_many) <= len(for_one)


def test_a_topic_shows_what_it_places(visitor: Client, amina: Member) -> None:
    question = asked(amina)

    page = visitor.get("/topics/community-ownership/").content.decode()

    assert question.title in page
    assert "/questions/?topic=community-ownership" in page
    assert question.title not in visitor.get("/topics/ethics/").content.decode()


def test_a_country_shows_its_helpline_with_the_source(visitor: Client) -> None:
    page = visitor.get("/countries/ke/").content.decode()

    assert 'href="tel:116"' in page
    assert "childrenscouncil.go.ke" in page
    assert "(2021)" in page
    assert "Not yet confirmed by the hosts" in page


def test_a_country_in_capitals_leads_to_its_one_address(visitor: Client) -> None:
    response = visitor.get("/countries/KE/")

    assert (response.status_code, response["Location"]) == (301, "/countries/ke/")


@pytest.mark.parametrize("page", ["/topics/nothing-such/", "/countries/xx/", "/people/999/"])
def test_what_is_not_there_is_kindly_not_found(visitor: Client, page: str) -> None:
    response = visitor.get(page)

    assert response.status_code == 404
    assert "This page is not here" in response.content.decode()


def test_help_now_promises_no_answer_and_names_every_source(visitor: Client) -> None:
    page = visitor.get("/help-now/").content.decode()

    assert "call the police" in page
    assert "cannot promise that someone answers" in page
    assert all(line.source in page for line in helplines.in_file())


def test_a_profile_shows_the_person_and_never_the_address(visitor: Client, amina: Member) -> None:
    question = asked(amina)

    page = visitor.get(f"/people/{amina.pk}/").content.decode()

    assert "Amina" in page
    assert "Case worker" in page
    assert "Kenya" in page
    assert question.title in page
    assert amina.email not in page


def test_an_erased_person_has_no_page(visitor: Client, amina: Member) -> None:
    Member.objects.filter(pk=amina.pk).update(erased_at=now())

    assert visitor.get(f"/people/{amina.pk}/").status_code == 404


def test_a_profile_hides_what_is_not_out(visitor: Client, chen: Member) -> None:
    question = asked(chen)

    assert question.title not in visitor.get(f"/people/{chen.pk}/").content.decode()


def test_the_machines_that_watch_are_answered(
    visitor: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        assert visitor.get("/healthz").content == b"ok\n"
    ready = visitor.get("/readyz")
    assert ready.status_code == 200
    assert ready.json() == {"database": True, "migrated": True, "worker": False}


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/manifest.webmanifest", "application/manifest+json"),
        ("/sw.js", "text/javascript"),
        ("/mark.svg", "image/svg+xml"),
    ],
)
def test_the_shell_s_files_stand_at_the_root(visitor: Client, address: str, kind: str) -> None:
    response = visitor.get(address)

    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith(kind)


def test_the_worker_knows_every_language(visitor: Client) -> None:
    (known,) = re.findall(r"\(\?:\(\?:([a-z|]+)\)", visitor.get("/sw.js").content.decode())

    assert ["en", *known.split("|")] == list(INTERFACE)


def test_a_new_worker_waits_its_turn(visitor: Client) -> None:
    """One that pushes in amid the loading of pages can let the next page wait for minutes."""
    assert "skipWaiting" not in visitor.get("/sw.js").content.decode()
    assert '.register("/sw.js")' in visitor.get("/static/exchange.js").getvalue().decode()


@pytest.mark.parametrize("page", ["/", "/questions/", "/library/", "/about/"])
def test_a_first_visit_fits_in_one_round_trip(visitor: Client, amina: Member, page: str) -> None:
    for number in range(25):
        asked(amina, number)

    response = visitor.get(page, headers={"accept-encoding": "gzip"})

    assert len(response.content) <= 14_000
