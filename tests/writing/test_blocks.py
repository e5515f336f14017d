"""What hosts write in blocks becomes the text format of the house and comes back, word for word."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as some

from exchange import members
from exchange.core import html
from exchange.writing.blocks.plain import to_blocks, to_markdown

STARTER = sorted((Path(members.__path__[0]) / "starter").glob("*.md"))
# What Markdown reads something into, beside letters of several scripts.
letters = some.sampled_from(
    [*"ab1 09*_`[]()<>#+-=~\\&!.|:/'\"\n", "**", "https://a.org/x_y", "ع", "é"]
)
words = some.lists(letters, max_size=24).map("".join)
lines = words.map(lambda typed: " ".join(typed.split()))


def shown(rendered: str) -> str:
    """The words of a page as a reader sees them, without any white space."""
    plain = re.sub(r"<[^>]*>", "", rendered)
    for sign, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        plain = plain.replace(sign, letter)
    return "".join(plain.split())


def safe(typed: str) -> str:
    return typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@some.composite
def looked(draw: Any) -> tuple[str, str]:
    """A paragraph with looks inside looks, and its words."""
    made, plain = "", ""
    for _place in range(draw(some.integers(1, 4))):
        piece = draw(lines)
        tag = draw(some.sampled_from(["", "b", "i", "a"]))
        inner = draw(some.sampled_from(["", "b", "i"]))
        rich = f"<{inner}>{safe(piece)}</{inner}>" if inner else safe(piece)
        opening = '<a href="https://a.org/b(c)">' if tag == "a" else f"<{tag}>"
        made += f"{opening}{rich}</{tag}>" if tag else rich
        plain += piece
    return f"<p>{made}</p>", plain


@settings(deadline=None)
@given(looked())
def test_no_word_of_a_paragraph_is_lost_whatever_its_looks(paragraph: tuple[str, str]) -> None:
    rich, plain = paragraph
    text = to_markdown([{"type": "text", "value": rich}])
    assert shown(html.from_markdown(text)) == "".join(plain.split())


@settings(deadline=None)
@given(
    some.lists(some.tuples(some.sampled_from(["heading", "list", "callout"]), lines), max_size=4)
)
def test_no_word_of_any_block_is_lost(typed: list[tuple[str, str]]) -> None:
    blocks = []
    for kind, line in typed:
        rich = f"<p>{safe(line)}</p>"
        value = {"heading": line, "list": [line, line], "callout": rich}[kind]
        blocks.append({"type": kind, "value": value})
    expected = "".join(line * (2 if kind == "list" else 1) for kind, line in typed)
    assert shown(html.from_markdown(to_markdown(blocks))) == "".join(expected.split())


@settings(deadline=None)
@given(words)
def test_whatever_stands_in_a_text_is_found_again_after_the_editor(typed: str) -> None:
    before = html.from_markdown(typed)
    once = to_markdown(to_blocks(typed))
    # A list that begins at 1986 shows its number without having it as a word, and code its marks.
    assume("<ol start" not in before)
    assert shown(html.from_markdown(once)).replace("`", "") == shown(before).replace("`", "")
    assert to_markdown(to_blocks(once)) == once


@settings(deadline=None)
@given(words)
def test_nothing_becomes_markup_by_way_of_the_editor(typed: str) -> None:
    rich = to_blocks(f"{typed} <script>x</script> <img src=x onerror=y>")
    for block in rich:
        value = block["value"]
        if block["type"] in ("text", "callout"):
            assert not set(re.findall(r"<(\w+)", value)) - {
                "p",
                "b",
                "i",
                "a",
                "br",
                "ul",
                "ol",
                "li",
            }


@pytest.mark.parametrize("path", STARTER, ids=lambda path: path.name)
def test_the_texts_of_the_house_come_back_as_they_were(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    once = to_markdown(to_blocks(text))
    # Every heading of a page is a part of it; the title is no block.
    same = html.from_markdown(re.sub(r"^#+", "##", text, flags=re.MULTILINE))
    assert html.from_markdown(once) == same


def test_a_quote_stays_letter_for_letter() -> None:
    words = "We *did not* wait_for [them].\n\n- 1. <b>mothers</b> \\ spoke\n\n> first"
    block = {"type": "quotation", "value": {"words": words, "who": "A. Otieno [Kisumu]"}}
    text = to_markdown([block])
    assert "\n".join(re.sub("^> ?", "", line) for line in text.split("\n")).startswith(words)
    assert to_blocks(text) == [block]


def test_every_block_comes_back_as_it_was() -> None:
    blocks = [
        {"type": "heading", "value": "What we saw #1"},
        {
            "type": "text",
            "value": "<p>One <b>two <i>three</i></b> four<br/>five</p><ol><li>a</li></ol>",
        },
        {"type": "list", "value": ["first", "second"]},
        {"type": "quotation", "value": {"words": "They came.", "who": ""}},
        {"type": "callout", "value": '<p>Call the <a href="tel:116">line</a>.</p>'},
        {"type": "text", "value": "<ul><li>a <b>b</b><ul><li>deep</li></ul></li><li>c</li></ul>"},
    ]
    assert to_blocks(to_markdown(blocks)) == blocks


def test_a_year_at_the_start_of_a_line_is_no_list() -> None:
    assert to_blocks("1986. A good year") == [{"type": "text", "value": "<p>1986. A good year</p>"}]
    text = to_markdown([{"type": "text", "value": "<p>1986. A good year</p>"}])
    assert shown(html.from_markdown(text)) == "1986.Agoodyear"


def test_a_link_to_a_page_of_the_room_becomes_its_public_address() -> None:
    rich = (
        '<p>See <a linktype="page" id="7">the brief</a>, <a href="javascript:x">not this</a>.</p>'
    )
    text = to_markdown([{"type": "text", "value": rich}], lambda page: f"/briefs/{page}-a/")
    assert text == "See [the brief](/briefs/7-a/), not this."
