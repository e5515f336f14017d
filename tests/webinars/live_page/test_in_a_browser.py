"""The hour in real browsers: with script, without, by keyboard alone, over a line that drops."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from exchange.core.time import now
from exchange.members.models import Member
from exchange.webinars import queries as room
from exchange.webinars.dialogue import actions as dialogue
from exchange.webinars.lanes import actions, sliding
from exchange.webinars.models import Asked, Lane, LiveEvent, Phase, Poll, TeamMember, Webinar
from exchange.webinars.planning import actions as planning
from tests import cast
from tests.webinars.conftest import planned, seated
from tests.webinars.live.process import Live, running

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
Visit = Callable[..., Page]
# Seconds that a hurried clock may run before something must have come.
PATIENCE = 30


@pytest.fixture
def process(transactional_db: None, tmp_path: Any, settings: Any) -> Iterator[Live]:
    with running(tmp_path) as live:
        settings.LIVE_PORT = live.port
        yield live


@pytest.fixture
def hour(transactional_db: None) -> tuple[Webinar, Member, Member]:
    """A live hour with a host, a member who has a place and writes along, and one question."""
    amina, beatriz = cast.amina(), cast.beatriz()
    begun = now().replace(microsecond=0)
    live = planned(beatriz, starts_at=begun, phase=Phase.LIVE, went_live_at=begun, chat_open=True)
    TeamMember.objects.create(webinar=live, member=amina, task=TeamMember.Task.WRITER)
    seated(live, amina)
    Lane.objects.create(webinar=live, language="en")
    Asked.objects.create(webinar=live, text="Who invites the fathers?", state="shown", votes=3)
    return live, amina, beatriz


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer, hour: Any) -> Iterator[Visit]:
    """visit("lanes/en/", as_=amina): a phone on one of the pages of the hour."""
    opened: list[BrowserContext] = []
    trouble: list[str] = []

    def go(path: str = "", as_: Member | None = None, clock: bool = False, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": 360, "height": 740}, **options)
        opened.append(context)
        if as_ is not None:
            cookie = cast.signed_in(Client(), as_).cookies.get("sessionid")
            key = cookie.value if cookie else ""
            context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: trouble.append(str(error)))
        if clock:
            page.clock.install()
        page.goto(f"{live_server.url}/webinars/{hour[0].pk}/live/{path}")
        return page

    yield go
    for context in opened:
        context.close()
    assert trouble == []


def test_what_happens_comes_to_every_phone_at_once(process: Live, visit: Visit, hour: Any):
    live, amina, beatriz = hour
    visitor, member, writer = visit(), visit(as_=amina), visit("lanes/en/", as_=amina)
    host = room.roles_of(live, beatriz)

    writer.fill("#writing [name=text]", "She asks the <b>elders</b> first.")
    writer.keyboard.press("Enter")
    expect(visitor.locator("#lines")).to_contain_text("She asks the <b>elders</b> first.")
    expect(writer.locator("#written")).to_contain_text("elders")
    expect(writer.locator("#writing [name=text]")).to_have_value("")

    member.fill("#id_text", "And who pays for the tea?")
    member.click("#ask button")
    expect(member.locator("#id_text")).to_have_value("")
    asked = Asked.objects.get(text="And who pays for the tea?")
    dialogue.show(asked=asked, by=beatriz, roles=host)
    expect(visitor.locator(f"#question-{asked.pk}")).to_contain_text("And who pays for the tea?")
    dialogue.hide(asked=asked, by=beatriz, roles=host)
    expect(visitor.locator(f"#question-{asked.pk}")).to_have_count(0)

    poll = Poll.objects.create(webinar=live, text="When?", choices=["Sunday", "Market day"])
    dialogue.open_poll(poll=poll, roles=host)
    member.click("text=Market day")
    expect(member.locator("#polls [aria-pressed=true]")).to_contain_text("Market day")

    slide = sliding.write(
        webinar=live, title="Three steps", text="One\nTwo", language="en", by=beatriz, roles=host
    )
    sliding.show(slide=slide, by=beatriz, roles=host)
    expect(visitor.locator("#slide h3")).to_have_text("Three steps")
    assert visitor.locator("#slide br").count() == 1

    member.fill("#id_said", "Hello from Kisumu")
    member.keyboard.press("Enter")
    expect(visitor.locator("#chat")).to_contain_text("Hello from Kisumu")
    dialogue.set_door(webinar=live, door="chat", is_open=False, roles=host)
    expect(visitor.locator("#chat")).to_be_hidden()


def test_nothing_is_missed_while_the_line_was_down(process: Live, visit: Visit, hour: Any):
    live, _amina, beatriz = hour
    lane, host = Lane.objects.get(), room.roles_of(live, beatriz)
    page = visit()

    def write(text: str) -> None:
        actions.write(lane=lane, by=beatriz, roles=host, text=text)

    write("Before.")
    expect(page.locator("#lines")).to_contain_text("Before.")
    process.stop()
    write("While it was down.")
    process.start()
    write("After.")

    expect(page.locator("#lines p")).to_have_text(
        ["Before.", "While it was down.", "After."], timeout=25_000
    )


def test_who_waits_before_the_hour_finds_it_begun(process: Live, visit: Visit, hour: Any):
    live, _amina, beatriz = hour
    Webinar.objects.filter(pk=live.pk).update(phase=Phase.OPEN)
    page = visit(clock=True)
    expect(page.locator("main")).to_contain_text("Begins on")

    planning.start(webinar=live, by=beatriz, roles=room.roles_of(live, beatriz))
    end = time.monotonic() + PATIENCE
    while not page.locator("main .ctx .live").count() and time.monotonic() < end:
        page.clock.fast_forward(1_000)
        page.wait_for_timeout(50)

    expect(page.locator("main")).to_contain_text("live now")


def test_where_the_live_process_cannot_be_reached_news_are_looked_up(
    visit: Visit, hour: Any, settings: Any
):
    settings.LIVE_PORT = 9
    live, _amina, beatriz = hour
    page = visit(clock=True)
    actions.write(
        lane=Lane.objects.get(),
        by=beatriz,
        roles=room.roles_of(live, beatriz),
        text="Heard all the same.",
    )

    end = time.monotonic() + PATIENCE
    while not page.locator("#lines p").count() and time.monotonic() < end:
        page.clock.fast_forward(5_000)
        page.wait_for_timeout(50)

    expect(page.locator("#lines")).to_contain_text("Heard all the same.")


def test_what_was_typed_without_a_line_is_still_there(visit: Visit, hour: Any, settings: Any):
    settings.LIVE_PORT = 9
    page = visit(as_=hour[1])
    page.context.set_offline(True)

    page.fill("#id_text", "Who pays for the tea?")
    page.click("#ask button")
    expect(page.locator("#news")).to_contain_text("kept", timeout=10_000)
    page.context.set_offline(False)
    page.reload()

    expect(page.locator("#id_text")).to_have_value("Who pays for the tea?")
    page.click("#ask button")
    expect(page.locator("#id_text")).to_have_value("")
    assert Asked.objects.filter(text="Who pays for the tea?").count() == 1


def test_what_a_gate_noticed_is_shown_with_the_words_kept(visit: Visit, hour: Any, settings: Any):
    settings.LIVE_PORT = 9
    page = visit(as_=hour[1])
    page.fill("#id_text", "Her name is Neema Otieno, she is 9, in Kibera; call 0722 123 456.")

    page.click("#ask button")

    expect(page.locator("#noticed")).to_be_visible()
    expect(page.locator("textarea[name=text]")).to_have_value(
        "Her name is Neema Otieno, she is 9, in Kibera; call 0722 123 456."
    )


def test_everything_is_done_by_keyboard_alone(visit: Visit, hour: Any, settings: Any):
    settings.LIVE_PORT = 9
    page = visit(as_=hour[1])

    def go_to(name: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("() => document.activeElement.outerHTML").startswith(name):
                return
        raise AssertionError(name)

    go_to("<textarea")
    page.keyboard.type("By keyboard?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#id_text")).to_have_value("")
    go_to('<button class="do quiet" name="on"')
    page.keyboard.press("Enter")

    expect(page.locator("#wall button")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#wall button")).to_have_class("do")
    assert Asked.objects.filter(text="By keyboard?").exists()


def test_without_script_one_asks_on_a_page_that_does_not_move(visit: Visit, hour: Any):
    page = visit(as_=hour[1], java_script_enabled=False)
    assert page.locator("noscript meta, meta[http-equiv=refresh]").count() == 1
    assert page.locator("#ask").is_hidden()

    page.click("text=Me too")
    page.click("text=Ask a question")
    assert page.locator("meta[http-equiv=refresh]").count() == 0
    page.fill("textarea[name=text]", "Without script?")
    page.click("main >> text=Send my question")

    expect(page.locator("#wall")).to_contain_text("Without script?")
    assert Asked.objects.get(text="Without script?").state == "waiting"
    assert Asked.objects.get(votes=4)
    page.click("text=The lightest page")
    assert page.locator("meta[http-equiv=refresh]").count() == 1
    assert not LiveEvent.objects.filter(kind="question").exists()
