"""The way in as a browser walks it: it follows a form only to where the page said it may.
Run by pytest alone."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from exchange.core.time import now
from exchange.webinars.models import Engine, Phase, Webinar
from tests import cast
from tests.webinars.conftest import planned, seated
from tests.webinars.rooms import stub_bbb

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def door(
    browser: Browser, live_server: LiveServer, stub: Any
) -> Iterator[Callable[..., tuple[Webinar, Page]]]:
    """A phone before the door of a live room, as a host or as a member with a place."""
    opened = []

    def stand(*, engine: str, as_host: bool, **columns: Any) -> tuple[Webinar, Page]:
        amina, beatriz = cast.amina(), cast.beatriz()
        live = {"starts_at": now(), "phase": Phase.LIVE}
        webinar = planned(beatriz, engine=engine, **live, **columns)
        seated(webinar, amina)
        client = cast.signed_in(Client(), beatriz if as_host else amina)
        context = browser.new_context(viewport={"width": 360, "height": 800})
        opened.append(context)
        key = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
        page = context.new_page()
        page.goto(f"{live_server.url}/webinars/{webinar.pk}/join/")
        return webinar, page

    yield stand
    for context in opened:
        context.close()


def test_a_host_ticks_presses_and_is_in_the_room_which_hears_of_no_page_of_ours(door, stub):
    webinar, page = door(engine=Engine.BBB, as_host=True, is_recorded=True)

    page.check("#id_agrees")
    page.click("main form button")
    page.wait_for_url("**/bigbluebutton/api/join**")

    assert page.title() == "In the room"
    assert page.evaluate("document.referrer") == ""
    assert [one[1] for one in stub.meetings[webinar.room_key].people] == ["MODERATOR"]


def test_a_link_that_is_not_https_leads_nowhere_and_the_page_says_so(door, stub):
    elsewhere = stub.base.replace("127.0.0.1", "localhost")
    _webinar, page = door(engine=Engine.LINK, as_host=False, engine_link=elsewhere)

    assert "localhost" not in page.content()
    page.click("main form button")

    page.wait_for_selector("[role=alert]")
    assert "does not answer" in page.inner_text("[role=alert]")


def test_when_it_is_down_the_phone_shows_what_works(door, stub):
    _webinar, page = door(engine=Engine.BBB, as_host=True, has_sound=True)
    stub.trouble = stub_bbb.says(500, b"")

    page.click("main form button")
    page.wait_for_selector("[role=alert]")

    assert "Listen and read along" in page.inner_text("main")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    stub.trouble = None
    page.click("main form button")
    page.wait_for_url("**/bigbluebutton/api/join**")
