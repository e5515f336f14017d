"""The team in real browsers: by keyboard alone, two helpers at once, and a report in two taps.
Run by pytest alone."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from exchange.core.time import now
from exchange.members.models import Member
from exchange.webinars.dialogue import actions
from exchange.webinars.models import Asked, Phase, Presenter, Seat, TeamMember, Webinar
from tests import cast
from tests.webinars.conftest import planned, seated
from tests.webinars.dialogue.conftest import HELPER, HOST, WORDS
from tests.webinars.live.process import Live, running

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
Visit = Callable[..., Page]


@pytest.fixture
def process(transactional_db: None, tmp_path: Any, settings: Any) -> Iterator[Live]:
    with running(tmp_path) as live:
        settings.LIVE_PORT = live.port
        yield live


@pytest.fixture
def hour(transactional_db: None) -> tuple[Webinar, Member, Member, Seat]:
    """A live hour with a host, a helper and a member who has a place."""
    amina, beatriz = cast.amina(), cast.beatriz()
    helper = cast.person("Halima", languages="en", welcomed_at=now())
    begun = now().replace(microsecond=0)
    live = planned(beatriz, starts_at=begun, phase=Phase.LIVE, went_live_at=begun, chat_open=True)
    TeamMember.objects.create(webinar=live, member=helper, task=TeamMember.Task.HELPER)
    return live, helper, beatriz, seated(live, amina)


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer) -> Iterator[Visit]:
    """visit("/webinars/1/live/", as_=helper): a phone on a page."""
    opened: list[BrowserContext] = []
    trouble: list[str] = []

    def go(path: str, as_: Member | None = None, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": 360, "height": 740}, **options)
        opened.append(context)
        if as_ is not None:
            cookie = cast.signed_in(Client(), as_).cookies.get("sessionid")
            key = cookie.value if cookie else ""
            context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.goto(f"{live_server.url}{path}")
        return page

    yield go
    for context in opened:
        context.close()
    assert trouble == []


def ask(hour: Any, text: str = WORDS) -> Asked:
    return actions.ask(webinar=hour[0], seat=hour[3], text=text, language="en")


def tab_to(page: Page, words: str) -> None:
    """By the keyboard alone."""
    for _step in range(60):
        page.keyboard.press("Tab")
        if words in page.evaluate("document.activeElement.innerText || ''"):
            return
    raise AssertionError(words)


def test_a_helper_decides_by_keyboard_and_the_other_sees_it_go(process: Live, visit, hour):
    live, helper, beatriz, _seat = hour
    path = f"/webinars/{live.pk}/live/helper/"
    first, second = visit(path, as_=helper), visit(path, as_=beatriz)
    presenter = Presenter.objects.create(webinar=live, name="Wanjiru", answer="agreed")
    stage = visit(f"/webinars/presenters/{presenter.key}/live/")
    wall = visit(f"/webinars/{live.pk}/live/")
    expect(first.locator("h1")).to_have_text("Nothing waits. Thank you.")

    row = ask(hour)
    expect(first.locator(f"#q-{row.pk}")).to_contain_text(WORDS)
    expect(second.locator(f"#q-{row.pk}")).to_contain_text(WORDS)
    tab_to(first, "Show it")
    first.keyboard.press("Enter")

    expect(first.locator(f"#w-{row.pk}")).to_contain_text(WORDS)
    expect(second.locator(f"#q-{row.pk}")).to_have_count(0)
    expect(wall.locator(f"#question-{row.pk}")).to_contain_text(WORDS)
    expect(stage.locator(f"#n-{row.pk}")).to_contain_text(WORDS)
    tab_to(stage, "This one now")
    stage.keyboard.press("Enter")
    expect(stage.locator(".now")).to_have_text(WORDS)
    expect(second.locator(f"#w-{row.pk}")).to_contain_text("being answered")


def test_what_is_new_takes_neither_words_nor_the_place_of_whoever_reads(process: Live, visit, hour):
    live, _helper, beatriz, _seat = hour
    lead = visit(f"/webinars/{live.pk}/live/lead/", as_=beatriz)
    lead.fill("#id_word", "Welcome, all")
    actions.set_door(webinar=live, door="chat", is_open=False, roles=HOST)
    expect(lead.locator("#id_word")).to_have_value("Welcome, all")
    lead.keyboard.press("Enter")
    expect(lead.locator("body")).to_contain_text("Everybody reads it now.")

    helpers = visit(f"/webinars/{live.pk}/live/helper/", as_=beatriz)
    row = ask(hour)
    helpers.locator(f"#not-{row.pk} summary").click()
    other = ask(hour, "And with mothers?")
    expect(helpers.locator(f"#q-{other.pk}")).to_contain_text("And with mothers?")
    expect(helpers.locator(f"#not-{row.pk}")).to_have_attribute("open", "")


def test_without_script_the_helpers_page_looks_again_by_itself(visit, hour):
    live, helper, _beatriz, _seat = hour
    row = ask(hour)
    page = visit(f"/webinars/{live.pk}/live/helper/", as_=helper, java_script_enabled=False)
    assert page.locator("meta[http-equiv=refresh]").count() == 1

    page.click("text=Show it")

    expect(page.locator(f"#w-{row.pk}")).to_contain_text(WORDS)


def test_two_taps_on_a_question_that_came_live_hide_it_everywhere(process: Live, visit, hour):
    live, helper, _beatriz, _seat = hour
    visitor, other = visit(f"/webinars/{live.pk}/live/"), visit(f"/webinars/{live.pk}/live/")
    row = actions.show(asked=ask(hour), by=helper, roles=HELPER)
    line = actions.say(webinar=live, seat=hour[3], text="Habari zenu!", language="en")
    expect(visitor.locator(f"#chat-{line.pk} a")).to_have_attribute(
        "href", f"/webinars/{live.pk}/live/../../../report/said/{line.pk}/"
    )
    expect(other.locator(f"#question-{row.pk}")).to_contain_text(WORDS)

    visitor.click(f"#question-{row.pk} >> text=Report a concern")
    visitor.click("text=A child may be at risk now")

    expect(visitor.locator("body")).to_contain_text("It is hidden from everyone now.")
    expect(other.locator(f"#question-{row.pk}")).to_have_count(0)
    assert Asked.objects.get(pk=row.pk).sealed_at is not None
