"""A report of more than a hundred pages goes from a phone into the library, is read, found by a
sentence from its middle, cited, harvested, used, and withdrawn from all of that in one act."""

import re
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.journeys import long_report
from tests.journeys.conftest import PersonMaker, waits_at_the_desk
from tests.journeys.people import Person, join, mark

with warnings.catch_warnings():
    # The strict client is old, and writes some of its patterns as Python no longer likes them.
    warnings.simplefilter("ignore")
    from sickle import Sickle

pytestmark = [pytest.mark.journey, pytest.mark.smoke]

WITHIN = 60


def test_a_long_report_from_a_phone_to_a_tombstone(
    person: PersonMaker, host: Person, tmp_path: Path
) -> None:
    name = mark()
    title = f"Eleven years with the fishing villages of {name}"
    sentence = f"The crews of {name} hung a blue lantern where anybody could ask for help."
    report = long_report.written(tmp_path / "report.pdf", title=title, sentence=sentence)
    amina = person("Amina")
    join(amina)

    _is_added(amina, title, report)
    _is_published(host, title)
    visitor = person("Visitor")
    address = _is_read(visitor, amina, title, sentence)
    _is_found(visitor, sentence, address)
    _is_cited(visitor, address, title)
    number = _is_harvested(visitor, title)
    _is_used(visitor, person, address)
    _is_withdrawn(host, visitor, address, title, sentence, number)


def test_a_record_is_added_put_in_short_and_collected_without_script(
    person: PersonMaker, member: Person
) -> None:
    """Begun on one phone, finished on another, which runs no script."""
    begun = person("Amina", like={**member.remember(), "state": member.context.storage_state()})
    title = f"What the grandmothers of {mark()} told us"
    begun.go("/library/add/")
    begun.page.locator("[name=url]").fill(f"https://example.org/{mark().lower()}")
    _on(begun)
    begun.page.locator("[name=title]").fill(title)
    _on(begun)
    amina = person(
        "Amina",
        like={**member.remember(), "state": begun.context.storage_state()},
        java_script_enabled=False,
    )
    amina.go("/me/")
    amina.page.get_by_role("link", name=title).click()
    while not amina.page.url.endswith("/review/"):
        _answer_what_is_needed(amina)
    amina.page.get_by_role("button", name="Send it to the library").click()
    expect(amina.page.locator("article h1")).to_have_text(title)
    record = amina.page.url

    amina.page.locator("main a[href*='/short/sentence/']").first.click()
    amina.send("body", body="They asked to be asked first.")
    amina.see("Waiting for a host to read it.")
    amina.go(record)
    amina.page.locator("main a[href$='/collect/']").click()
    amina.page.locator("[name=title]").fill(f"Old voices of {mark()}")
    amina.page.get_by_role("button", name="Put it in").click()
    amina.see(title)


def _answer_what_is_needed(amina: Person) -> None:
    page = amina.page
    for name, value in (("types", "article"), ("topics", "community-ownership")):
        if page.locator(f"[name={name}]").count():
            page.locator(f"[name={name}][value={value}]").check()
    if page.locator("[name=everywhere]").count():
        page.locator("[name=everywhere]").check()
    if page.locator("[name=right]").count():
        page.locator("[name=right][value=link]").check()
    _on(amina)


def _is_added(amina: Person, title: str, report: Path) -> None:
    """One question a screen, with a line that is lost once."""
    amina.go("/library/add/")
    amina.page.locator("[name=file]").set_input_files(report)
    _on(amina)
    expect(amina.page.locator("[name=title]")).to_be_visible()
    amina.page.locator("[name=title]").fill(title)
    _on(amina)
    amina.page.locator("[name=organisations]").fill("Lake Villages Network")
    _on(amina)
    amina.page.locator("[name=year]").fill("2024")
    _on(amina)
    amina.page.locator("[name=types][value=report]").check()
    _on(amina)
    amina.page.locator("[name=country_1]").select_option("UG")
    _on(amina)
    amina.page.locator("[name=topics][value=community-ownership]").check()
    _on(amina)
    amina.page.locator("[name=summary]").fill("What eleven years of visits taught the villages.")
    _on(amina)
    _on(amina)
    amina.page.locator("[name=right][value=own]").check()
    amina.page.locator("[name=people][value=none]").check()
    _on(amina)
    amina.see("Lake Villages Network")
    amina.page.get_by_role("button", name="Send it to the library").click()
    amina.see("waits")


