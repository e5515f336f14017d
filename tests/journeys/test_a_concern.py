"""A visitor is worried about a child: the words are gone at once, and the lead sees it to its end."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PersonMaker
from tests.journeys.people import Person, become_host, join, mark

pytestmark = pytest.mark.journey


def test_a_child_at_risk_is_reported_hidden_handled_and_closed(
    person: PersonMaker, host: Person
) -> None:
    title, words = f"What would you do in {mark()}?", f"Here is how we went on, {mark()}."
    host.go("/ask/")
    host.send("title", title=title, body=words)
    expect(host.page.locator("article h1")).to_have_text(title)
    address = host.page.url
    desta = _lead(person)

    visitor = person("Visitor")
    _report(visitor, address, title)
    case = re.search(r"http://\S+/desk/concerns/\d+/", desta.mail("There is nothing of it"))
    assert case
    _handle(desta, case[0], words)

    _is_let_out_again(visitor, address, title)
    _the_log_is_complete(desta, case[0])


def _lead(person: PersonMaker) -> Person:
    desta = person("Desta")
    join(desta)
    become_host(desta)
    said = desta.house.command("safeguarding", "lead", desta.email)
    assert "is now lead" in said
    return desta


def _report(visitor: Person, address: str, title: str) -> None:
    """Two taps, and it is gone."""
    visitor.go(address)
    visitor.page.locator("article + *, article").locator("a[href*='/report/contribution/']").click()
    visitor.page.locator("button[value=at-risk]").click()
    visitor.see("It is hidden from everyone now.")
    visitor.see("call the police")

    answer = visitor.page.request.get(address)
    assert answer.status == 404
    assert title not in visitor.page.request.get("/questions/").text()


def _handle(desta: Person, case: str, words: str) -> None:
    """All of it on a phone."""
    desta.go(case)
    expect(desta.page.locator("main")).not_to_contain_text(words)
    desta.page.locator("form[action*='/words/'] button").click()
    desta.see(words)
    desta.send("text", text="Called 116 at nine. They know the family.")
    desta.see("Written down.")
    desta.send("message", message="Thank you for writing. May we talk before it goes on?")
    desta.see("Your message is on its way.")
    desta.page.locator("[name=why]").fill("It points to nobody.")
    desta.page.locator("button[value=stand]").click()
    desta.see("Decided, and written down.")
    assert desta.page.evaluate("document.documentElement.scrollWidth") <= 360
    desta.page.locator("[name=outcome][value=no-reason]").check()
    desta.send("summary", summary="Nobody is at risk.")
    desta.see("Take a break if it was heavy")


def _is_let_out_again(visitor: Person, address: str, title: str) -> None:
    visitor.go(address)
    expect(visitor.page.locator("article h1")).to_have_text(title)


def _the_log_is_complete(desta: Person, case: str) -> None:
    desta.go(case)
    lines = desta.page.locator("#log ~ ul.rows > li > b")
    expect(lines).to_have_text(
        [
            "A report came",
            "Hidden from everyone",
            "Lead and deputy were told",
            "Facts written down",
            "The writer was written to",
            "Let out again",
            "Closed",
        ]
    )
    desta.page.get_by_text("Who looked").click()
    expect(desta.page.locator("details[open] li", has_text="read the words")).to_have_count(1)
