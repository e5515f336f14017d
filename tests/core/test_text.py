"""Cleaning of typed text, slugs, safe HTML and page keys: whatever comes in, nothing breaks.
Read by pytest alone."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.core import html, ids, text
from exchange.core.paging import _decoded

ANYTHING = st.text(st.characters(), max_size=300)


@given(ANYTHING)
def test_cleaned_text_has_no_control_marks_and_cleaning_again_changes_nothing(typed: str) -> None:
    cleaned = text.clean(typed)

    assert text.clean(cleaned) == cleaned
    assert "\x00" not in cleaned
    assert not any("\u202a" <= letter <= "\u202e" for letter in cleaned)
    cleaned.encode("utf-8")


@given(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=100))
def test_cleaning_keeps_every_letter_and_digit(typed: str) -> None:
    assert text.clean(typed) == unicodedata.normalize("NFC", typed)


def test_lone_surrogates_and_nul_are_gone() -> None:
    assert text.clean("a\x00b\ud800c") == "ab?c"


def test_a_direction_override_cannot_turn_a_line_around() -> None:
    assert text.clean_line("pay \u202eoN") == "pay oN"


def test_a_look_alike_has_the_same_skeleton() -> None:
    assert text.skeleton("Bеatriz") == text.skeleton("Beatriz")  # a Cyrillic е
    assert text.skeleton("Bea​triz") == text.skeleton("Beatriz")  # a space of no width
    assert text.skeleton("Beatrix") != text.skeleton("Beatriz")


@given(ANYTHING)
def test_a_slug_is_short_and_fits_an_address(title: str) -> None:
    slug = ids.slug(title)

    assert 0 < len(slug) <= 60
    assert not re.search(r"[\s/?#%]", slug)


def test_a_slug_keeps_its_own_script() -> None:
    assert ids.slug("Ndoa za utotoni: tulianza vipi?") == "ndoa-za-utotoni-tulianza-vipi"
    assert ids.slug("كيف بدأتم؟") == "كيف-بدأتم"


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "<img src=x onerror=alert(1)>",
        "![x](https://example.org/pixel.gif)",
        '<a href="https://example.org" onclick="x()">x</a>',
        "<svg/onload=alert(1)>",
        "[x](  JaVaScRiPt:alert(1))",
    ],
)
def test_hostile_words_become_harmless(hostile: str) -> None:
    made = str(html.from_markdown(hostile))

    assert not re.search(
        r"<(script|img|svg)|<[^>]*(\son\w+=|href=\"(?!https?:|mailto:))", made, re.I
    )


@given(ANYTHING)
def test_any_words_become_html_of_the_short_list_alone(typed: str) -> None:
    made = str(html.from_markdown(typed))

    tags = set(re.findall(r"</?([a-z0-9]+)", made))
    assert tags <= {
        *["p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "a", "h3", "h4", "code", "hr"]
    }


def test_light_markdown_is_understood() -> None:
    made = str(html.from_markdown("# Title\n\nSome *words* and **more**.\n\n- one\n- two"))

    assert "<h3>Title</h3>" in made
    assert "<em>words</em>" in made
    assert "<li>one</li>" in made


def test_links_say_that_they_are_not_ours() -> None:
    assert 'rel="nofollow ugc noopener"' in html.from_markdown("[a](https://example.org)")


def test_an_excerpt_is_cut_at_a_word() -> None:
    assert text.excerpt("**One** [two](https://e.org) three four", 12) == "One two…"


@given(ANYTHING)
def test_a_page_key_nobody_gave_out_counts_as_none(key: str) -> None:
    decoded = _decoded(key)

    assert decoded is None or isinstance(decoded[1], int)


def test_sizes_are_said_as_people_say_them() -> None:
    assert [text.size_in_words(n) for n in (12, 38_200, 1_120_000)] == ["1 kB", "38 kB", "1.1 MB"]


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("See https://example.org/library/12-x/.", "https://example.org/library/12-x/"),
        ("(http://example.org/a?b=c&d=e)", "http://example.org/a?b=c&amp;d=e"),
        ("انظر https://example.org/ar/library/3-ك/؟", "https://example.org/ar/library/3-ك/"),
        ("*https://example.org/a_b_c*", "https://example.org/a_b_c"),
    ],
)
def test_an_address_that_was_pasted_becomes_a_link(typed: str, address: str) -> None:
    assert f'<a href="{address}" rel="nofollow ugc noopener">{address}</a>' in (
        html.from_markdown(typed)
    )


@pytest.mark.parametrize(
    ("typed", "links"),
    [
        ("[words](https://example.org/)", 1),
        ("<https://example.org/>", 1),
        ("`https://example.org/`", 0),
        ("javascript:alert(1) ftp://example.org https://", 0),
        ("[https://example.org/](https://example.com/)", 1),
    ],
)
def test_a_link_is_not_linked_twice_and_nothing_else_becomes_one(typed: str, links: int) -> None:
    assert html.from_markdown(typed).count("<a ") == links


def test_very_many_addresses_take_no_time() -> None:
    made = html.from_markdown("https://example.org/ " * 5_000)

    assert made.count("<a ") == 5_000
