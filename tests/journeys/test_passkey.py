"""A passkey in a real browser: added, used to come in, used as the second factor of a host."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from exchange.members.models import Member
from tests import browser as browsers
from tests import cast
from tests.members.test_door import code_for

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """A page in the system's Chromium, with a pretended phone lock that says yes."""
    # The driver runs its own event loop in this thread; the tests' own queries are still safe.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=browsers.program(), args=["--no-sandbox"])
        opened = browser.new_page(viewport={"width": 360, "height": 740})
        lock = opened.context.new_cdp_session(opened)
        lock.send("WebAuthn.enable")
        lock.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasResidentKey": True,
                    "hasUserVerification": True,
                    "isUserVerified": True,
                    "automaticPresenceSimulation": True,
                }
            },
        )
        yield opened
        browser.close()


def test_a_member_adds_a_passkey_and_comes_in_with_it_alone(
    page: Page, live_server: LiveServer
) -> None:
    amina = cast.amina()
    address = live_server.url.replace("127.0.0.1", "localhost")
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("console", lambda said: trouble.append(said.text) if said.type == "error" else None)

    page.goto(f"{address}/sign-in/?next=/me/security/passkeys/add/")
    page.fill("#id_email", amina.email)
    page.click("text=Send me a code")
    page.fill("#id_code", code_for(amina.email))
    page.click("text=Go on")
    page.fill("#id_name", "My phone")
    page.click("text=Add the passkey")
    page.wait_for_url("**/recovery-codes/")
    page.goto(f"{address}/me/security/passkeys/")
    assert "My phone" in page.inner_text("main")

    page.goto(f"{address}/me/")
    page.click("main >> text=Sign out")
    page.goto(f"{address}/sign-in/?next=/me/profile/")
    page.click("text=Use my passkey instead")
    page.wait_for_url("**/me/profile/")

    assert page.input_value("#id_display_name") == "Amina"
    assert trouble == []


def test_a_passkey_is_the_second_factor_after_a_code(page: Page, live_server: LiveServer) -> None:
    chen = cast.chen()
    Member.objects.filter(pk=chen.pk).update(languages="en")
    address = live_server.url.replace("127.0.0.1", "localhost")

    def sign_in() -> None:
        page.goto(f"{address}/sign-in/?next=/me/security/passkeys/add/")
        page.fill("#id_email", chen.email)
        page.click("text=Send me a code")
        page.fill("#id_code", code_for(chen.email))
        page.click("text=Go on")

    sign_in()
    page.click("text=Add the passkey")
    page.wait_for_url("**/recovery-codes/")
    page.goto(f"{address}/me/")
    page.click("main >> text=Sign out")
    sign_in()
    assert "/sign-in/second-step/" in page.url
    page.click("text=Use my passkey")
    page.wait_for_url("**/passkeys/add/")

    assert page.is_visible("text=Add the passkey")


def test_a_passkey_that_does_not_answer_is_said_in_words(
    page: Page, live_server: LiveServer
) -> None:
    address = live_server.url.replace("127.0.0.1", "localhost")

    page.goto(f"{address}/sign-in/")
    page.click("text=Use my passkey instead")

    page.wait_for_selector("text=The passkey did not answer")
    assert page.is_visible("text=Send me a code")
