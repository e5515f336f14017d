"""Everything works without script."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PersonMaker
from tests.journeys.people import Person, join, mark

pytestmark = pytest.mark.journey


@pytest.mark.smoke
def test_joining_asking_answering_and_telling(
    person: PersonMaker, host: Person, member: Person
) -> None:
    chen = person("Chen", java_script_enabled=False)
    join(chen)
    title = f"Which song opens your meeting in {mark()}?"
    chen.go("/ask/")
    chen.page.locator("summary").first.click()
    chen.page.locator("[name=topics]").first.check()
    chen.send("title", title=title, body="Ours is old.")
    expect(chen.page.locator("h1")).to_have_text(title)
    assert chen.page.locator("[data-kept]").count() in (0, 1)

    member.go("/questions/")
    # One of the hosts' own: the newest belong to journeys that run beside this one.
    old = member.page.locator("main .card a").last.get_attribute("href")
    chen.go(old or "")
    chen.send("body", body=f"The one about rain, in {title[-9:]}")
    expect(chen.page.locator(".reply .note")).to_be_visible()

    host.go("/desk/")
    waiting = host.page.locator("#replies article", has_text=chen.name)
    waiting.locator("button[value=publish]").click()
    expect(waiting).to_have_count(0)
    chen.send("body", body="And now at once: the one about the river.")
    expect(chen.page.locator(".reply", has_text="at once").locator(".note")).to_have_count(0)

    _tell_an_experience(chen)


def _tell_an_experience(chen: Person) -> None:
    title = f"The song that opened the meeting in {mark()}"
    chen.go("/share/")
    chen.page.locator("main .card a").first.click()
    chen.send("title", title=" ")
    expect(chen.page.locator(".err")).to_be_visible()
    chen.send("title", title=title)
    chen.send("faced")
    chen.send("did", did="We **sang** first.")
    for name in ("who_led", "changed", "differently", "tell_others"):
        chen.send(name)
    chen.form("setting").locator("button[name=back]").click()
    chen.send("tell_others", tell_others="Sing badly; everybody laughs.")
    chen.send("setting")
    expect(chen.page.locator("main article strong")).to_have_text("sang")
    chen.page.locator("main form button.do").click()
    expect(chen.page.locator("h1")).to_have_text(title)


def test_searching_and_narrowing(person: PersonMaker) -> None:
    chen = person("Chen", java_script_enabled=False)
    chen.go("/")
    chen.page.locator("main [name=q]").fill("child participation")
    chen.page.locator("main form.find button").click()
    chen.page.locator("details.facets summary").click()
    chen.page.locator("details.facets a[href*='kind=resource']").click()
    expect(chen.page.locator("main .card").first).to_be_visible()
    chen.page.locator("main .card a").first.click()
    expect(chen.page.locator("#cite")).to_be_visible()

    chen.go("/library/")
    chen.page.locator("details.facets summary").click()
    chen.page.locator("details.facets a").first.click()
    expect(chen.page.locator("main .tags a[aria-current=true]").first).to_be_visible()
