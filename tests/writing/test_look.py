"""The writing room as a host's browser shows it, in English and Arabic, wide and on a phone: axe finds
nothing, nothing comes from elsewhere, no script or style is refused, nothing is wider than the phone."""

import os
from collections.abc import Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from exchange.members.models import Member
from tests import cast
from tests.writing.hosts import cookie_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text()
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ROOM = "/desk/write/"
PAGES = ("", "pages/", "images/", "images/multiple/add/", "reports/site-history/")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright keeps a loop in this thread
    with sync_playwright() as play:
        program = os.environ.get("EXCHANGE_BROWSER", "/usr/bin/chromium")
        opened = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield opened
        opened.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


class Watched:
    """A page, and what was wrong while it was used."""

    def __init__(self, browser: Browser, server: str, cookie: str, width: int) -> None:
        self.context = browser.new_context(viewport={"width": width, "height": 800})
        self.context.add_cookies([{"name": "sessionid", "value": cookie, "url": server}])
        self.page: Page = self.context.new_page()
        self.server, self.width, self.found = server, width, []
        self.page.on("request", lambda asked: self._asked(asked.url))
        self.page.on("pageerror", lambda error: self.found.append(f"script: {error}"[:200]))
        self.page.on("console", lambda said: self._said(said.type, said.text))

    def _asked(self, url: str) -> None:
        if not url.startswith((self.server, "data:", "blob:")):
            self.found.append(f"asked elsewhere: {url}")

    def _said(self, kind: str, words: str) -> None:
        if kind == "error":
            self.found.append(f"console: {words[:300]}")

    def go(self, path: str) -> None:
        self.page.goto(self.server + ROOM + path)
        self.page.wait_for_load_state("networkidle")
        self.look(path)

    def look(self, name: str) -> None:
        self.page.evaluate(AXE)
        options = {"runOnly": {"type": "tag", "values": STANDARD}}
        faults = self.page.evaluate("o => axe.run(document, o)", options)["violations"]
        for fault in faults:
            where = [node["target"] for node in fault["nodes"][:3]]
            self.found.append(f"{self.width} {name}: {fault['id']} {where}")
        over = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if over > 0:
            self.found.append(f"{self.width} {name}: {over} px too wide")


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("ar", 360)])
def test_the_room_can_be_used_by_everybody(
    browser: Browser, live_server: LiveServer, language: str, width: int
) -> None:
    writer: Member = cast.with_second_factor(
        cast.person("Hawa", languages=language, hosting_since=cast.now(), country="KE")
    )
    watched = Watched(browser, live_server.url, cookie_of(writer), width)
    for path in PAGES:
        watched.go(path)
    watched.go(f"open/page/about/{language}/")
    number = watched.page.url.rstrip("/").split("/")[-2]
    assert watched.page.locator("html").get_attribute("lang") == language
    watched.page.click("[data-side-panel-toggle=status]")
    watched.page.locator("[data-a11y-dialog-show=schedule-publishing-dialog]").first.click()
    watched.page.wait_for_selector("input[type=datetime-local]")
    assert "UTC+03:00" in watched.page.content()
    watched.look("when to publish")
    watched.go(f"pages/{number}/history/")
    watched.context.close()

    assert not watched.found, "\n" + "\n".join(watched.found)
