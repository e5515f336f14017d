"""A host's morning: reading what waits, deciding kindly, and what the machine could not finish."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.conftest import PersonMaker, waits_at_the_desk
from tests.journeys.people import Person, become_host, join, mark

pytestmark = pytest.mark.journey


def ask(person: Person, title: str) -> None:
    person.go("/ask/")
    person.send("title", title=title)
    expect(person.page.locator("h1")).to_have_text(title)


def _article(host: Person, title: str) -> Locator:
    heading = host.page.locator("h3", has_text=title)
    return host.page.locator("#contributions article", has=heading)


@pytest.mark.smoke
def test_hosts_hold_ask_to_rewrite_and_publish(person: PersonMaker, host: Person) -> None:
    chen, desta = person("Chen"), person("Desta", width=1280, height=900)
    single, vague = f"A question about one case in {mark()}", f"What about {mark()}?"
    join(chen)
    ask(chen, single)
    ask(chen, vague)
    join(desta)
    become_host(desta)
    waits_at_the_desk(desta, single)

    _held_with_a_kind_note(host, chen, single)
    _the_second_host_is_told(desta, host, single)
    _asked_to_rewrite(host, chen, vague)
    rewritten = _rewritten(chen, vague)
    waits_at_the_desk(host, rewritten).locator("button[value=publish]").click()
    chen.mail("is out")

    assert rewritten in person("Visitor").page.request.get("/questions/").text()
    host.go("/desk/log/")
    lines = host.page.locator("main .rows > li")
    expect(lines.filter(has_text=single)).to_contain_text(host.name)
    expect(lines.filter(has_text=rewritten)).to_have_count(2)


def _held_with_a_kind_note(host: Person, chen: Person, title: str) -> None:
    waits_at_the_desk(host, title).locator("a[href*='what=hold']").click()
    host.send("note")
    expect(host.page.locator(".err")).to_be_visible()
    host.send("note", note="Thank you, Chen. Let us think about this together first.")
    host.page.wait_for_url("**/desk/**")
    expect(_article(host, title)).to_have_count(0)

    chen.mail("Let us think about this together first.")


def _the_second_host_is_told(desta: Person, host: Person, title: str) -> None:
    """Desta still has the queue of before on her screen."""
    _article(desta, title).locator("button[value=publish]").click()
    expect(desta.page.locator("main")).to_contain_text(host.name)
    expect(desta.page.locator("main form")).to_have_count(0)


def _asked_to_rewrite(host: Person, chen: Person, title: str) -> None:
    waits_at_the_desk(host, title).locator("a[href*='what=rewrite']").click()
    host.page.locator("button[name=ready][value=more]").click()
    note = host.page.locator("[name=note]").input_value()
    assert note
    host.send("note", note=f"{note}\n\nWhere do you work?")
    host.page.wait_for_url("**/desk/**")


def _rewritten(chen: Person, title: str) -> str:
    text = chen.mail("Where do you work?")
    link = re.search(r"http://\S+/contributions/\d+/words/", text)
    assert link
    chen.go(link[0])
    rewritten = f"{title} In a camp, with fathers"
    chen.send("title", title=rewritten)
    expect(chen.page.locator("h1")).to_have_text(rewritten)
    return rewritten


def test_a_mail_that_was_refused_is_shown_and_goes_out_when_there_is_room(
    person: PersonMaker, host: Person
) -> None:
    chen = person("Full")
    chen.go("/sign-in/")
    chen.send("email", email=chen.email)
    chen.mail("Exchange")
    dead = host.page.locator("#dead li")
    _until_there(host, dead)
    expect(dead).to_contain_text("mail.send")

    host.house.make_room()
    dead.locator("button[value=retry]").click()
    host.page.wait_for_timeout(1500)
    host.go("/desk/")

    expect(dead).to_have_count(0)
    host.go("/desk/log/")
    expect(host.page.locator("main .rows > li", has_text="delivery")).to_contain_text(host.name)


def _until_there(host: Person, what: Locator) -> None:
    for _ in range(30):
        host.go("/desk/")
        if what.count():
            return
        host.page.wait_for_timeout(500)
    raise AssertionError("nothing was shown at the desk")
