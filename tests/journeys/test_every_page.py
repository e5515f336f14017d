"""What holds for every page kind, in a left-to-right and a right-to-left language: axe finds
nothing (WCAG 2.2 AA), and nothing is wider than a phone of 360 px."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from tests.journeys import rooms
from tests.journeys.conftest import PersonMaker
from tests.journeys.house import House
from tests.journeys.people import Person
from tests.journeys.rooms import Room
from tests.journeys.test_bad_input import overflow

pytestmark = pytest.mark.journey

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text()
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
IN_THE_DARK = (
    "home",
    "question",
    "ask, refused",
    "search, found",
    "desk",
    "join, refused",
    "a live hour",
)
READERS: dict[str, Callable[[dict[str, str]], Iterator[Room]]] = {
    "visitor": rooms.of_visitors,
    "member": rooms.of_members,
    "host": rooms.of_hosts,
}


@pytest.fixture
def places(exchange: House, person: PersonMaker, host: Person, member: Person) -> dict[str, str]:
    return rooms.furnished(exchange, host, member, person("Chen"))


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("reader", READERS)
def test_every_page_can_be_read_by_everybody(
    reader: str,
    language: str,
    person: PersonMaker,
    places: dict[str, str],
    request: pytest.FixtureRequest,
) -> None:
    known = None
    if reader != "visitor":
        one = request.getfixturevalue(reader)
        known = {**one.remember(), "state": one.context.storage_state()}
    somebody = person("Reader", like=known)
    prefix = "" if language == "en" else f"/{language}"
    found = []
    for room in READERS[reader](places):
        somebody.go(prefix + room.path)
        if room.first:
            room.first(somebody.page)
        found += [f"{room.name} ({prefix}{room.path[:60]}): {words}" for words in _faults(somebody)]
        if room.name in IN_THE_DARK:
            somebody.page.emulate_media(color_scheme="dark")
            found += [f"{room.name}, dark: {words}" for words in axe(somebody.page)]
            somebody.page.emulate_media(color_scheme="light")

    assert not found, "\n" + "\n".join(found)


def _faults(somebody: Person) -> list[str]:
    faults = axe(somebody.page)
    if pixels := overflow(somebody.page):
        faults.append(f"{pixels} px wider than the phone: {_widest(somebody.page)}")
    return faults


def axe(page: Page) -> list[str]:
    """What axe objects to, in lines that say where."""
    page.evaluate(AXE)
    result: dict[str, Any] = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})",
        STANDARD,
    )
    return [
        f"{one['id']} ({one['impact']}) at {node['target'][0]}: {_why(node)}"
        for one in result["violations"]
        for node in one["nodes"][:3]
    ]


def _why(node: dict[str, Any]) -> str:
    said = [check["message"] for check in [*node["any"], *node["all"], *node["none"]]]
    return f"{'; '.join(said)[:200]} {node['html'][:120]}"


def _widest(page: Page) -> str:
    names: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('body *')].filter((one) => {
             const box = one.getBoundingClientRect();
             return box.right > innerWidth + 1 || box.left < -1;
           }).slice(-3).map((one) => one.tagName + '.' + one.className)"""
    )
    return ", ".join(names)
