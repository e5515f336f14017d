"""The keyboard alone: the way to the text, a question asked, and always to be seen where one is."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PersonMaker
from tests.journeys.people import Person, mark

pytestmark = pytest.mark.journey

# What has the focus, and whether that can be seen.
_FOCUS = """() => {
  const one = document.activeElement, look = getComputedStyle(one), box = one.getBoundingClientRect();
  const bar = document.querySelector('.bar').getBoundingClientRect();
  return {
    what: one.name || one.id || one.className || one.textContent.trim().slice(0, 30) || one.tagName,
    tag: one.tagName,
    seen: look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2,
    inside: box.bottom > 0 && box.top < innerHeight,
    covered: !one.closest('.bar') && bar.height > 0 && box.top >= bar.top,
    top: box.top + scrollY,
    part: one.closest('header, main, footer, .bar')?.className || one.closest('main')?.id || '',
  }
}"""


def _tab(page: Page) -> dict[str, object]:
    page.keyboard.press("Tab")
    found: dict[str, object] = page.evaluate(_FOCUS)
    return found


def test_the_first_key_leads_past_the_head_to_the_text(person: PersonMaker) -> None:
    chen = person("Chen")
    chen.go("/questions/")

    assert _tab(chen.page)["what"] == "skip"
    expect(chen.page.locator(".skip")).to_be_in_viewport()
    chen.page.keyboard.press("Enter")

    assert chen.page.evaluate("document.activeElement.id") == "main"
    first = _tab(chen.page)
    assert first["part"] == "main"


@pytest.mark.parametrize("width", [360, 1280])
def test_a_question_is_asked_with_tab_and_enter_alone(
    person: PersonMaker, member: Person, width: int
) -> None:
    amina = person("Amina", like={**member.remember(), "state": member.context.storage_state()})
    amina.page.set_viewport_size({"width": width, "height": 740})
    title = f"Who opens the door in {mark()}?"
    amina.go("/ask/")

    way = [_tab(amina.page)]
    while way[-1]["what"] != "title":
        way.append(_tab(amina.page))
        assert len(way) < 30, [step["what"] for step in way]
    amina.page.keyboard.type(title)
    while way[-1]["tag"] != "BUTTON":
        way.append(_tab(amina.page))
        assert len(way) < 60, [step["what"] for step in way]

    assert not [step["what"] for step in way if not step["seen"]]
    assert not [step["what"] for step in way if not step["inside"] or step["covered"]]
    inside = [step["top"] for step in way if step["part"] == "main"]
    assert inside == sorted(inside)  # type: ignore[type-var]

    amina.page.keyboard.press("Enter")
    expect(amina.page.locator("h1")).to_have_text(title)


def test_every_step_through_a_page_can_be_seen(person: PersonMaker) -> None:
    """Home, to its end: nothing is hidden, nothing is a trap."""
    chen = person("Chen")
    chen.go("/")

    way = []
    while not way or way[-1]["tag"] != "BODY":
        way.append(_tab(chen.page))
        assert len(way) < 150
    way.pop()

    assert not [step["what"] for step in way if not step["seen"] or not step["inside"]]
    assert not [step["what"] for step in way if step["covered"]]
    assert way[-1]["part"] == "bar"


def test_a_form_that_is_refused_leads_to_its_errors(member: Person) -> None:
    member.go("/ask/")
    member.page.locator("[name=title]").evaluate("one => one.removeAttribute('required')")
    member.page.locator("[name=body]").fill("Words that stay.")
    member.send("title")

    expect(member.page.locator("#errors")).to_be_focused()
    member.page.keyboard.press("Tab")
    member.page.keyboard.press("Enter")
    expect(member.page.locator("[name=title]")).to_be_in_viewport()
    assert member.page.locator("[name=title]").get_attribute("aria-invalid") == "true"
    expect(member.page.locator("[name=body]")).to_have_value("Words that stay.")
