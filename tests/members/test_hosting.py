"""Becoming a host: the first one by a link that works once, the others from the machine."""

import stat
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from exchange.ledger.models import Event
from exchange.members import actions, first_host, rules
from exchange.members.models import Member
from tests import cast

pytestmark = pytest.mark.django_db
TOKEN_FILE = Path(settings.DATA_DIR) / "first-host-token"


@pytest.fixture(autouse=True)
def _no_link_left_over():
    first_host.close()
    yield
    first_host.close()


def said(*words: str, **options: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue()


def test_the_first_host_comes_in_by_the_link_that_was_printed(
    visitor: Client, amina: Member
) -> None:
    words = said("first_host")
    link = next(word for word in words.split() if "/first-host/" in word)
    page = link.removeprefix(settings.BASE_URL)
    assert "?next=" in visitor.get(page).content.decode()
    cast.signed_in(visitor, amina)

    answer = visitor.post(page)

    assert answer.url == "/me/security/why/"
    amina.refresh_from_db()
    assert amina.is_host
    assert Event.objects.filter(kind="member.host_appointed", subject_id=amina.pk).count() == 1
    assert visitor.get(page).status_code == 404
    assert not TOKEN_FILE.exists()


def test_the_link_is_the_owners_secret_and_stays_the_same_until_used(db: None) -> None:
    first, second = said("first_host"), said("first_host")

    assert first == second
    assert stat.S_IMODE(TOKEN_FILE.stat().st_mode) == 0o600


def test_the_words_of_run_name_both_ways_in_and_the_outbox(db: None) -> None:
    words = said("first_host")

    assert "./exchange host add you@example.org" in words
    assert f"{settings.BASE_URL}/outbox/" in words


def test_nothing_is_printed_once_there_is_a_host(beatriz: Member) -> None:
    assert said("first_host") == ""


def test_a_guessed_link_leads_nowhere(visitor: Client, amina: Member) -> None:
    first_host.token()
    cast.signed_in(visitor, amina)

    assert visitor.get("/first-host/guess/").status_code == 404
    assert visitor.post("/first-host/guess/").status_code == 404


def test_the_link_is_dead_when_somebody_else_became_host(visitor: Client, amina: Member) -> None:
    token = first_host.token()
    actions.appoint_host(member=cast.beatriz())
    cast.signed_in(visitor, amina)

    assert visitor.post(f"/first-host/{token}/").status_code == 404
    with pytest.raises(actions.NoLongerOpen):
        actions.become_first_host(member=amina, token=token)


def test_a_visitor_cannot_press_the_button(visitor: Client) -> None:
    assert visitor.post(f"/first-host/{first_host.token()}/").status_code == 200
    assert not Member.objects.hosts().exists()


def test_a_member_is_made_host_from_the_machine(amina: Member) -> None:
    words = said("host", "add", amina.email.upper())

    amina.refresh_from_db()
    assert amina.is_host
    assert "second factor" in words


def test_somebody_who_has_not_joined_is_made_host_from_the_machine(db: None) -> None:
    said("host", "add", "hana@example.org", "--name", "Hana")

    hana = Member.objects.get()
    assert (hana.email, hana.display_name, hana.is_host) == ("hana@example.org", "Hana", True)


def test_a_host_who_looks_like_a_member_is_pointed_out(amina: Member) -> None:
    words = said("host", "add", "other@example.org", "--name", "Àmina")

    assert f"member {amina.pk}" in words


def test_hosts_are_listed_and_ended(beatriz: Member) -> None:
    assert "Beatriz <beatriz@example.org>" in said("host", "list")

    said("host", "end", beatriz.email)

    beatriz.refresh_from_db()
    assert not beatriz.is_host
    assert "no host" in said("host", "list")


@pytest.mark.parametrize("words", [("add", "nonsense"), ("end", "nobody@example.org")])
def test_a_wrong_address_is_said(db: None, words: tuple[str, str]) -> None:
    with pytest.raises(CommandError):
        said("host", *words)


def test_hosting_needs_a_second_factor(amina: Member, beatriz: Member) -> None:
    actions.appoint_host(member=amina)

    assert [rules.may_host(amina), rules.may_host(beatriz)] == [False, True]
    assert rules.may_host(cast.with_second_factor(amina))
