"""The hosts' pages: a channel made, tried, changed, rested and taken away; the fediverse switched.
Run by pytest alone."""

import pytest
from django.test import Client

from exchange.announcing.fediverse.queries import address
from exchange.announcing.models import Actor, Blocked, Channel
from exchange.core import keeping
from exchange.core.remembering import forget

pytestmark = pytest.mark.django_db
SECRET = "a secret of sixteen letters and more"
GIVEN = {"name": "Our group", "address": "http://127.0.0.1:9/x/covered", "form": "text"}
PAGES = ("/desk/announcing/", "/desk/announcing/new/", "/desk/announcing/fediverse/")


@pytest.fixture
def host(beatriz, signed_in):
    return signed_in(Client(), beatriz)


@pytest.fixture
def channel(host):
    host.post("/desk/announcing/new/", {**GIVEN, "secret": SECRET})
    return Channel.objects.get()


@pytest.mark.parametrize("page", PAGES)
def test_hosts_alone_come_in(visitor, signed_in, amina, host, page):
    assert visitor.get(page).status_code == 302
    assert signed_in(Client(), amina).get(page).status_code == 404
    assert host.get(page).status_code == 200


def test_a_channel_is_made_and_shows_neither_address_nor_secret(host, channel):
    assert keeping.opened(channel.address, room="announcing") == GIVEN["address"]
    for page in ("", f"{channel.pk}/", f"{channel.pk}/change/"):
        shown = host.get(f"/desk/announcing/{page}").content.decode()
        assert "Our group" in shown
        assert "127.0.0.1:9" in shown
        assert "covered" not in shown
        assert SECRET not in shown


@pytest.mark.parametrize(
    "typed", ["", "ftp://example.org/", "http://name:word@127.0.0.1/", "http://", "nonsense"]
)
def test_an_address_that_will_not_do_is_asked_for_again(host, typed):
    answer = host.post("/desk/announcing/new/", {**GIVEN, "address": typed, "secret": SECRET})

    assert answer.status_code == 422
    assert b'id="errors"' in answer.content
    assert b"Our group" in answer.content
    assert SECRET.encode() not in answer.content
    assert not Channel.objects.exists()


@pytest.mark.parametrize("typed", ["https://127.0.0.1/x", "https://10.0.0.1/", "https://[::1]/"])
def test_in_production_an_address_inside_is_refused_when_it_is_typed(host, settings, typed):
    settings.PRODUCTION = True
    answer = host.post("/desk/announcing/new/", {**GIVEN, "address": typed}, secure=True)

    assert answer.status_code == 422


def test_what_is_left_empty_is_kept(host, channel):
    page = f"/desk/announcing/{channel.pk}/change/"
    host.post(page, {"name": "Other", "form": "ours", "kinds": ["brief", "webinar"]})
    row = Channel.objects.get()
    assert (row.name, row.form, row.kinds) == ("Other", "ours", "brief webinar")
    assert keeping.opened(row.address, room="announcing") == GIVEN["address"]
    assert keeping.opened(row.secret, room="announcing") == SECRET

    host.post(page, {"name": "Other", "form": "ours", "drops_secret": "on"})
    assert Channel.objects.get().secret == ""


def test_a_try_says_how_it_went(host, channel):
    page = f"/desk/announcing/{channel.pk}/"
    answer = host.post(page, {"do": "try"}, follow=True)

    assert "not-reached" in answer.content.decode()


def test_it_rests_wakes_and_goes(host, channel):
    page = f"/desk/announcing/{channel.pk}/"
    host.post(page, {"do": "rest"})
    assert Channel.objects.get().rests_since
    host.post(page, {"do": "wake"})
    assert Channel.objects.get().rests_since is None
    host.post(page, {"do": "remove"})
    assert Channel.objects.exists()
    host.post(page, {"do": "remove", "sure": "yes"})
    assert not Channel.objects.exists()


def test_the_fediverse_is_switched_on_and_off_and_keeps_its_handle(host):
    page = "/desk/announcing/fediverse/"
    assert host.post(page, {"do": "on", "name": "X", "handle": "Ex change"}).status_code == 422
    assert host.post(page, {"do": "on", "name": "X", "handle": "items"}).status_code == 422
    assert not Actor.objects.exists()
    host.post(page, {"do": "on", "name": "The Exchange", "handle": "@Exchange"})
    row = Actor.objects.get()
    assert (row.handle, row.is_on) == ("exchange", True)
    assert "PRIVATE" not in row.private_key
    host.post(page, {"do": "on", "name": "Another", "handle": "other", "summary": "Hi"})
    row.refresh_from_db()
    assert (row.handle, row.name, row.summary) == ("exchange", "Another", "Hi")
    assert "@exchange@testserver" in host.get(page).content.decode()
    host.post(page, {"do": "off"})
    row.refresh_from_db()
    assert not row.is_on


def test_a_server_is_kept_out_and_let_in_again(host):
    page = "/desk/announcing/fediverse/"
    for typed in ("no name", "localhost", "-x.example"):
        assert host.post(page, {"do": "block", "domain": typed}).status_code == 422
    host.post(page, {"do": "block", "domain": "https://Bad.Example/users/x"})
    assert [row.domain for row in Blocked.objects.all()] == ["bad.example"]
    host.post(page, {"do": "unblock", "domain": "bad.example"})
    assert not Blocked.objects.exists()


def test_the_address_is_said_while_it_is_on(account, beatriz):
    forget()
    assert address() == "@exchange@testserver"
    Actor.objects.update(is_on=False)
    assert address() == ""
