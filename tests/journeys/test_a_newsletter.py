"""A host's month: a talk becomes a brief with a date, the newsletter of the month is built in two
languages and goes to a thousand people though the worker is killed twice, and the figures tell it.
Read by pytest alone."""

import re
import subprocess
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path

import pytest
from playwright.sync_api import expect

from exchange.core.time import now
from exchange.desk.figures.periods import moved
from launch.places import PYTHON
from tests.briefings.sending.proof.killing import kill_twice, prove_each_has_one, read, wait_for
from tests.briefings.sending.proof.seed import language_of
from tests.desk.figures import comparing
from tests.journeys import house as real
from tests.journeys.conftest import PersonMaker
from tests.journeys.house import House
from tests.journeys.people import Person, mark
from tests.journeys.writing import schedule

pytestmark = pytest.mark.journey
PEOPLE = 1_000
SAID = "Our elders sat down with the fathers first, and the mothers came a week later."
SWAHILI = "Habari za mwezi huu"


def test_from_a_talk_to_a_newsletter_for_a_thousand(
    host: Person, member: Person, person: PersonMaker, exchange: House
) -> None:
    word = mark()
    talk = open_talk(member, word)
    brief = make_brief(host, talk, word)
    agree(member)
    schedule(host, brief)

    subscribe(exchange, PEOPLE)
    issue = build(host)
    sent_before = len(list(newsletters(exchange)))
    release(host, issue)
    killed_and_proven(exchange, sent_before)

    comes_out_by_itself(person("Visitor"), brief, word)
    host.go(f"/desk/newsletters/{issue}/sending/")
    expect(host.page.locator("main")).to_contain_text(re.compile("1,000|99[89]"))
    figures_are_true(host)
    person("Reader").go("/newsletters/")


def open_talk(member: Person, word: str) -> int:
    """A discussion with one answer of its own."""
    member.go("/share/discussion/")
    member.send("title", title=f"Who is asked first in {word}?", body=SAID)
    member.page.wait_for_url(re.compile(r"/discussions/\d+-"))
    return int(re.search(r"/discussions/(\d+)-", member.page.url)[1])


def make_brief(host: Person, talk: int, word: str) -> int:
    """From the button beside the talk, in one screen; whoever is quoted is asked."""
    host.go(f"/discussions/{talk}-x/")
    host.page.get_by_role("link", name="Make a brief of it").click()
    host.page.locator("[name=take]").first.check()
    host.page.get_by_role("button", name="Put it together").click()
    expect(host.page.locator("[name=body]")).to_have_value(re.compile(re.escape(SAID)))
    host.page.locator("[name=title]").fill(f"Fathers first: what {word} says")
    host.page.get_by_role("button", name="Keep it and ask whoever is quoted").click()
    host.page.wait_for_url(re.compile(r"/desk/briefs/\d+/$"))
    host.see("asked, no answer yet")
    return int(host.page.url.rstrip("/").rpartition("/")[2])


def agree(member: Person) -> None:
    """By the link in the mail, with one tap."""
    link = re.search(r"http://\S+/briefs/quotes/\S+", member.mail("May we quote you?"))
    assert link
    member.go(link[0])
    member.page.get_by_role("button", name="Yes, with my name").click()
    member.see("You agreed, with your name.")


def subscribe(exchange: House, people: int) -> None:
    """So many who said yes, half of them in Kiswahili."""
    words = f"from tests.briefings.sending.proof.seed import subscribe; subscribe({people})"
    done = subprocess.run(
        [PYTHON, "-m", "exchange", "shell", "-v0", "-c", words],
        env=real.environment_of(exchange) | {"PYTHONPATH": f"{real.ROOT / 'src'}:{real.ROOT}"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def build(host: Person) -> int:
    """One click makes both editions; each gets its subject."""
    host.go("/desk/newsletters/")
    host.page.locator("main form button.do").first.click()
    host.page.wait_for_url(re.compile(r"/desk/newsletters/\d+/$"))
    issue = int(host.page.url.rstrip("/").rpartition("/")[2])
    for name, title in (("English", "What the month taught us"), ("Kiswahili", SWAHILI)):
        host.go(f"/desk/newsletters/{issue}/")
        host.page.locator("main").get_by_role("link", name=name).first.click()
        host.page.locator("[name=title]").fill(title)
        host.page.locator("main button.do[value=save]").click()
        expect(host.page.locator("[name=title]")).to_have_value(title)
    return issue


def release(host: Person, issue: int) -> None:
    host.go(f"/desk/newsletters/{issue}/release/")
    host.see(SWAHILI)
    host.page.locator("main form button.do").click()
    host.page.wait_for_url(re.compile(rf"/desk/newsletters/{issue}/$"))


def killed_and_proven(exchange: House, before: int) -> None:
    """The launcher starts the worker again; each has one, in their language."""
    kill_twice(
        arrived=lambda: len(list(newsletters(exchange))) - before,
        workers=lambda: real.workers_of(exchange),
        begin_again=lambda: wait_for(lambda: bool(real.workers_of(exchange)), "no worker came"),
        expected=PEOPLE,
    )
    wait_for(lambda: len(list(newsletters(exchange))) >= PEOPLE - 2, "it did not go on")
    prove_each_has_one(
        letters=newsletters(exchange),
        wanted={f"reader{n}@example.net": language_of(n) for n in range(PEOPLE)},
        unsure={f"reader{n}@example.net" for n in range(PEOPLE)},
        kills=PEOPLE,
    )
    copies, _spoken = read(newsletters(exchange))
    assert len(copies) >= PEOPLE - 2


def newsletters(exchange: House) -> Iterator[bytes]:
    """What has left, as the files that go beside it."""
    for path in Path(exchange.outbox).glob("[0-9]*.eml"):
        raw = path.read_bytes()
        if b"@example.net" in raw and b"List-Id" in raw:
            yield raw


def comes_out_by_itself(visitor: Person, brief: int, word: str) -> None:
    """At its hour, with the words that were agreed to, and their source says so."""

    def is_there() -> bool:
        return visitor.page.request.get(f"/briefs/{brief}-x/").ok

    wait_for(is_there, "the brief did not come out")
    visitor.go(f"/briefs/{brief}-x/")
    visitor.see(SAID)
    visitor.page.locator("main").get_by_role("link", name=f"Who is asked first in {word}?").click()
    visitor.see("Summed up in")


def figures_are_true(host: Person) -> None:
    """The file says what happened: so many letters, two editions, a brief, a thousand subscribers.
    Asked about two months, as no other journey does: a count is kept for ten minutes."""
    today = now()
    period = f"{moved(today.date().replace(day=1), -1):%Y-%m}..{today:%Y-%m}"
    answer = host.page.request.get(f"/desk/figures/tables/newsletters.csv?period={period}")
    assert answer.ok
    told = {
        label: next(iter(cells.values())) for label, cells in comparing.read(answer.body()).items()
    }
    left = {message_from_bytes(raw)["To"] for raw in newsletters(host.house)}
    # One kill leaves one letter at most of which nobody knows.
    for count in (len(left), int(told["Letters sent"]), int(told["delivered"])):
        assert PEOPLE - 2 <= count <= PEOPLE
    assert int(told["New subscribers"]) == PEOPLE
    assert int(told["Newsletters sent, each edition"]) == 2
    assert int(told["Briefs published"]) >= 1
