"""Asking and being answered: from a visitor's first question to "This answered my question"."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PersonMaker, waits_at_the_desk, welcome
from tests.journeys.people import Person, join, mark

pytestmark = [pytest.mark.journey, pytest.mark.smoke]

ANSWER = "The grandmothers took it over here."


def test_a_visitor_asks_joins_on_the_way_and_is_answered(person: PersonMaker, host: Person) -> None:
    asker, answerer = person("Chen"), person("Dalila")
    title = f"Who carries the meetings when the chair moves away, asks {mark()}?"
    question = _asked_by_a_visitor(asker, title)
    _published(host, asker, title)
    _answered(host, answerer, question)
    _read_in_the_mail(asker)

    answer = asker.page.locator(".reply", has_text=ANSWER)
    answer.get_by_role("button", name="This helped").click()
    expect(answer.locator("[aria-pressed=true]")).to_contain_text("1")
    answer.get_by_role("button", name="This answered my question").click()
    expect(asker.page.locator(".reply.best")).to_contain_text(ANSWER)

    asker.page.locator("main a[href$='/following/']").first.click()
    asker.page.locator("button[name=level][value=off]").click()
    asker.page.locator("main a[href$='/following/']").first.click()
    expect(asker.page.locator("button[name=level][value=off]")).not_to_have_class(
        re.compile("quiet")
    )


def _asked_by_a_visitor(asker: Person, title: str) -> str:
    """Reads, writes without an account, joins on the way, and finds the words kept."""
    asker.go("/")
    asker.page.locator("main .card a").first.click()
    expect(asker.page.locator("article h1")).to_be_visible()
    asker.page.locator("nav.bar a.ask").click()
    asker.page.locator("summary").first.click()
    asker.page.locator("[name=countries]").select_option(label="Kenya")
    asker.send("title", title=title, body="Ours left, and nobody\n\nwants to *be* the next.")
    asker.page.locator("main a[href*='/join/']").click()
    join(asker, already_there=True)

    asker.page.wait_for_url("**/ask/?unsent=1")
    expect(asker.page.locator("[name=title]")).to_have_value(title)
    expect(asker.page.locator("[name=body]")).to_have_value(
        re.compile(r"nobody\r?\n\r?\nwants to \*be\* the next")
    )
    expect(asker.page.locator("[name=countries] option:checked")).to_have_text("Kenya")
    asker.send("title")
    expect(asker.page.locator("main h1")).to_have_text(title)
    expect(asker.page.locator("main em")).to_have_text("be")
    return asker.page.url


def _published(host: Person, asker: Person, title: str) -> None:
    """Until a host has read it, nobody else sees it."""
    assert host.page.request.get("/questions/").text().count(title) == 0
    waiting = waits_at_the_desk(host, title)
    expect(waiting).to_contain_text(asker.name)
    waiting.locator("button[value=publish]").click()
    expect(waiting).to_have_count(0)


def _answered(host: Person, answerer: Person, question: str) -> None:
    join(answerer)
    welcome(host, answerer)
    answerer.go(question)
    answerer.send("body", body=ANSWER)
    expect(answerer.page.locator(".reply", has_text=ANSWER)).to_be_visible()


def _read_in_the_mail(asker: Person) -> None:
    """The mail carries the answer and leads to it."""
    asker.mail("is out")
    text = asker.mail(ANSWER)
    link = re.search(r"http://\S+/questions/\S+", text)
    assert link
    asker.page = asker.context.new_page()
    asker.go(link[0])
    expect(asker.page.locator(".reply", has_text=ANSWER)).to_be_in_viewport()
