"""Sharing an experience on a weak line: nothing typed is lost, and nothing arrives twice."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PersonMaker
from tests.journeys.people import Person, join, mark, sign_in, sign_out

pytestmark = pytest.mark.journey

FACED = "The committee met, but nobody said what they thought.\nWe listened outside instead."
DID = "We walked home with people, and asked on the way."
CHANGED = "Two mothers now open every meeting."


@pytest.mark.smoke
def test_an_experience_survives_the_line_the_phone_and_a_second_sending(
    person: PersonMaker,
) -> None:
    farah = person("Farah")
    join(farah)
    title = f"Walking home with people of {mark()}"

    farah.go("/share/experience/")
    farah.send("title", title=title)
    farah.send("faced", faced=FACED)
    _type_without_a_line(farah)
    _send_without_a_line(farah)
    farah.form("changed").locator("[name=changed]").fill(CHANGED)
    _kept_on_the_server(farah.page)
    sign_out(farah)

    laptop = person("Farah", like=farah, width=1280, height=900)
    sign_in(laptop)
    laptop.page.locator("main a", has_text=title).click()
    expect(laptop.page.locator("[name=changed]")).to_have_value(CHANGED)
    _go_through_to_the_end(laptop)
    expect(laptop.page.locator("main article")).to_contain_text("We listened outside instead.")
    second = laptop.context.new_page()
    second.goto(laptop.page.url)

    laptop.page.locator("main form button.do").click()
    laptop.page.wait_for_url(re.compile("/experiences/[0-9]"))
    second.locator("main form button.do").click()
    second.wait_for_url(laptop.page.url)
    laptop.go("/me/")
    expect(laptop.page.locator("main a[href*='/share/experience/']")).to_have_count(0)


def _type_without_a_line(farah: Person) -> None:
    """The line goes, the phone is put away; the words are there when the page is opened again."""
    here = farah.page.url
    farah.context.set_offline(True)
    farah.page.locator("[name=did]").press_sequentially(DID[:20])
    _kept_on_the_phone(farah.page)
    farah.page.close()
    farah.context.set_offline(False)

    farah.page = farah.context.new_page()
    farah.go(here)
    expect(farah.page.locator("[name=did]")).to_have_value(DID[:20])


def _send_without_a_line(farah: Person) -> None:
    """Sent into nothing: the words come back with a button, and then they arrive."""
    here = farah.page.url
    farah.page.locator("[name=did]").fill(DID)
    _kept_on_the_phone(farah.page)
    farah.context.set_offline(True)
    farah.page.locator("main form button.do").click()
    farah.page.wait_for_url("chrome-error://**")
    farah.context.set_offline(False)

    farah.go(here)
    farah.page.locator("main [data-kept] button").click()
    expect(farah.page.locator("[name=did]")).to_have_value(DID)
    farah.send("did")
    farah.send("who_led", who_led="The mothers.")


def _go_through_to_the_end(laptop: Person) -> None:
    laptop.send("changed")
    laptop.send("differently")
    laptop.send("tell_others", tell_others="Walk slowly.")
    laptop.page.locator("[name=setting]").select_option(index=1)
    laptop.send("setting")
    laptop.page.wait_for_url("**/review/")


def test_without_a_line_there_is_a_page_that_says_so(person: PersonMaker) -> None:
    farah = person("Farah")
    farah.go("/ar/ask/")
    farah.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    farah.context.set_offline(True)

    farah.go("/ar/questions/")

    expect(farah.page.locator("html")).to_have_attribute("dir", "rtl")
    expect(farah.page.locator("main h1")).to_be_visible()
    farah.context.set_offline(False)
    farah.page.locator("main a.do").click()
    expect(farah.page.locator("main .card").first).to_be_visible()


def test_changing_the_language_again_and_again_keeps_nobody_waiting(person: PersonMaker) -> None:
    """A worker for each language, each in place of the last, let the next page wait for minutes."""
    farah = person("Farah")
    farah.go("/ask/")
    farah.page.evaluate("navigator.serviceWorker.ready.then(() => true)")

    for _ in range(8):
        farah.go("/ar/ask/")
        farah.page.wait_for_timeout(50)
        farah.go("/ask/")

    script = "navigator.serviceWorker.controller.scriptURL"
    assert farah.page.evaluate(script) == f"{farah.house.url}/sw.js"
    farah.context.set_offline(True)
    for path, direction in (("/ar/questions/", "rtl"), ("/questions/", "ltr")):
        farah.go(path)
        expect(farah.page.locator("html")).to_have_attribute("dir", direction)
        expect(farah.page.locator("main h1")).to_be_visible()


def test_a_second_tab_is_told_that_newer_words_are_kept(member: Person) -> None:
    title = f"How do you greet people in {mark()}?"
    member.go("/ask/")
    member.page.locator("[name=title]").fill(title)
    _kept_on_the_server(member.page)
    member.go("/me/")
    draft = member.page.locator("main a", has_text=title).get_attribute("href")
    member.go(draft or "")
    second = member.context.new_page()
    second.goto(member.page.url)

    member.page.locator("[name=body]").fill("First")
    _kept_on_the_server(member.page)
    second.locator("[name=body]").fill("Second")
    _kept_on_the_server(second)
    member.page.locator("[name=body]").fill("First again")

    newer = member.page.locator("script[data-newer]").get_attribute("data-newer")
    expect(member.page.locator("main [data-kept]")).to_have_text(
        re.compile(newer or "?"), timeout=9000
    )
    expect(member.page.locator("[name=body]")).to_have_value("First again")


def test_a_question_sent_twice_is_asked_once(member: Person) -> None:
    title = f"What is the first word you say in {mark()}?"
    member.go("/ask/")
    member.page.locator("[name=title]").fill(title)
    form = member.page.evaluate(
        "Object.fromEntries(new FormData(document.querySelector('main form[data-keep]')))"
    )
    first = member.page.request.post("/ask/", form=form)
    second = member.page.request.post("/ask/", form=form)

    assert first.url == second.url
    assert title in second.text()
    member.go("/questions/")
    expect(member.page.locator(".card", has_text=title)).to_have_count(1)


def _kept_on_the_phone(page: Page) -> None:
    _told(page, "kept", "both")


def _kept_on_the_server(page: Page) -> None:
    _told(page, "both")


def _told(page: Page, *which: str) -> None:
    say = page.locator("script[data-kept]")
    words = [say.get_attribute(f"data-{one}") or "?" for one in which]
    pattern = re.compile("|".join(re.escape(one) for one in words))
    expect(page.locator("main [data-kept]")).to_have_text(pattern, timeout=9000)