def _on(somebody: Person) -> None:
    here = somebody.page.url
    somebody.page.get_by_role("button", name="Keep and go on").click()
    somebody.page.wait_for_url(lambda url: url != here)


def _is_published(host: Person, title: str) -> None:
    waiting = waits_at_the_desk(host, title)
    waiting.locator("button[value=publish]").click()


def _is_read(visitor: Person, amina: Person, title: str, sentence: str) -> str:
    """On 2G one would read the part, not the file."""
    visitor.go("/library/")
    visitor.page.get_by_role("link", name=title).first.click()
    address = visitor.page.url
    _until(lambda: _has(visitor, address, "/read/"), "no light view was made")
    visitor.go(address)
    visitor.page.locator("main a[href*='/read/']").first.click()
    contents = visitor.page.locator("main a[href*='/read/']")
    assert contents.count() > 10
    visitor.page.get_by_role("link", name="6 Year 6").first.click()
    visitor.see(sentence)
    assert (
        visitor.page.request.get(visitor.page.url).headers["content-type"].startswith("text/html")
    )
    return address


def _has(visitor: Person, address: str, words: str) -> bool:
    return words in visitor.page.request.get(f"{address}?{time.time()}").text()


def _until(happened: Callable[[], bool], trouble: str) -> None:
    until = time.monotonic() + WITHIN
    while not happened():
        assert time.monotonic() < until, trouble
        time.sleep(0.3)


def _is_found(visitor: Person, sentence: str, address: str) -> None:
    _until(lambda: address in _results(visitor, sentence), "search does not find it")
    visitor.go(f"/search/?q={sentence}")
    first = visitor.page.locator("main :is(h2, h3) a[href^='/library/']").first
    expect(first).to_have_attribute("href", urlsplit(address).path)


def _results(visitor: Person, sentence: str) -> list[str]:
    """The addresses of what a search finds, whatever is marked in their titles."""
    page = visitor.page.request.get("/search/", params={"q": sentence}).text()
    return [visitor.house.url + one for one in re.findall(r'href="(/library/\d+-[^"/]+/)"', page)]


def _is_cited(visitor: Person, address: str, title: str) -> None:
    visitor.go(address)
    visitor.see(f"Lake Villages Network. (2024). {title}")
    ris = visitor.page.request.get(f"{address}cite.ris").text()
    assert f"TI  - {title}" in ris
    assert "TY  - RPRT" in ris


def _harvester(visitor: Person) -> Sickle:
    return Sickle(f"{visitor.house.url}/oai")


def _is_harvested(visitor: Person, title: str) -> str:
    """Its name in the harvest."""

    def found() -> list[str]:
        records = _harvester(visitor).ListRecords(metadataPrefix="oai_dc", set="country:UG")
        return [one.header.identifier for one in records if title in one.metadata.get("title", [])]

    _until(lambda: bool(found()), "the harvester does not see it")
    (name,) = found()
    return name


def _is_used(visitor: Person, person: PersonMaker, address: str) -> None:
    """Two taps, of somebody who had not signed in yet."""
    femi = person("Femi")
    join(femi)
    femi.go(address)
    femi.page.get_by_role("button", name="We tried it").click()
    femi.go(address)
    femi.see("You said:")
    visitor.go(f"{address}?used")
    visitor.see("1 group")


def _is_withdrawn(
    host: Person, visitor: Person, address: str, title: str, sentence: str, name: str
) -> None:
    part = visitor.page.request.get(address).text()
    file = part.split('href="/library/files/')[1].split('"')[0]
    host.go(address)
    host.page.locator("a[href$='/withdrawal/']").first.click()
    host.page.locator("main form button.do").first.click()

    for gone in (address, f"{address}read/", f"{address}cite.ris", f"/library/files/{file}"):
        assert visitor.page.request.get(gone).status == 404, gone
    _until(lambda: address not in _results(visitor, sentence), "search still finds it")
    _until(lambda: _is_deleted(visitor, name), "the harvester was not told")


def _is_deleted(visitor: Person, name: str) -> bool:
    record = _harvester(visitor).GetRecord(identifier=name, metadataPrefix="oai_dc")
    return bool(record.header.deleted)
