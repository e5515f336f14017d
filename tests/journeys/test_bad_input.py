"""Odd, broken and hostile input: a clear answer, nothing lost, and the page keeps its shape."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PersonMaker
from tests.journeys.people import Person, mark

pytestmark = pytest.mark.journey

OVERRIDE = "\u202e"
NOTHING_TO_SEE = "\u200b\u2060\u00ad"


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the phone."""
    wide: int = page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
    return max(0, wide)


def _set(person: Person, name: str, value: str) -> None:
    """Put a text into a field at once, past what the browser would stop."""
    field = person.form(name).locator(f"[name={name}]")
    field.evaluate("(one, value) => { one.removeAttribute('maxlength'); one.value = value }", value)


def test_a_text_of_more_than_a_megabyte_comes_back_to_be_shortened(member: Person) -> None:
    member.go("/ask/")
    text = "قصة طويلة " * 20_000
    _set(member, "title", f"Too long in {mark()}")
    _set(member, "body", text)
    with member.page.expect_navigation() as answer:
        member.form("title").locator("button.do").click()

    # The form takes pictures, so its size is no reason to turn it away unread.
    assert answer.value
    assert answer.value.status == 422
    assert len(member.page.locator("[name=body]").input_value().strip()) == len(text.strip())
    member.page.locator("[name=body]").fill("A short story.")
    member.form("title").locator("button.do").click()
    expect(member.page.locator("article")).to_contain_text("A short story.")


def test_a_text_that_is_somewhat_too_long_is_kept_and_said_so(member: Person) -> None:
    member.go("/ask/")
    _set(member, "title", f"Rather long in {mark()}")
    _set(member, "body", "long " * 5_000)
    with member.page.expect_navigation() as answer:
        member.form("title").locator("button.do").click()

    assert answer.value
    assert answer.value.status == 422
    expect(member.page.locator("#errors")).to_be_visible()
    assert len(member.page.locator("[name=body]").input_value()) > 24_000


def test_marks_that_cannot_be_seen_do_no_harm(member: Person) -> None:
    member.go("/ask/")
    word = mark()
    _set(member, "title", f"What{OVERRIDE} waits\x00 in{NOTHING_TO_SEE} {word}?")
    _set(
        member, "body", f"Before{OVERRIDE}\x00after " + "w" * 10_000 + " \U0001f469\u200d\U0001f33e"
    )
    member.form("title").locator("button.do").click()

    expect(member.page.locator("h1")).to_have_text(f"What waits in {word}?")
    shown = member.page.locator("article").inner_text()
    assert "Beforeafter" in shown
    assert OVERRIDE not in shown
    assert "\U0001f469\u200d\U0001f33e" in shown
    assert overflow(member.page) == 0


def test_long_words_do_not_break_a_page(member: Person, person: PersonMaker) -> None:
    """In a title, a list, a search, an answer, and in Arabic as well."""
    word = "w" * 190
    member.go("/ask/")
    member.send("title", title=word, body="w" * 10_000)
    member.send("body", body="x" * 10_000)
    expect(member.page.locator(".reply")).to_be_visible()
    here = member.page.url.partition("#")[0]
    path = here.removeprefix(member.house.url)
    wide = {}
    for page in (path, f"/ar{path}", "/questions/", "/ar/questions/", "/", f"/search/?q={word}"):
        member.go(page)
        wide[page] = overflow(member.page)

    assert not {page: pixels for page, pixels in wide.items() if pixels}
    member.go(path)
    member.page.locator("main a[href$='/withdrawal/']").first.click()
    member.page.wait_for_url("**/withdrawal/")
    assert overflow(member.page) == 0
    member.page.locator("main form button.do").click()


@pytest.mark.parametrize("name", ["{host}", "Bеаtriz Host"], ids=["the same", "look-alike"])
def test_nobody_can_take_a_hosts_name(person: PersonMaker, host: Person, name: str) -> None:
    """The second is spelled with Cyrillic letters."""
    wanted = host.name if name == "{host}" else host.name.replace("a", "а").replace("e", "е")
    chen = person("Chen")
    chen.go("/join/")
    form = chen.form("display_name")
    form.locator("[name=adult]").check()
    form.locator("[name=conduct]").check()
    chen.send("display_name", email=chen.email, display_name=wanted)

    expect(chen.page.locator("#errors")).to_be_visible()
    expect(chen.page.locator("[name=email]")).to_have_value(chen.email)
    expect(chen.page.locator("[name=display_name]")).to_have_value(wanted)


@pytest.mark.parametrize(
    "typed",
    [
        "\"' OR 1=1; DROP TABLE members_member; --",
        'NEAR(a b, 3) AND * OR ^"(',
        'title:child* -"x AND NOT',
        f"committee{OVERRIDE}{NOTHING_TO_SEE}",
        "x" * 3_000,
        "%00%ff",
        "😀😀 ﷽ ß İ",
    ],
)
def test_any_search_is_answered(person: PersonMaker, typed: str) -> None:
    chen = person("Chen")
    chen.go("/search/")
    _set_query(chen, typed)
    with chen.page.expect_navigation() as answer:
        chen.page.locator("main form.find button").click()

    assert answer.value
    assert answer.value.status == 200
    assert overflow(chen.page) == 0


def _set_query(chen: Person, typed: str) -> None:
    chen.page.locator("main [name=q]").evaluate(
        "(one, value) => { one.removeAttribute('maxlength'); one.value = value }", typed
    )


def test_broken_bytes_never_break_the_server(member: Person) -> None:
    """Half a surrogate pair, in UTF-8 that is none, straight to the form's address."""
    member.go("/ask/")
    token = member.page.locator("main [name=csrfmiddlewaretoken]").first.input_value()
    body = f"csrfmiddlewaretoken={token}&title=Half+a+letter+%ED%A0%80+in+{mark()}&body=%C3%28"
    answer = member.page.request.post(
        "/ask/",
        data=body,
        headers={
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": member.house.url,
        },
    )

    assert answer.status == 200
    for path in (
        "/search/?q=%ED%A0%80%00",
        "/questions/%00/",
        "/%ff/",
        "/people/99999999999999999999/",
    ):
        assert member.page.request.get(path).status < 500
