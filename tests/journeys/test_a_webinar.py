"""One hour from its plan to the library: a host, the presenters' helper, somebody with script,
somebody without, and somebody by mail. Read by pytest alone."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PersonMaker
from tests.journeys.correspondent import Correspondent
from tests.journeys.house import House
from tests.journeys.people import Person, join, mark, text_of

pytestmark = pytest.mark.journey
NAIROBI = ZoneInfo("Africa/Nairobi")
BY_MAIL = "How do fathers hear that there is a meeting?"
WITHOUT = "Who makes the tea?"
UNANSWERED = "And when the rains come?"
LINE = "A father asked three others, and they came."
PATIENCE = 30_000
ANSWER = "Another father tells them, at the bus park."


def plan(host: Person, title: str) -> int:
    """Write it down, give it a language to write along in, announce it; its number."""
    at = datetime.now(NAIROBI) + timedelta(minutes=20)
    host.go("/desk/webinars/new/")
    form = host.form("title")
    form.locator("[name=zone]").select_option("Africa/Nairobi")
    host.send(
        "title",
        title=title,
        body="What brought fathers in, and what did not.",
        day=f"{at:%Y-%m-%d}",
        hour=f"{at:%H:%M}",
    )
    host.page.wait_for_url(re.compile(r"/desk/webinars/\d+/$"))
    pk = int(host.page.url.rstrip("/").rpartition("/")[2])
    host.go(f"/desk/webinars/{pk}/announce/")
    host.page.locator("main form button.do").click()
    host.page.wait_for_url(re.compile(rf"/desk/webinars/{pk}/$"))
    host.go(f"/webinars/{pk}/live/lanes/")
    host.page.locator("[name=language]").select_option("en")
    host.page.locator("main form button.do").click()
    host.page.wait_for_url(re.compile(r"/lanes/en/$"))
    return pk


def give_task(host: Person, pk: int, helper: Person) -> None:
    host.go(f"/desk/webinars/{pk}/team/")
    host.page.locator("summary", has_text="task").click()
    form = host.page.locator("form", has=host.page.locator("[name=task]"))
    form.locator("[name=email]").fill(helper.email)
    form.locator("[name=task]").select_option("helper")
    form.locator("button.do").click()
    host.see(helper.name)


def as_guest(grace: Person, pk: int) -> None:
    """A place without an account and without script: the page, the mail, one tap."""
    grace.go(f"/webinars/{pk}/register/")
    form = grace.form("email")
    form.locator("[name=way][value=text]").check()
    form.locator("[name=adult]").check()
    grace.send("email", email=grace.email, name=grace.name)
    link = re.search(r"http://\S+/webinars/seats/\S+", grace.mail("Do you want to come?"))
    assert link
    grace.go(link[0])
    grace.page.locator("main form button.do").first.click()
    grace.see("You have a place")


def by_mail(njeri: Correspondent, pk: int) -> None:
    """A place with two mails, and a question as the answer to the letter about it."""
    njeri.write(f"come {pk}")
    njeri.answer("Yes", njeri.letter("Do you want to come?"))
    njeri.answer(BY_MAIL, njeri.letter("Your place in the webinar"))


def show(helper: Person, words: str) -> None:
    """The helper reads it and puts it on the wall."""
    waiting = helper.page.locator("article", has_text=words)
    expect(waiting).to_be_visible(timeout=PATIENCE)
    waiting.get_by_role("button", name="Show it").click()
    expect(helper.page.locator("article", has_text=words)).to_have_count(0)


def test_an_hour_from_its_plan_to_the_library(
    host: Person, member: Person, person: PersonMaker, exchange: House
) -> None:
    title = f"Fathers at the table in {mark()}"
    femi, grace = person("Femi"), person("Grace", java_script_enabled=False)
    njeri = Correspondent(exchange, "Njeri", f"njeri.{mark().lower()}@example.org")

    pk = plan(host, title)
    give_task(host, pk, member)
    as_member(femi, title)
    as_guest(grace, pk)
    by_mail(njeri, pk)
    live = f"/webinars/{pk}/live/"
    member.go(f"{live}helper/")
    show(member, BY_MAIL)

    lead(host, live, "Begin now")
    femi.go(live)
    femi.see(BY_MAIL)
    grace.go(live)
    asked_and_seen(femi, grace, member, live)
    written_along_and_seen(host, femi, grace, live)
    answered_and_seen(femi, member)
    lead(host, live, "End it now")

    sum_up(host, pk)
    assert LINE in text_of(njeri.letter("What came of the webinar"))
    grace.mail("What came of the webinar")
    look_it_up(person("Visitor"), pk, title)


def as_member(femi: Person, title: str) -> None:
    join(femi)
    femi.go("/webinars/")
    femi.page.get_by_role("link", name=title).click()
    femi.page.get_by_role("button", name="I want to come").click()
    femi.mail("Your place in the webinar")


def lead(host: Person, live: str, deed: str) -> None:
    host.go(f"{live}lead/")
    button = host.page.get_by_role("button", name=deed)
    if not button.is_visible():
        host.page.locator("summary", has_text="End the hour").click()
    button.click()
    expect(button).to_have_count(0)


def asked_and_seen(femi: Person, grace: Person, helper: Person, live: str) -> None:
    """Asked without script, shown by the helper, seen by the script; "me too" the other way."""
    grace.page.get_by_role("link", name="Ask a question").click()
    grace.send("text", text=WITHOUT)
    show(helper, WITHOUT)
    on_wall = femi.page.locator("#wall li", has_text=WITHOUT)
    expect(on_wall).to_be_visible(timeout=PATIENCE)
    on_wall.get_by_role("button", name="Me too").click()
    expect(on_wall.locator("[data-is=votes]")).to_have_text("1", timeout=PATIENCE)
    grace.go(live)
    expect(grace.page.locator("#wall li", has_text=WITHOUT)).to_contain_text("1")


def written_along_and_seen(host: Person, femi: Person, grace: Person, live: str) -> None:
    host.go(f"{live}lanes/en/")
    host.send("text", text=LINE)
    expect(femi.page.locator("#live")).to_contain_text(LINE, timeout=PATIENCE)
    grace.go(live)
    grace.see(LINE)


def answered_and_seen(femi: Person, helper: Person) -> None:
    """One more question that nobody answers; and the gist of an answer, typed by the helper."""
    femi.page.locator("#ask textarea").fill(UNANSWERED)
    femi.page.locator("#ask button.do").click()
    show(helper, UNANSWERED)
    row = helper.page.locator("li", has_text=WITHOUT)
    row.get_by_role("link", name="Type the answer").click()
    helper.send("text", text=ANSWER)
    on_wall = femi.page.locator("#wall li", has_text=WITHOUT)
    expect(on_wall).to_contain_text(ANSWER, timeout=PATIENCE)


def sum_up(host: Person, pk: int) -> None:
    """The summary out, one question let go on, all of it in the library."""
    host.go(f"/desk/webinars/{pk}/after/")
    draft = host.page.locator("[name=text]").input_value()
    assert LINE in draft
    assert ANSWER in draft
    host.page.get_by_role("button", name="Let it out").click()
    host.see("The summary is out")
    left = host.page.locator("article", has_text=UNANSWERED)
    left.locator("summary").click()
    left.get_by_role("button", name="Open this question").click()
    host.see("Going on")
    host.page.get_by_role("button", name="Put it in the library").click()
    host.page.wait_for_url(re.compile(r"/library/\d+"))


def look_it_up(visitor: Person, pk: int, title: str) -> None:
    """The page of the webinar leads to its record, which has all of it, and to the question."""
    visitor.go(f"/webinars/{pk}-x/")
    visitor.see(LINE)
    visitor.page.get_by_role("link", name="All of it in the library").click()
    expect(visitor.page.locator("main h1")).to_contain_text(title)
    visitor.see(LINE)
    visitor.go("/questions/")
    visitor.see(UNANSWERED)
