"""What is held about a person in hubs: they get it, and it leaves with them."""

from __future__ import annotations

import pytest

from exchange.core.time import now
from exchange.hubs.inviting import actions
from exchange.hubs.inviting.rules import One
from exchange.hubs.models import Invitation, Membership, Pair
from exchange.hubs.spaces.queries import waiting
from exchange.members import dossier
from exchange.members.models import Member
from tests.cast import person, with_second_factor
from tests.hubs.making import group, inside

pytestmark = pytest.mark.django_db


def test_a_person_gets_all_of_it_and_it_leaves_with_them(amina: Member, chen: Member) -> None:
    space = group()
    inside(space, amina, "host")
    inside(space, chen)
    Pair.objects.create(space=space, first=amina, second=chen, state="living", last_sign=now())
    other = group(slug="arusha", name="After Arusha")
    host = with_second_factor(person("Zuri"))
    inside(other, host, "host")
    people = [One(amina.email, "Amina O.")]
    actions.invite(space=other, people=people, language="en", role="member", by=host)

    kept = dossier.export(amina)["hubs"]
    assert {row["space__name"] for row in kept["memberships"]} == {"After Kampala", "After Arusha"}
    assert [row["name"] for row in kept["invitations"]] == ["Amina O."]
    assert len(kept["mentor_pairs"]) == 1

    dossier.erase(amina)
    assert not Membership.objects.filter(member=amina).exists()
    assert not Invitation.objects.exists()
    assert not Pair.objects.exists()
    assert Membership.objects.filter(member=chen, space=space).exists()


def test_a_group_whose_host_was_erased_waits_at_the_desk(amina: Member) -> None:
    inside(group(), amina, "host")
    assert waiting() is None
    dossier.erase(amina)
    found = waiting()
    assert found is not None
    assert found.label == "1 hub or group without a host"


def test_an_address_invited_before_it_joined_leaves_with_the_member(chen: Member) -> None:
    space = group()
    host = with_second_factor(person("Zuri"))
    inside(space, host, "host")
    actions.invite(
        space=space, people=[One("new@example.net")], language="en", role="member", by=host
    )
    dossier.erase(person("New", email="new@example.net"))
    assert not Invitation.objects.exists()
