"""Asking to belong, the answer, and leaving again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from exchange.hubs.models import Membership, Space
from exchange.ledger import worker
from exchange.ledger.models import Event
from exchange.members.models import Member
from tests.bymail import Post, settle_in
from tests.cast import person, with_second_factor
from tests.hubs.making import group, inside

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Client, Member], Client]
WORDS = {"words": "I work with village committees in Busia and would learn with you."}


@pytest.fixture(autouse=True)
def _mail(settings: Any, tmp_path: Path) -> None:
    settle_in(settings, tmp_path)


@pytest.fixture
def space() -> Space:
    return group()


@pytest.fixture
def zuri(db: None, space: Space) -> Member:
    """Hosts the group, with a second factor."""
    host = with_second_factor(person("Zuri"))
    inside(space, host, "host")
    return host


def _ask(client: Client) -> None:
    assert client.post("/hubs/kampala/join/", WORDS).status_code == 302


def test_who_asks_is_read_by_the_hosts_of_the_group_and_taken_in(
    space: Space, zuri: Member, amina: Member, signed_in: SignedIn
) -> None:
    _ask(signed_in(Client(), amina))
    place = Membership.objects.get(member=amina)
    assert place.state == "asked"
    worker.run_until_idle()
    assert "village committees" in Post.of(zuri).newest().text

    host = signed_in(Client(), zuri)
    assert "village committees" in host.get("/hubs/kampala/people/").content.decode()
    host.post(f"/hubs/kampala/people/{place.pk}/", {"act": "take-in"})
    place.refresh_from_db()
    assert (place.state, place.words) == ("in", "")
    worker.run_until_idle()
    assert "You belong to After Kampala now." in Post.of(amina).newest().text


def test_where_nobody_hosts_the_hosts_of_the_exchange_are_asked(
    space: Space, amina: Member, desta: Member, signed_in: SignedIn
) -> None:
    _ask(signed_in(Client(), amina))
    worker.run_until_idle()
    assert "Amina asks to belong" in Post.of(desta).newest().text


def test_a_no_is_kind_and_holds_for_a_month(
    space: Space, zuri: Member, amina: Member, signed_in: SignedIn
) -> None:
    browser = signed_in(Client(), amina)
    _ask(browser)
    place = Membership.objects.get(member=amina)
    host = signed_in(Client(), zuri)
    host.post(
        f"/hubs/kampala/people/{place.pk}/",
        {"act": "decline", "note": "This one is for those of the workshop."},
    )
    worker.run_until_idle()
    assert "for those of the workshop" in Post.of(amina).newest().text
    assert browser.post("/hubs/kampala/join/", WORDS).status_code == 422


def test_words_that_point_to_a_child_go_to_nobody_and_stay_in_the_form(
    space: Space, amina: Member, signed_in: SignedIn
) -> None:
    words = {"words": "The girl Fatuma Achieng, 9, from Busia village, was beaten by her uncle."}
    answer = signed_in(Client(), amina).post("/hubs/kampala/join/", words)
    assert answer.status_code == 422
    assert "Fatuma Achieng" in answer.content.decode()
    assert not Membership.objects.exists()


def test_a_member_sees_the_people_and_neither_requests_nor_addresses(
    space: Space, zuri: Member, amina: Member, chen: Member, signed_in: SignedIn
) -> None:
    inside(space, amina)
    Membership.objects.create(space=space, member=chen, words="Please let me in")
    shown = signed_in(Client(), amina).get("/hubs/kampala/people/").content.decode()
    assert "Zuri" in shown
    assert "Please let me in" not in shown
    assert "@example.org" not in shown
    assert signed_in(Client(), chen).get("/hubs/kampala/people/").status_code == 404
    assert signed_in(Client(), amina).get("/hubs/kampala/people/table.csv").status_code == 404
    table = signed_in(Client(), zuri).get("/hubs/kampala/people/table.csv").content.decode()
    assert "Amina" in table
    assert "@" not in table


def test_without_a_second_factor_a_host_is_led_to_set_one_up(
    space: Space, amina: Member, signed_in: SignedIn
) -> None:
    inside(space, amina, "host")
    answer = signed_in(Client(), amina).get("/hubs/kampala/settings/")
    assert answer["Location"].startswith("/me/security/why/")


def test_the_last_host_leaves_only_to_the_hosts_of_the_exchange(
    space: Space, zuri: Member, amina: Member, desta: Member, signed_in: SignedIn
) -> None:
    inside(space, amina)
    browser = signed_in(Client(), zuri)
    answer = browser.post("/hubs/kampala/leave/")
    assert answer.status_code == 422
    assert "You are the only host" in answer.content.decode()
    browser.post("/hubs/kampala/leave/", {"hand_over": "1"})
    worker.run_until_idle()
    assert "The last host of After Kampala has left it" in Post.of(desta).newest().text


def test_a_host_of_the_exchange_appoints_a_host_and_the_group_is_told(
    space: Space, amina: Member, chen: Member, desta: Member, signed_in: SignedIn
) -> None:
    place = inside(space, amina)
    inside(space, chen)
    signed_in(Client(), desta).post(
        f"/hubs/kampala/people/{place.pk}/", {"act": "role", "role": "host"}
    )
    worker.run_until_idle()
    assert "Amina hosts After Kampala from now on." in Post.of(chen).newest().text
    assert "second factor" in Post.of(amina).newest().text


def test_a_member_can_neither_appoint_nor_take_anybody_out(
    space: Space, zuri: Member, amina: Member, signed_in: SignedIn
) -> None:
    inside(space, amina)
    place = Membership.objects.get(member=zuri)
    answer = signed_in(Client(), amina).post(f"/hubs/kampala/people/{place.pk}/", {"act": "remove"})
    assert answer.status_code == 404


def test_how_much_one_hears_is_chosen_and_leaving_takes_one_page(
    space: Space, zuri: Member, amina: Member, signed_in: SignedIn
) -> None:
    place = inside(space, amina)
    browser = signed_in(Client(), amina)
    browser.post("/hubs/kampala/level/", {"level": "digest"})
    place.refresh_from_db()
    assert place.level == "digest"
    browser.post("/hubs/kampala/leave/")
    place.refresh_from_db()
    assert place.state == "left"
    assert Event.objects.filter(kind="membership.left", subject_id=place.pk).exists()
