"""Who may come into the writing room, and that the powers they get there are not kept."""

import pytest
from django.test import Client

from exchange.members.models import Member
from exchange.writing.middleware import lend_powers
from tests import cast

pytestmark = pytest.mark.django_db
ROOM = "/desk/write/"


def test_a_host_who_showed_a_second_factor_comes_in(host: Client) -> None:
    answer = host.get(ROOM)

    assert answer.status_code == 200
    assert answer.headers["Content-Language"] == "pt"


def test_a_member_finds_nothing_there(amina: Member) -> None:
    assert cast.signed_in(Client(), amina).get(ROOM).status_code == 404


def test_a_visitor_is_led_to_sign_in(visitor: Client) -> None:
    answer = visitor.get(ROOM + "pages/")

    assert answer.status_code == 302
    assert answer["Location"] == "/sign-in/?next=%2Fdesk%2Fwrite%2Fpages%2F"


def test_what_a_visitor_posts_is_not_kept(visitor: Client) -> None:
    answer = visitor.post(ROOM + "pages/1/delete/", {"words": "about a child"})

    assert answer.status_code == 302
    assert "unsent" not in visitor.session


def test_a_host_without_a_second_factor_is_led_to_set_one_up() -> None:
    host = cast.person("Hawa", hosting_since=cast.now())

    answer = cast.signed_in(Client(), host).get(ROOM)

    assert answer.status_code == 302
    assert "/me/security/why/" in answer["Location"]


def test_a_host_who_has_not_shown_it_in_this_session_shows_it_first(beatriz: Member) -> None:
    client = Client()
    client.force_login(beatriz)

    answer = client.get(ROOM)

    assert answer.status_code == 302
    assert "/me/security/again/" in answer["Location"]


def test_the_powers_of_a_request_are_never_kept(host: Client, beatriz: Member) -> None:
    assert host.get(ROOM + "pages/").status_code == 200

    lend_powers(beatriz)
    beatriz.save()

    assert not Member.objects.filter(is_superuser=True).exists()
    assert not beatriz.is_superuser
