"""The public face of a hub: what is about its countries, and sums that tell of nobody."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from exchange.contributions.actions import submit
from exchange.contributions.content import Content
from exchange.core.page_cache import shelf
from exchange.core.time import now
from exchange.hubs import starting
from exchange.hubs.models import Space
from exchange.members.models import Member
from tests.cast import person
from tests.hubs.making import group, inside

pytestmark = pytest.mark.django_db
PAGE = "/hubs/east-africa/"


@pytest.fixture
def hub(db: None) -> Space:
    starting.load()
    return Space.objects.get()


def _ask(member: Member, title: str, country: str, **more: Any) -> None:
    content = Content(title=title, body="We tried much.", language="en", countries=(country,))
    submit(kind="question", content=content, author=member, insist=True, **more)


def _page(client: Client) -> str:
    return str(client.get(PAGE).content.decode())


def test_it_shows_questions_from_its_countries_and_no_others(
    hub: Space, amina: Member, visitor: Client
) -> None:
    _ask(amina, "What keeps a committee alive", "KE")
    _ask(amina, "Something from elsewhere", "PE")
    shown = _page(visitor)
    assert "What keeps a committee alive" in shown
    assert "Something from elsewhere" not in shown
    assert "/countries/ke/" in shown
    assert "/newsletters/subscribe/?hub=east-africa" in shown


def test_what_is_written_inside_is_not_on_its_face(
    hub: Space, amina: Member, visitor: Client
) -> None:
    inside(hub, amina, trusted_at=now())
    _ask(amina, "Among ourselves in the hub", "KE", space=hub, is_inside=True)
    assert "Among ourselves in the hub" not in _page(visitor)


def test_people_are_counted_from_five_on_and_hosts_are_named(hub: Space, visitor: Client) -> None:
    for number, country in enumerate(("KE", "UG", "TZ", "KE")):
        inside(hub, person(f"Femi{number}", country=country))
    assert "members" not in _page(visitor).partition("<main")[2].partition("</main>")[0]
    inside(hub, person("Zuri", country="RW"), "host", trusted_at=now())
    shelf.clear()
    shown = _page(visitor)
    assert "5 members in 4 countries" in shown
    assert "Zuri" in shown
    assert "Femi0" not in shown


def test_its_groups_stand_there_when_they_are_listed(hub: Space, visitor: Client) -> None:
    group(parent=hub)
    group(slug="quiet", name="Quiet one", parent=hub, is_listed=False)
    shown = _page(visitor)
    assert "After Kampala" in shown
    assert "Quiet one" not in shown


def test_it_is_light_and_asks_little(
    hub: Space, amina: Member, visitor: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(6):
        _ask(amina, f"What keeps committee {number} alive", "KE")
    with django_assert_max_num_queries(8):
        answer = visitor.get(PAGE, headers={"accept-encoding": "gzip"})
    assert len(answer.content) <= 14 * 1024
