"""From any block tree to parts of clean HTML: escaped, well formed, small, linked both ways.
Run by pytest alone."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from exchange.library.reading import filling, parting, tree
from tests.library.reading import trees
from tests.library.reading.trees import heading, page, paragraph, text

LOREM = (
    "Families told us what they had done before anybody came, and what they would do again. "
    "The committee met under the tree every second week and wrote its decisions on one page. "
)


def made(*blocks: dict[str, object], direction: str = "ltr") -> parting.Parted:
    return parting.parted(tree.checked({"blocks": list(blocks)}), direction)


def html(*blocks: dict[str, object]) -> str:
    return "".join(filling.filled(part.html, {}) for part in made(*blocks).parts)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(trees.trees)
def test_any_tree_gives_well_formed_escaped_parts_within_bounds(told):
    parts = parting.parted(tree.checked(told), "ltr").parts

    for part in parts:
        shown = filling.filled(part.html, {})
        etree.fromstring(f"<main>{shown.replace('<hr>', '<hr/>')}</main>")
        assert part.size == len(part.html.encode()) <= 30_000
        assert "<script" not in shown
        assert "\ue000" not in shown
        assert "\ue001" not in shown
    ids = re.findall(r' id="([^"]+)"', "".join(part.html for part in parts))
    notes = [name for name in ids if name[:2] in ("n-", "r-")]
    assert len(notes) == len(set(notes))
    for part in parts:
        for way in re.findall(r'href="(#[nr]-[^"]+)"', part.html):
            assert f' id="{way[1:]}"' in part.html
        for number, name in re.findall(r'href="\.\./(\d+)/#([^"]+)"', part.html):
            assert f' id="{name}"' in parts[int(number) - 1].html


def test_words_of_a_document_cannot_become_markup_or_our_own_words():
    shown = html(paragraph('<img src=x onerror="x"> \ue000p:5\ue001 & \u202etxt.exe'))

    assert "<img" not in shown
    assert "&lt;img" in shown
    assert "Page 5" not in shown
    assert "\u202e" not in shown


def test_a_link_to_the_web_stays_and_one_that_acts_does_not():
    shown = html(
        {
            "type": "paragraph",
            "spans": [
                text("good", href="https://example.org/a?b=1"),
                text(" bad", href="javascript:alert(1)"),
            ],
        }
    )

    assert (
        '<a href="https://example.org/a?b=1" rel="nofollow noopener noreferrer">good</a> bad'
        in shown
    )


@pytest.mark.parametrize("odd", ["\0", "\x07", "\x7f", "\ud800", "\u202e", "\ufffe"])
def test_a_link_with_signs_no_address_has_is_no_link(odd):
    shown = html(paragraph("good", href=f"https://example.org/{odd}a"))

    assert "href" not in shown
    assert "good" in shown


def test_headings_begin_below_the_page_and_never_jump():
    shown = html(heading("One", 1), heading("Deep", 4), heading("Back", 2), heading("Two", 1))

    assert re.findall(r"<(h\d) id=\"(s\d)\"", shown) == [
        ("h2", "s1"),
        ("h3", "s2"),
        ("h3", "s3"),
        ("h2", "s4"),
    ]


def test_a_note_stands_at_the_end_of_its_part_and_leads_back():
    shown = html(
        {"type": "paragraph", "spans": [text("As we said"), text("1", note="n1", u=1), text(".")]},
        {"type": "note", "id": "n1", "spans": [text("Interview, Bo.")]},
        paragraph("More words."),
    )

    assert '<sup><a id="r-n1" href="#n-n1">1</a></sup>' in shown
    assert shown.index("More words") < shown.index("Interview, Bo.")
    assert (
        '<p class="help" id="n-n1"><sup>1</sup> Interview, Bo. <a href="#r-n1">↑</a></p>' in shown
    )


def test_a_note_that_a_caption_refers_to_stands_in_its_part():
    cell = {"spans": [text("Kenya")]}
    shown = html(
        {"type": "table", "rows": [[cell, cell]], "caption": [text("1", note="n1", u=1)]},
        {"type": "note", "id": "n1", "spans": [text("Counted in May.")]},
    )

    assert 'href="#n-n1"' in shown
    assert ' id="n-n1"' in shown


def test_a_note_called_from_another_note_leads_back_to_that_part():
    long = [paragraph("word " * 900) for _time in range(12)]
    parts = made(
        paragraph("First"),
        {"type": "paragraph", "spans": [text("1", note="n1", u=1)]},
        {"type": "note", "id": "n1", "spans": [text("See"), text("2", note="n2", u=1)]},
        {"type": "note", "id": "n2", "spans": [text("Counted in May.")]},
        *long,
        {"type": "paragraph", "spans": [text("2", note="n2", u=1)]},
    ).parts

    with_id = [at for at, part in enumerate(parts, 1) if ' id="r-n2"' in part.html]
    (note,) = [part for part in parts if ' id="n-n2"' in part.html]
    assert len(with_id) == 1
    here = with_id[0] == parts.index(note) + 1
    assert f'href="{"" if here else f"../{with_id[0]}/"}#r-n2"' in note.html


def test_a_note_nobody_refers_to_stays_where_it_was():
    shown = html({"type": "note", "id": "n9", "spans": [text("Alone.")]}, paragraph("Then this."))

    assert shown.index("Alone.") < shown.index("Then this.")


def test_a_table_has_header_cells_a_caption_and_a_box_that_scrolls():
    rows = [
        [{"spans": [text("District")], "head": True}, {"spans": [text("Girls")], "head": True}],
        [{"spans": [text("Bo")], "down": 2}, {"spans": [text("12")]}],
        [{"spans": [text("7")]}],
    ]
    shown = html({"type": "table", "rows": rows, "caption": [text("Who came")]})

    assert '<div class="wide" tabindex="0" role="group" aria-label="' in shown
    assert "<caption>Who came</caption><thead><tr>" in shown
    assert '<th scope="col">District</th>' in shown
    assert "<tr><td></td><td>7</td></tr>" in shown


def test_a_long_table_is_cut_between_rows_and_its_head_stands_on_every_piece():
    head = [{"spans": [text(name)], "head": True} for name in ("Village", "What was said")]
    rows = [[{"spans": [text(f"No. {n}")]}, {"spans": [text(LOREM)]}] for n in range(300)]
    parts = made({"type": "table", "rows": [head, *rows]}).parts

    assert len(parts) > 1
    assert all(part.html.count("Village") == part.html.count("<table>") for part in parts)
    assert sum(part.html.count("<td>No. ") for part in parts) == 300


def test_a_frame_around_words_is_no_table():
    shown = html({"type": "table", "rows": [[{"spans": [text("Remember this.")]}]]})

    assert shown == "<blockquote><p>Remember this.</p></blockquote>"


def test_parts_begin_at_chapters_and_the_contents_lead_there():
    blocks = []
    for chapter in range(1, 6):
        blocks += [page(chapter * 3), heading(f"Chapter {chapter}")]
        blocks += [paragraph(f"{LOREM * 3} {n}") for n in range(40)]
    found = made(*blocks)

    starts = {one["part"] for one in found.contents}
    assert [one["title"] for one in found.contents] == [f"Chapter {n}" for n in range(1, 6)]
    for one in found.contents:
        part = found.parts[one["part"] - 1]
        assert f'id="{one["anchor"]}"' in part.html
        assert part.html.index("<h2") < 60
        assert part.title == one["title"]
    assert len(starts) == 5
    assert found.parts[0].first_page == 3


def test_the_words_of_a_part_tell_the_page_they_stand_on():
    found = made(page(4), paragraph("First."), page(5), page(6), paragraph("Third."))

    part = found.parts[0]
    assert (part.first_page, part.last_page) == (4, 6)
    before = part.text[: part.text.index("Third.")]
    assert part.first_page + before.count("\f") == 6


def test_an_empty_page_can_be_led_to_and_is_not_shown():
    shown = html(page(4), page(5), paragraph("Words."))

    assert '<a id="p4"></a>' in shown
    assert "Page 4" not in shown
    assert "Page 5" in shown


def test_the_mark_of_a_page_goes_with_the_words_below_it():
    blocks = [paragraph(LOREM * 5) for _n in range(70)]
    at = [block for n, one in enumerate(blocks) for block in (page(n + 1), one)]

    for part in made(*at).parts:
        assert not part.html.endswith("</p>" * 2)
        assert re.search(r'class="pg" id="p\d+">[^<]*</p>$', part.html) is None


def test_words_of_another_direction_say_so():
    assert '<p dir="rtl">مرحبا</p>' in html(paragraph("مرحبا"))
    arabic = made(paragraph("مرحبا"), paragraph("English"), direction="rtl").parts[0].html
    assert arabic == '<p>مرحبا</p><p dir="ltr">English</p>'


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"nothing",
        b"[]",
        b'{"blocks": 3}',
        b'{"blocks": [], "figures": [{"id": "f1", "bytes": 5}]}\nabc',
        b"[" * 100_000,
        b'{"blocks": [], "quality": {"seconds": NaN}}',
        b'{"blocks": [], "quality": {"seconds": -Infinity}}',
    ],
)
def test_an_answer_that_is_no_tree_is_not_believed(said):
    with pytest.raises(tree.Unsound):
        tree.read(said)


def test_more_words_than_any_book_are_not_taken():
    blocks = [paragraph("x" * 100_000)] * (tree.MOST_CHARACTERS // 100_000 + 1)

    with pytest.raises(tree.Unsound):
        tree.checked({"blocks": blocks})
