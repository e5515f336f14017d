"""Searching in Arabic and in Swahili: the interface, a word, a whole question, a slip, nothing."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PersonMaker

pytestmark = pytest.mark.journey


@dataclass(frozen=True)
class Search:
    """What somebody types in a language, and the title they hope for."""

    language: str
    direction: str
    search: str
    ask: str
    word: str
    question: str
    slip: str
    hoped_for: str
    nothing: str


ARABIC = Search(
    language="ar",
    direction="rtl",
    search="بحث",
    ask="اطرح سؤالاً",
    word="المبادرة",
    question="كيف نعرف أن المبادرة أصبحت ملك الناس وليست ملك المنظمة؟",
    slip="المبادررة",
    hoped_for="كيف عرفتم أن المبادرة صارت للناس",
    nothing="زقزقة الغواصات البنفسجية",
)
SWAHILI = Search(
    language="sw",
    direction="ltr",
    search="Tafuta",
    ask="Uliza",
    word="mwongozo",
    question="Je, mwongozo ulibadilishwa vipi ili ufae mazingira yenu?",
    slip="mwongzo",
    hoped_for="Ni zana au mwongozo gani mliubadilisha",
    nothing="nyambizi zambarau bustanini",
)


@pytest.mark.parametrize("wish", [ARABIC, SWAHILI], ids=["Arabic", "Swahili"])
def test_what_is_looked_for_is_found_or_asked(person: PersonMaker, wish: Search) -> None:
    amina = person("Amina")
    page = amina.page
    cards = page.locator("main .card")

    def look_for(words: str) -> None:
        page.locator("main [name=q]").fill(words)
        page.locator("main form.find button").click()

    amina.go("/")
    page.locator(f".foot a[hreflang={wish.language}]").click()
    expect(page.locator("html")).to_have_attribute("dir", wish.direction)
    look_for(wish.word)
    expect(page.locator("h1")).to_contain_text(wish.search)
    expect(cards.filter(has_text=wish.hoped_for)).to_have_count(1)
    expect(cards.locator("mark").first).to_be_visible()
    assert page.locator(".foot").inner_text().count("This page used") == 0

    look_for(wish.question)
    expect(cards.first).to_contain_text(wish.hoped_for)

    look_for(wish.slip)
    expect(page.locator("main .note")).to_contain_text(wish.slip)
    expect(cards.filter(has_text=wish.hoped_for)).to_have_count(1)

    look_for(wish.nothing)
    expect(page.locator("main .empty")).to_contain_text(wish.nothing)
    expect(cards).to_have_count(0)
    page.locator("main .empty a.do").click()
    expect(page.locator("h1")).to_contain_text(wish.ask)
    expect(page.locator("[name=title]")).to_have_value(wish.nothing)
    expect(page.locator("[name=language]")).to_have_value(wish.language)


def test_a_facet_narrows_and_widens(person: PersonMaker) -> None:
    amina = person("Amina")
    page = amina.page

    amina.go("/search/?q=committee")
    before = page.locator("main .help").first.inner_text()
    page.locator("details.facets summary").click()
    page.locator("details.facets a[href*='kind=question']").click()
    expect(page.locator("main .help").first).not_to_have_text(before)
    page.locator("main .tags a[aria-current=true]").first.click()

    expect(page.locator("main .help").first).to_have_text(before)
