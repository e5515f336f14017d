"""The list of hubs and groups and the page of each: who sees which."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from exchange.hubs.models import Membership, Space
from exchange.members.models import Member

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Client, Member], Client]


@pytest.fixture
def hub() -> Space:
    return Space.objects.create(kind="hub", slug="east-africa", name="East Africa", countries="KE")


@pytest.fixture
def quiet() -> Space:
    return Space.objects.create(kind="group", slug="quiet", name="Quiet one", is_listed=False)


def test_everybody_sees_a_hub_and_nobody_outside_a_group_that_is_not_listed(
    hub: Space, quiet: Space, visitor: Client
) -> None:
    shown = visitor.get("/hubs/").content.decode()
    assert "East Africa" in shown
    assert "Quiet one" not in shown
    assert visitor.get("/hubs/east-africa/").status_code == 200
    assert visitor.get("/hubs/quiet/").status_code == 404


def test_who_belongs_to_it_finds_it(
    quiet: Space, visitor: Client, amina: Member, signed_in: SignedIn
) -> None:
    Membership.objects.create(space=quiet, member=amina, state="in")
    browser = signed_in(visitor, amina)
    assert "Quiet one" in browser.get("/hubs/").content.decode()
    assert browser.get("/hubs/quiet/").status_code == 200
