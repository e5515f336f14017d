"""Hosts open spaces, say what they are, close them; the hub the Exchange begins with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from exchange.hubs import starting
from exchange.hubs.models import Membership, Space
from exchange.ledger.models import Event
from exchange.members.models import Member
from tests.hubs.making import group, inside

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Client, Member], Client]
TYPED: dict[str, Any] = {
    "kind": "group",
    "name_en": "After Kampala",
    "about_en": "What came of the workshop.",
    "name_sw": "Baada ya Kampala",
    "language": "en",
    "languages": ["sw"],
    "countries": ["KE", "UG"],
    "time_zone": "Africa/Nairobi",
    "joins": "asking",
    "reads_first": "nobody",
    "mail_content": "teaser",
    "is_listed": "on",
}


def test_a_host_of_the_exchange_opens_a_group_and_hosts_it_for_now(
    desta: Member, signed_in: SignedIn
) -> None:
    browser = signed_in(Client(), desta)
    answer = browser.post("/desk/hubs/new/", {**TYPED, "i_host": "on"})
    assert answer["Location"] == "/hubs/after-kampala/people/"
    space = Space.objects.get()
    assert (space.countries, space.languages) == ("KE UG", "en sw")
    assert Membership.objects.get(member=desta).role == "host"
    assert Event.objects.filter(kind="space.opened", subject_id=space.pk).exists()
    assert browser.get("/desk/hubs/").status_code == 200
    with override("sw"):
        assert space.shown_name == "Baada ya Kampala"


def test_a_member_opens_nothing(amina: Member, signed_in: SignedIn) -> None:
    assert signed_in(Client(), amina).post("/desk/hubs/new/", TYPED).status_code == 404
    assert not Space.objects.exists()


def test_one_hub_a_region(desta: Member, signed_in: SignedIn) -> None:
    starting.load()
    typed = {**TYPED, "kind": "hub", "region": "east-africa"}
    answer = signed_in(Client(), desta).post("/desk/hubs/new/", typed)
    assert answer.status_code == 422
    assert "There is a hub of this region already." in answer.content.decode()


def test_two_hosts_who_change_it_at_once_do_not_overwrite_each_other(
    desta: Member, signed_in: SignedIn
) -> None:
    space = group()
    inside(space, desta, "host")
    browser = signed_in(Client(), desta)
    first = {**TYPED, "version": "1", "about_en": "The first words"}
    assert browser.post("/hubs/kampala/settings/", first).status_code == 302
    late = {**TYPED, "version": "1", "about_en": "The second words"}
    answer = browser.post("/hubs/kampala/settings/", late)
    assert answer.status_code == 422
    assert "The second words" in answer.content.decode()
    space.refresh_from_db()
    assert (space.shown_about, space.version) == ("The first words", 2)
    assert browser.post("/hubs/kampala/settings/", {**late, "version": "2"}).status_code == 302


def test_a_closed_group_is_no_longer_found_and_can_be_opened_again(
    desta: Member, amina: Member, signed_in: SignedIn, visitor: Client
) -> None:
    inside(group(), amina)
    browser = signed_in(Client(), desta)
    browser.post("/desk/hubs/kampala/close/")
    assert visitor.get("/hubs/kampala/").status_code == 404
    assert signed_in(Client(), amina).get("/hubs/kampala/").status_code == 200
    browser.post("/desk/hubs/kampala/close/", {"act": "reopen"})
    assert visitor.get("/hubs/kampala/").status_code == 200


def test_the_exchange_begins_with_east_africa_in_six_languages(visitor: Client) -> None:
    assert (starting.load(), starting.load()) == (1, 0)
    hub = Space.objects.get()
    assert (hub.slug, hub.time_zone, hub.first_language) == ("east-africa", "Africa/Kampala", "en")
    assert {"KE", "TZ", "UG"} <= set(hub.country_codes)
    assert set(hub.names) == set(hub.abouts) == {"en", "fr", "sw", "ar", "es", "pt"}
    for prefix, name in (("", "East Africa"), ("/sw", "Afrika Mashariki"), ("/ar", "شرق أفريقيا")):
        assert name in visitor.get(f"{prefix}/hubs/east-africa/").content.decode()
