"""A browser with a microphone sends through the real page, and another plays it.
Run by pytest alone."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Browser, Page, expect, sync_playwright

from exchange.members.models import Member
from exchange.webinars.models import Broadcast, Webinar
from exchange.webinars.sound import places, upkeep
from tests import browser as browsers
from tests import cast
from tests.journeys.conftest import FLAGS
from tests.webinars.live.process import Live, running
from tests.webinars.sound.radio import Radio, until
from tests.webinars.sound.test_making import loudest

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PATIENCE = 30_000


@pytest.fixture(scope="module")
def live(radio: Radio, django_db_setup: None) -> Iterator[Live]:
    with running(radio.data) as live:
        yield live


@pytest.fixture
def browser(radio: Radio) -> Iterator[Browser]:
    flags = [
        *FLAGS,
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-audio-capture={radio.data / 'said.wav'}",
        "--autoplay-policy=no-user-gesture-required",
    ]
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=browsers.program(), args=flags)
        yield opened
        opened.close()


@pytest.fixture(autouse=True)
def no_line_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """The threads of the pages let go of the database with each answer, so that it can be cleared."""
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)


@pytest.fixture
def site(
    no_line_left: None, live: Live, radio: Radio, live_server: Any, settings: Any, monkeypatch: Any
) -> str:
    """The pages, with the sound and the live process beside them."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the driver of the browser has a loop
    settings.DATA_DIR = radio.data
    settings.LIVE_PORT = live.port
    return live_server.url


def _page(browser: Browser, site: str, client: Any, member: Member) -> Page:
    context = browser.new_context()
    cookie = cast.signed_in(client, member).cookies["sessionid"]
    context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": site}])
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    return page


def _plays_for(seconds: float, page: Page) -> None:
    """The policy of our pages forbids the waiting that the driver would do in them."""
    until(lambda: page.locator("audio").evaluate("one => one.currentTime") > seconds, 15)


def test_a_microphone_is_heard_in_another_browser(
    browser: Browser, site: str, radio: Radio, hour: Webinar, beatriz, amina, place_taken, client_of
):
    sends = _page(browser, site, client_of(), beatriz)
    hears = _page(browser, site, client_of(), amina)

    sends.goto(f"{site}/webinars/{hour.pk}/live/sending/")
    sends.get_by_role("button", name="Send my microphone").click()
    expect(sends.locator("#send-says")).to_have_text("The sound is being sent.", timeout=PATIENCE)
    expect(sends.locator("#send-count")).to_contain_text("3", timeout=PATIENCE)
    assert sends.locator("#loud").evaluate("one => one.max") == 100
    # In the middle of what the browser sends, another decoder has to find its way in.
    radio.kill(until(lambda: radio.ffmpegs("matroska"))[0])
    hears.goto(f"{site}/webinars/{hour.pk}/live/sound/")
    hears.locator("audio").evaluate("one => { one.play().catch(() => 0) }")
    _plays_for(2, hears)
    expect(hears.locator("#sound-says")).to_have_text("You hear what is said now.")

    # Another window takes the microphone over; the first is told, and then the hour is over.
    again = sends.context.new_page()
    again.goto(f"{site}/webinars/{hour.pk}/live/sending/")
    again.get_by_role("button", name="Send my microphone").click()
    expect(sends.locator("#send-says")).to_contain_text("Somebody else", timeout=PATIENCE)
    expect(again.locator("#send-count")).to_contain_text("2", timeout=PATIENCE)
    again.reload()
    again.get_by_role("button", name="End the sound for everybody").click()

    place = places.place(radio.data, Broadcast.objects.get().key)
    until(place.ended.exists)
    upkeep.glance()
    hears.reload()
    hears.get_by_role("link", name="From the beginning").click()
    _plays_for(0.5, hears)
    expect(hears.locator("#sound-says")).to_contain_text("You hear an earlier minute")
    assert loudest(place.piece(1, "mp3")) > -30
