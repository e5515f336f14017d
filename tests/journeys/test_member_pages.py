"""The members' pages in a real browser: without barriers, without sideways scrolling, by keyboard."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests import browser as browsers
from tests import cast
from tests.members.test_door import code_for

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
OWN = ("welcome/", "me/", "me/profile/", "me/email/", "me/security/", "me/security/why/")
GUARDED = ("me/security/app/", "me/security/passkeys/", "me/security/passkeys/add/", "sign-out/")


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    # The driver runs its own event loop in this thread; the tests' own queries are still safe.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=browsers.program(), args=["--no-sandbox"])
        yield browser.new_page(viewport={"width": 360, "height": 740})
        browser.close()


def barriers(page: Page) -> list[str]:
    found = [f"{page.url}: {one['id']}" for one in Axe().run(page).response["violations"]]
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{page.url}: scrolls sideways at {width}")
    page.set_viewport_size({"width": 360, "height": 740})
    return found


@pytest.mark.parametrize("prefix", ["", "ar/"])
def test_nothing_stands_in_anybodys_way(page: Page, live_server: LiveServer, prefix: str) -> None:
    amina = cast.amina()
    home = f"{live_server.url}/{prefix}"
    found: list[str] = []

    for path in ("sign-in/", "join/"):
        page.goto(home + path)
        found += barriers(page)
    page.locator("main form button.do").first.click()
    found += barriers(page)
    page.goto(f"{home}sign-in/")
    page.fill("#id_email", amina.email)
    page.keyboard.press("Enter")
    page.wait_for_url("**/code/")
    found += barriers(page)
    page.fill("#id_code", code_for(amina.email))
    page.keyboard.press("Enter")
    page.wait_for_url("**/me/")
    for path in OWN + GUARDED:
        page.goto(home + path)
        found += barriers(page)

    assert found == []


def test_joining_needs_no_mouse(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/join/")

    page.focus("#id_email")
    page.keyboard.type("grace@example.org")
    page.keyboard.press("Tab")
    page.keyboard.type("Grace")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    if not page.evaluate("document.activeElement.id === 'id_conduct'"):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in/code/")
    page.focus("#id_code")
    page.keyboard.type(code_for("grace@example.org"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/welcome/")

    assert "Welcome, Grace" in page.inner_text("h1")
