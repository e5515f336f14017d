"""The session ends, or the page has been open for too long, while somebody is writing."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PersonMaker
from tests.journeys.people import Person, join, mark, sign_in

pytestmark = pytest.mark.journey

BODY = "Line one.\n\nLine two, with <b>marks</b> & “quotes”."


@pytest.fixture
def writer(person: PersonMaker) -> Person:
    """Somebody with a question written and not sent."""
    amina = person("Amina")
    join(amina)
    amina.go("/ask/")
    amina.page.locator("[name=title]").fill(f"What do you keep in {mark()}?")
    amina.page.locator("[name=body]").fill(BODY)
    return amina


def _asked(writer: Person, title: str) -> None:
    expect(writer.page.locator("h1")).to_have_text(title)
    expect(writer.page.locator("article")).to_contain_text(
        "Line two, with <b>marks</b> & “quotes”."
    )


def test_an_expired_session_keeps_the_words_over_signing_in(writer: Person) -> None:
    title = writer.page.locator("[name=title]").input_value()
    writer.context.clear_cookies(name="sessionid")
    writer.send("title")
    sign_in(writer, already_there=True)

    expect(writer.page.locator("[name=title]")).to_have_value(title)
    expect(writer.page.locator("[name=body]")).to_have_value(BODY)
    writer.send("title")
    _asked(writer, title)


def test_a_stale_form_is_shown_again_and_sent(writer: Person) -> None:
    title = writer.page.locator("[name=title]").input_value()
    writer.context.clear_cookies(name="csrftoken")
    writer.send("title")

    expect(writer.page.locator("main textarea")).to_have_value(BODY)
    writer.page.locator("main form button.do").click()
    _asked(writer, title)


def test_with_both_gone_nothing_is_lost_either(writer: Person) -> None:
    title = writer.page.locator("[name=title]").input_value()
    writer.context.clear_cookies()
    writer.send("title")
    expect(writer.page.locator("main textarea")).to_have_value(BODY)
    writer.page.locator("main form button.do").click()
    sign_in(writer, already_there=True)
    writer.send("title")

    _asked(writer, title)


def test_an_answer_written_while_the_session_ended_is_kept(
    person: PersonMaker,
) -> None:
    """Under a title in Arabic, whose address is in Arabic letters too."""
    amina = person("Amina")
    join(amina)
    words = f"We begin with tea, in {mark()}."
    amina.go("/questions/?language=ar")
    amina.page.locator("main .card a").last.click()
    amina.form("body").locator("[name=body]").fill(words)
    amina.context.clear_cookies(name="sessionid")
    amina.send("body")
    sign_in(amina, already_there=True)

    expect(amina.form("body").locator("[name=body]")).to_have_value(words)
    amina.send("body")
    expect(amina.page.locator(".reply", has_text=words)).to_be_visible()
