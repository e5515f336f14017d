"""What is broken, locked, endless or malicious ends with a reason, soon, and never with a crash."""

import random
from pathlib import Path

import pytest

from tests.library.reading import pdfs

FORESEEN = {0, 3, 4, 5, 6, 7}
TEXT = b"BT /F1 12 Tf 50 700 Td (good words here) Tj ET"


def code(data: bytes, tmp_path: Path) -> int:
    return pdfs.read(data, tmp_path)[0].code


def test_what_is_no_pdf_is_told_so(tmp_path: Path):
    assert code(b"PK\x03\x04 something else", tmp_path) == 6
    assert code(b"", tmp_path) == 6


def test_a_head_without_a_body_is_broken(tmp_path: Path):
    assert code(b"%PDF-1.7\n", tmp_path) == 3


def test_a_locked_document_is_told_so(tmp_path: Path):
    assert code(pdfs.locked("secret"), tmp_path) == 4


def test_a_document_that_only_forbids_changes_is_read(tmp_path: Path):
    assert code(pdfs.locked(""), tmp_path) == 0


def test_ten_thousand_pages_are_too_long(tmp_path: Path):
    assert code(pdfs.empty_pages(10_000), tmp_path) == 5


def test_two_thousand_pages_are_not(tmp_path: Path):
    outcome, tree = pdfs.read(pdfs.empty_pages(2_000), tmp_path)

    assert outcome.code == 0
    assert tree["pages"] == 2_000


@pytest.mark.parametrize("part", [0.1, 0.3, 0.5, 0.7, 0.9, 0.97, 0.999])
def test_a_file_that_ends_too_soon_does_no_harm(part: float, tmp_path: Path):
    data = pdfs.printed("report-tagged.pdf")

    assert code(data[: int(len(data) * part)], tmp_path) in FORESEEN


@pytest.mark.parametrize("seed", range(10))
def test_bytes_that_were_changed_do_no_harm(seed: int, tmp_path: Path):
    chance = random.Random(seed)
    data = bytearray(pdfs.printed(chance.choice(["report-tagged.pdf", "arabic.pdf"])))
    for _number in range(chance.choice([1, 10, 200])):
        data[chance.randrange(len(data))] = chance.randrange(256)

    assert code(bytes(data), tmp_path) in FORESEEN


def test_a_lost_table_of_places_is_made_anew(tmp_path: Path):
    data = pdfs.raw(TEXT)

    outcome, tree = pdfs.read(
        data[: data.index(b"xref")] + data[data.index(b"trailer") :], tmp_path
    )

    assert outcome.code == 0
    assert pdfs.told(tree, "paragraph") == ["good words here"]


LOOPING_TREE = (
    b"/MarkInfo<</Marked true>>/StructTreeRoot<</Type/StructTreeRoot/K 6 0 R"
    b"/ParentTree<</Nums[0[6 0 R]]>>>>"
)
HOSTILE = {
    "a form inside itself": pdfs.raw(
        b"/X Do " + TEXT,
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>"
        b"/Length 5>>stream\n/X Do\nendstream",
    ),
    "pages inside themselves": pdfs.raw(TEXT, pages=b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 90>>"),
    "a false count": pdfs.raw(TEXT, pages=b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>"),
    "a script": pdfs.raw(TEXT, root=b"/OpenAction<</S/JavaScript/JS(while\\(1\\){})>>"),
    "tags inside themselves": pdfs.raw(
        b"/P <</MCID 0>> BDC " + TEXT + b" EMC", b"<</S/P/K[0 6 0 R]/Pg 3 0 R>>", root=LOOPING_TREE
    ),
    "bookmarks inside themselves": pdfs.raw(
        TEXT,
        b"<</Title(a)/Next 6 0 R/First 6 0 R/Dest[3 0 R/Fit]>>",
        root=b"/Outlines<</First 6 0 R>>",
    ),
    "a huge font": pdfs.raw(
        b"BT /F1 1e9 Tf (far) Tj ET BT /F1 12 Tf 1e30 1e30 Td (far) Tj ET " + TEXT
    ),
    "a thousand saved states": pdfs.raw(b"q " * 100_000 + TEXT),
    "a nest of lists": pdfs.raw(b"[" * 200_000 + TEXT),
    "a picture of two thousand million pixels": pdfs.raw(
        b"q 500 0 0 500 9 9 cm /X Do Q",
        pdfs.packed(
            bytes(1_000_000),
            b"/Type/XObject/Subtype/Image/Width 50000/Height 40000/BitsPerComponent 1"
            b"/ColorSpace/DeviceGray",
        ),
    ),
    "a page full of spaces": pdfs.raw(b" " * 300_000_000),
    "a page full of letters": pdfs.raw(b"BT /F1 1 Tf " + b"(aaaaaaaaaa) Tj " * 300_000 + b"ET"),
    "lines without end": pdfs.raw(b"".join(b"%d 0 m %d 842 l S " % (n, n) for n in range(60_000))),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_malice_does_no_harm(what: str, tmp_path: Path):
    assert code(HOSTILE[what], tmp_path) in FORESEEN


@pytest.mark.parametrize("what", ["a form inside itself", "a script", "tags inside themselves"])
def test_sound_words_beside_malice_are_read(what: str, tmp_path: Path):
    _outcome, tree = pdfs.read(HOSTILE[what], tmp_path)

    assert "good words here" in pdfs.told(tree, "paragraph")
