"""A child's name on the way out: noticed, rewritten, read by a host, withdrawn from every door."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PersonMaker, waits_at_the_desk
from tests.journeys.people import Person, mark

pytestmark = pytest.mark.journey

NAMING = "What helps Akinyi, a girl of 9 years from Kilimo village?"
SAFER = "What helps a girl of about 9 who lives with relatives?"


def test_a_childs_name_is_noticed_and_what_is_withdrawn_is_gone(
    person: PersonMaker, member: Person, host: Person
) -> None:
    word = mark()
    title, other = f"Who stays with her, asks {word}?", f"Who walks with her, asks {mark()}?"
    visitor = person("Visitor")

    _is_told_what_was_noticed(member, title)
    address = _rewrites(member, title)
    assert _is_out(visitor, address, title, word)

    kept = _insists(member, other)
    expect(waits_at_the_desk(host, other)).to_contain_text("Akinyi")
    assert not _is_out(visitor, kept, other, other.split()[-1].rstrip("?"))

    _withdraws(member, address)
    assert not _is_out(visitor, address, title, word)


def _is_told_what_was_noticed(member: Person, title: str) -> None:
    """The page comes back with the passage marked, and with everything that was typed."""
    member.go("/ask/")
    member.page.locator("summary").first.click()
    member.page.locator("[name=countries]").select_option(label="Kenya")
    member.send("title", title=title, body=NAMING)

    noticed = member.page.locator("#noticed")
    expect(noticed.locator("mark").first).to_contain_text("Akinyi")
    expect(noticed).to_contain_text("Nothing is lost, and nothing has been sent yet.")
    expect(member.page.locator("[name=title]")).to_have_value(title)
    expect(member.page.locator("[name=body]")).to_have_value(NAMING)
    expect(member.page.locator("[name=countries] option:checked")).to_have_text("Kenya")
    assert member.page.evaluate("document.documentElement.scrollWidth") <= 360


def _rewrites(member: Person, title: str) -> str:
    """Without the name it is out at once."""
    member.send("title", body=SAFER)
    expect(member.page.locator("article h1")).to_have_text(title)
    member.see(SAFER)
    return member.page.url


def _insists(member: Person, title: str) -> str:
    """Sent as it is, it waits for a host; its author alone finds it at its address."""
    member.go("/ask/")
    member.send("title", title=title, body=NAMING)
    member.page.locator("#noticed button[name=insist]").click()
    expect(member.page.locator("main h1")).to_have_text(title)
    return member.page.url


def _withdraws(member: Person, address: str) -> None:
    member.go(address)
    member.page.locator("main a[href$='/withdrawal/']").first.click()
    member.page.get_by_role("button", name="Withdraw everywhere").click()
    member.see("It is withdrawn everywhere.")


def _is_out(visitor: Person, address: str, title: str, word: str) -> bool:
    """All three doors say the same: the address, the list and the search."""
    ask = visitor.page.request
    at_its_address = ask.get(address).status
    assert at_its_address in (200, 404)
    visitor.go("/questions/")
    in_the_list = visitor.page.locator("main .card", has_text=title).count() > 0
    visitor.go("/search/")
    visitor.page.locator("main [name=q]").fill(word)
    visitor.page.locator("main form.find button").click()
    visitor.page.wait_for_url("**/search/?*")
    by_search = visitor.page.locator("main .card", has_text=title).count() > 0
    assert in_the_list == by_search == (at_its_address == 200)
    return in_the_list
