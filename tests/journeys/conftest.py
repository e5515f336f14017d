"""What every journey has: the running Exchange, browsers, and people.
Read by pytest alone. A journey that fails leaves pictures under var/journeys/."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Locator, expect, sync_playwright

from exchange.core.time import now
from exchange.taxonomy.actions import load_terms
from tests import browser as browsers
from tests import cast
from tests.bymail_wire import Wire, Wired, open_wire
from tests.journeys import house as real
from tests.journeys.house import House, only_one
from tests.journeys.people import Person, join, mark, open_browser, set_up_app, shared

PICTURES = real.ROOT / "var" / "journeys"
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_open = pytest.StashKey[list[Person]]()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "smoke: a journey that PostgreSQL is asked to walk as well")


@pytest.fixture(scope="session")
def exchange(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """`./exchange run` on an empty directory: one for all test processes of this run."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    house = real.enter(base / "house")
    yield house
    real.leave(house)


# Not for the session: while its driver runs, Django refuses to ask the database in this process.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=browsers.program(), args=FLAGS)
        yield opened
        opened.close()


PersonMaker = Callable[..., Person]


@pytest.fixture
def person(
    request: pytest.FixtureRequest, browser: Browser, exchange: House
) -> Iterator[PersonMaker]:
    """person("Amina"): a fresh phone; with like=other, another device of somebody known."""
    people: list[Person] = []
    request.node.stash[_open] = people

    def make(name: str = "Visitor", **options: Any) -> Person:
        people.append(open_browser(browser, exchange, name=name, **options))
        return people[-1]

    yield make
    for one in people:
        one.context.close()
    trouble = [f"{one.name}: {words}" for one in people for words in one.trouble]
    assert not trouble, "\n".join(trouble)


@pytest.fixture
def host(exchange: House, person: PersonMaker) -> Person:
    """The first host, who came by the link that `run` printed, with a second factor."""
    base = Path(exchange.base)

    def claim() -> Person:
        beatriz = person("Beatriz", width=1280, height=900)
        beatriz.go(exchange.first_host_link)
        beatriz.page.locator("main a[href*='/join/']").click()
        join(beatriz, already_there=True)
        beatriz.page.locator("main form button.do").click()
        set_up_app(beatriz)
        return beatriz

    with only_one(base / "first-host.lock"):
        known = shared(base / "first-host.json", claim)
    return person("Beatriz", width=1280, height=900, like=known)


@pytest.fixture
def member(exchange: House, person: PersonMaker, host: Person) -> Person:
    """Amina, whom a host has welcomed: what she writes appears at once."""
    base = Path(exchange.base)

    def come() -> Person:
        amina = person("Amina")
        join(amina)
        welcome(host, amina)
        return amina

    with only_one(base / "member.lock"):
        known = shared(base / "member.json", come)
    return person("Amina", like=known)


def welcome(host: Person, newcomer: Person) -> None:
    """A host lets a newcomer's first words out; what they write later need not wait."""
    title = f"What is the first thing you do in {mark()}?"
    newcomer.go("/ask/")
    newcomer.send("title", title=title)
    expect(newcomer.page.locator("main h1")).to_have_text(title)
    waiting = waits_at_the_desk(host, title)
    waiting.locator("button[value=publish]").click()
    expect(waiting).to_have_count(0)


def waits_at_the_desk(host: Person, title: str) -> Locator:
    """The contribution with this title in the morning queue."""
    host.go("/desk/")
    heading = host.page.locator("h3", has_text=title)
    return host.page.locator("#contributions article", has=heading)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """A failed journey shows where everybody stood and what the server said last."""
    outcome: Any = yield
    report = outcome.get_result()
    if not report.failed or _open not in item.stash:
        return
    for number, one in enumerate(item.stash[_open]):
        with suppress(Error):
            PICTURES.mkdir(parents=True, exist_ok=True)
            name = re.sub(r"\W+", "-", f"{item.name}-{number}-{one.name}")
            picture = PICTURES / f"{name}.png"
            one.page.screenshot(path=picture, full_page=True)
            report.sections.append((f"{one.name} at {one.page.url}", str(picture)))
    house = item.funcargs.get("exchange")  # type: ignore[attr-defined]
    if isinstance(house, House):
        report.sections.append(("the server's last words", house.log[-3000:]))


@pytest.fixture
def wire(settings: Any, tmp_path: Path, transactional_db: None) -> Iterator[Wire]:
    """The door and a mail server, for journeys that need no browser."""
    load_terms()
    with open_wire(settings, tmp_path) as wire:
        yield wire


@pytest.fixture
def femi(wire: Wire) -> Wired:
    """Welcomed, in another country, and on no page so far."""
    member = cast.person("Femi", country="UG", languages="en", welcomed_at=now())
    return Wired(member.email, wire, "Femi")
