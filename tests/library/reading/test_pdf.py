"""A PDF becomes blocks in the order of reading: with tags or without, from either side, in columns."""

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from exchange.library.reading import bench
from tests.library.reading import pdfs


def golden(name: str) -> list[dict[str, Any]]:
    return json.loads((pdfs.DOCUMENTS / f"{name}.blocks.json").read_text())


def written(name: str) -> list[str]:
    """The words of the page from which a document was printed."""
    page = (pdfs.DOCUMENTS / f"{name}.html").read_text()
    page = re.sub(r"<(title|style).*?</\1>", "", page, flags=re.DOTALL)
    return bench.words(unescape(re.sub(r"<[^>]+>", " ", page)))


@pytest.mark.parametrize("name", ["report", "arabic"])
@pytest.mark.parametrize("how", ["-tagged", ""])
def test_a_document_gives_the_same_blocks_with_and_without_tags(
    name: str, how: str, tmp_path: Path
):
    outcome, tree = pdfs.read(pdfs.printed(f"{name}{how}.pdf"), tmp_path)

    assert outcome.code == 0
    assert tree["blocks"] == golden(name)


@pytest.mark.parametrize("name", ["report", "arabic", "hebrew", "columns"])
def test_every_word_is_there_and_in_order(name: str, tmp_path: Path):
    _outcome, tree = pdfs.read(pdfs.printed(f"{name}.pdf"), tmp_path)

    ours = bench.words(bench.text_of(tree))
    assert bench.share(written(name), ours) == 1
    assert (bench.in_order(written(name), ours) or 0) >= 0.99


def test_the_title_is_what_the_page_says_and_not_what_the_file_says(tmp_path: Path):
    _outcome, tree = pdfs.read(pdfs.printed("report-tagged.pdf"), tmp_path)

    assert tree["title"] == "Neighbours who look out for children"


def test_a_picture_comes_along_with_its_description(tmp_path: Path):
    outcome, tree = pdfs.read(pdfs.printed("report-tagged.pdf"), tmp_path)

    (figure,) = tree["figures"]
    assert figure["alt"] == "A drawing of a bench under a tree"
    data = outcome.said.split(b"\n", 1)[1]
    assert len(data) == figure["bytes"]
    assert data[:4] == b"RIFF"
    assert figure["id"] in [block.get("id") for block in tree["blocks"]]


@pytest.fixture(scope="module")
def long_report(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, dict[str, Any]]:
    data = pdfs.long_report()
    return data, pdfs.read(data, tmp_path_factory.mktemp("long"))[1]


def test_what_pages_repeat_is_left_out(long_report: tuple[bytes, dict[str, Any]]):
    _data, tree = long_report

    text = bench.text_of(tree)
    assert text.count("Report of the districts") == 1
    assert "Chapter 4\n" not in text
    assert "Contents" not in text
    assert ". . ." not in text
    assert not re.search(r"^\d+$", text, re.MULTILINE)


def test_headings_and_pages_of_a_long_document_are_found(
    long_report: tuple[bytes, dict[str, Any]],
):
    _data, tree = long_report

    headings = [
        (b["level"], pdfs.plain(b["spans"])) for b in tree["blocks"] if b["type"] == "heading"
    ]
    chapters = [(2, f"{number}. What district {number} found") for number in range(1, 13)]
    assert headings == [(1, "Report of the districts"), *chapters]
    pages = [block["number"] for block in tree["blocks"] if block["type"] == "page"]
    assert pages == list(range(1, 121))


def test_a_long_document_keeps_the_words_that_poppler_reads(
    long_report: tuple[bytes, dict[str, Any]],
):
    data, tree = long_report

    figures = bench.compared(pdfs.poppler_reads(data), tree)
    assert figures["kept"] >= 0.99
    assert figures["order"] >= 0.99


def test_a_long_document_is_read_in_little_memory(tmp_path: Path):
    path = tmp_path / "long.pdf"
    path.write_bytes(pdfs.long_report())

    row = bench.run({"directory": str(path)})["documents"]["long.pdf"]
    assert row["peak_mb"] < 100
    # Four seconds on a quiet machine; here others may be at work.
    assert row["cpu"] < 4


def test_a_raised_marker_knows_its_note(tmp_path: Path):
    _outcome, tree = pdfs.read(pdfs.noted(), tmp_path)

    notes = [block for block in tree["blocks"] if block["type"] == "note"]
    assert [pdfs.plain(note["spans"]) for note in notes] == [
        "In groups of five, by a woman they knew.",
        "At home, in the evening.",
    ]
    markers = [
        (span["t"].strip(), span["note"])
        for block in tree["blocks"]
        for span in block.get("spans", ())
        if "note" in span
    ]
    assert markers == [("1", notes[0]["id"]), ("2", notes[1]["id"])]


def test_pages_without_letters_are_named_and_shown(tmp_path: Path):
    outcome, tree = pdfs.read(pdfs.scanned(), tmp_path)

    assert tree["quality"]["scanned"] == [1, 2]
    assert [figure["page"] for figure in tree["figures"]] == [1, 2]
    assert all(figure["bytes"] < 150_000 for figure in tree["figures"])
    assert len(pdfs.told(tree, "paragraph")) == 1
    assert outcome.code == 0


def test_one_page_is_given_as_a_picture(tmp_path: Path):
    outcome, _tree = pdfs.read(pdfs.scanned(), tmp_path, "--page", "2", "--render")

    assert outcome.code == 0
    assert outcome.said.startswith(b"\x89PNG")


def test_a_page_that_is_not_there_gives_no_picture(tmp_path: Path):
    outcome, _tree = pdfs.read(pdfs.scanned(), tmp_path, "--page", "9", "--render")

    assert (outcome.code, outcome.said) == (3, b"")


def test_links_lead_to_the_web_and_nowhere_else(tmp_path: Path):
    sheet = pdfs.Sheet()
    for place, address in enumerate(("https://example.org/", "javascript:alert(1)", "file:///etc")):
        sheet.canvas.linkURL(address, (70, 765 - 30 * place, 200, 785 - 30 * place))
        sheet.line(f"Link number {place} in the text")
        sheet.y -= 17.5

    _outcome, tree = pdfs.read(sheet.done(), tmp_path)

    found = {span.get("href") for block in tree["blocks"] for span in block.get("spans", ())}
    assert found == {"https://example.org/", None}


def test_a_page_on_its_side_is_read_upright(tmp_path: Path):
    sheet = pdfs.Sheet()
    sheet.canvas.translate(595, 0)
    sheet.canvas.rotate(90)
    for number in range(6):
        sheet.at(72, 500 - 14 * number, f"Line {number} of a page that lies on its side", 10)

    _outcome, tree = pdfs.read(sheet.done(), tmp_path)

    words = " ".join(pdfs.told(tree, "paragraph"))
    assert words.startswith("Line 0 of a page that lies on its side Line 1")
    assert words.endswith("Line 5 of a page that lies on its side")
