"""The dossier: everything about a person can be handed over and can be erased."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from exchange.ledger.models import Event
from exchange.members import dossier
from exchange.members.models import Agreement, Member
from tests import cast

pytestmark = pytest.mark.django_db


def test_every_model_that_points_at_a_member_has_an_entry() -> None:
    assert dossier.without_entry() == []
    assert dossier.rooms_that_are_gone() == []


def test_the_check_would_find_a_room_without_an_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(dossier._covered, "account")

    assert dossier.without_entry() == ["account.EmailAddress"]


def test_a_person_gets_what_they_told_and_no_secret(beatriz: Member) -> None:
    kept = dossier.export(beatriz)["members"]

    assert (kept["email"], kept["display_name"]) == ("beatriz@example.org", "Beatriz")
    assert {row["what"] for row in kept["agreements"]} == {"adult", "conduct"}
    assert "secret" not in str(kept)


def test_erasing_leaves_no_name_and_no_address(beatriz: Member) -> None:
    dossier.erase(beatriz)

    left = str(Member.objects.filter(pk=beatriz.pk).values())
    assert "eatriz" not in left
    assert not beatriz.is_host
    assert not EmailAddress.objects.filter(user=beatriz).exists()
    assert not Authenticator.objects.filter(user=beatriz).exists()
    assert not Agreement.objects.filter(member=beatriz).exists()
    assert Event.objects.filter(kind="member.erased", subject_id=beatriz.pk).exists()


def test_an_erased_address_may_join_again(beatriz: Member) -> None:
    dossier.erase(beatriz)

    assert cast.person("Beatriz").pk != beatriz.pk
