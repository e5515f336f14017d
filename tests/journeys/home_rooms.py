"""The pages where hosts steer the home and read what people wrote to them, with something on each;
and the contact page. Used by rooms.py."""

import json
from collections.abc import Iterator

from playwright.sync_api import Page, expect

from tests.journeys.house import House
from tests.journeys.people import Person, mark
from tests.journeys.room import Room, open_everything

_MADE = """
import json
from datetime import timedelta
from exchange.contacting.actions import handling
from exchange.contacting.actions.receiving import Circumstances, Letter, receive
from exchange.contributions.models import Contribution
from exchange.core.time import now
from exchange.members.models import Member
from exchange.pages.steering.actions import Chosen, choose

host = Member.objects.get(email="{host}")
question = Contribution.objects.unanswered().first()
days = dict(starts_at=now(), ends_at=now() + timedelta(days=9))
line = {{"en": {{"words": "{long}"}}, "ar": {{"words": "أهلا بكم"}}}}
theme = {{"en": {{"title": "{long}", "words": "{long}"}}}}
choose(chosen=Chosen("featured", contribution=question, words=line, **days), by=host)
choose(chosen=Chosen("theme", topic="child-participation", words=theme, **days), by=host)
choose(chosen=Chosen("section", "questions", words=line, **days), by=host)
choose(chosen=Chosen("elsewhere", items=["https://t.me/{long}"]), by=host)
waits = receive(letter=Letter("{long}", name="{long}"[:60], address="zawadi@example.net"))
receive(letter=Letter("Buy.", address="spam@example.net"), how=Circumstances(trap="x"))
done = receive(letter=Letter("شكرا", about="data", language="ar", address="nadia@example.net"))
handling.keep_ready(title="{long}"[:80], language="sw", text="Karibu.", by=host)
said = dict(text="{long}", by=host, seen=done.pk, once_key="{mark}-answer")
handling.answer(contact=done.contact, **said)
print(json.dumps({{"letter": waits.contact_id, "answered letter": done.contact_id}}))
"""


def furnished(house: House, host: Person) -> dict[str, str]:
    code = _MADE.format(host=host.email, long="w" * 70, mark=mark())
    made: dict[str, int] = json.loads(house.command("shell", "-c", code).splitlines()[-1])
    return {name: f"/desk/contact/{number}/" for name, number in made.items()}


def of_visitors(places: dict[str, str]) -> Iterator[Room]:
    yield Room("contact, refused", "/contact/", _nothing_written)
    yield Room("contact, a worry", "/contact/", _a_worry)


def of_hosts(places: dict[str, str]) -> Iterator[Room]:
    yield Room("what the home shows", "/desk/home/", open_everything)
    for name in ("featured", "theme", "announcement", "order", "elsewhere", "sections/library"):
        yield Room(f"choosing {name}", f"/desk/home/{name}/", open_everything)
    yield Room("an announcement, looked at", "/desk/home/announcement/", _looked_at)
    yield Room("choosing, refused", "/desk/home/featured/", _nothing_written)
    yield Room("letters to us", "/desk/contact/", open_everything)
    yield Room("a letter", places["letter"], open_everything)
    yield Room("a letter, answered", places["answered letter"])
    yield Room("an answer, refused", places["letter"], _no_answer)
    yield Room("a letter, to be forgotten", places["letter"] + "empty/")
    yield Room("short answers", "/desk/contact/short-answers/")


def _nothing_written(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main form button.do").last.click()
    expect(page.locator("#errors")).to_be_visible()


def _no_answer(page: Page) -> None:
    with page.expect_navigation():
        page.locator("form[action='#answer'] button.do").click()
    expect(page.locator("#errors")).to_be_visible()


def _a_worry(page: Page) -> None:
    page.locator("input[value=worry]").check()
    with page.expect_navigation():
        page.locator("main form button.do").click()
    expect(page.locator("button[name=kind]").first).to_be_visible()


def _looked_at(page: Page) -> None:
    page.locator("#id_words_en").fill("Registration closes on Friday. " + "w" * 60)
    with page.expect_navigation():
        page.locator("button[name=look]").click()
    expect(page.locator("button[name=show]")).to_be_visible()
