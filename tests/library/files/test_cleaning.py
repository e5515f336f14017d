"""What is taken out of a file before it is kept, and what is refused: sound files and hostile ones."""

import io
import zipfile
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from exchange.library.files.cleaning import cleaned
from exchange.library.files.kinds import NotTaken
from exchange.library.files.programs import mp3, mp4, ogg
from exchange.library.files.programs.answering import Unwanted
from exchange.library.files.words import taken_out, why_not
from tests.library.files import made

GRACE = b"Grace"


def clean(data: bytes, tmp_path: Path) -> tuple[str, bytes, tuple[str, ...]]:
    """(sort, bytes, what was taken out)."""
    sent = tmp_path / "sent"
    sent.write_bytes(data)
    with sent.open("rb") as file, cleaned(file, len(data)) as result:
        return result.kind.code, result.path.read_bytes(), result.taken_out


def refusal(data: bytes, tmp_path: Path) -> str:
    with pytest.raises(NotTaken) as refused:
        clean(data, tmp_path)
    assert not list((tmp_path / "tmp").iterdir()), "nothing is half kept"
    assert why_not(refused.value.code)
    return refused.value.code


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


# --- PDF ---


def hostile(document: pikepdf.Pdf) -> None:
    """Everything that runs, hides or tells."""
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    document.Root.OpenAction = document.make_indirect(script)
    document.Root.AA = pikepdf.Dictionary(WC=script)
    document.attachments["evil.exe"] = b"MZ evil"
    document.Root.Names.JavaScript = pikepdf.Dictionary(
        Names=pikepdf.Array([pikepdf.String("one"), script])
    )
    with document.open_metadata() as about:
        about["dc:creator"] = ["Grace Achieng"]
        about["dc:title"] = "Learning from villages"
    page = document.pages[0]
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
    web = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.org/kept")
    local = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="file:///C:/Users/Grace/secret")
    square = pikepdf.Array([0, 0, 10, 10])
    page.Annots = pikepdf.Array(
        [
            pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=square, A=action)
            for action in (launch, web, local)
        ]
        + [
            pikepdf.Dictionary(Subtype=pikepdf.Name.Text, Rect=square, T="Grace", Contents="Hm"),
            pikepdf.Dictionary(Subtype=pikepdf.Name.FileAttachment, Rect=square),
        ]
    )


def test_a_pdf_loses_what_runs_hides_and_tells_and_keeps_its_words(tmp_path: Path) -> None:
    kind, data, codes = clean(made.pdf_with(hostile), tmp_path)
    assert kind == "pdf"
    assert {"scripts", "attachments", "metadata", "launch", "links", "authors"} <= set(codes)
    with pikepdf.open(io.BytesIO(data)) as document:
        whole = b"".join(bytes(one.unparse(resolved=True)) for one in document.objects)
        for bad in (b"JavaScript", b"Launch", b"Grace", b"evil", b"EmbeddedFile", b"cmd.exe"):
            assert bad not in whole, bad
        assert b"https://example.org/kept" in whole
        assert str(document.docinfo["/Title"]) == "Learning from villages"
        assert "/Author" not in document.docinfo
        assert document.is_linearized
        assert len(document.pages) == 1
    assert len(taken_out(codes)) == len(codes)


def test_a_pdf_cleaned_twice_loses_nothing_more(tmp_path: Path) -> None:
    _kind, once, _codes = clean(made.pdf_with(hostile), tmp_path)
    _kind, twice, codes = clean(once, tmp_path)
    assert codes == ()
    assert twice == once


def test_a_photo_in_a_pdf_loses_where_it_was_taken(tmp_path: Path) -> None:
    def with_photo(document: pikepdf.Pdf) -> None:
        photo = pikepdf.Stream(document, made.photo())
        photo.Type, photo.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        photo.Filter, photo.Width, photo.Height = pikepdf.Name.DCTDecode, 40, 30
        document.pages[0].Resources.XObject = pikepdf.Dictionary(Im0=photo)

    _kind, data, codes = clean(made.pdf_with(with_photo), tmp_path)
    assert "places" in codes
    assert b"A Telephone" not in data
    with pikepdf.open(io.BytesIO(data)) as document:
        raw = document.pages[0].Resources.XObject.Im0.read_raw_bytes()
        assert Image.open(io.BytesIO(raw)).size == (40, 30)


def test_a_pdf_with_a_password_is_refused_and_one_that_only_forbids_copying_is_not(
    tmp_path: Path,
) -> None:
    locked = pikepdf.Encryption(user="secret", owner="owner")
    assert refusal(made.pdf_with(lambda one: None, encryption=locked), tmp_path) == "encrypted"
    limited = pikepdf.Encryption(user="", owner="owner")
    _kind, data, codes = clean(made.pdf_with(lambda one: None, encryption=limited), tmp_path)
    assert "lock" in codes
    assert not pikepdf.open(io.BytesIO(data)).is_encrypted


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_pdf_that_was_cut_off_is_refused(share: float, tmp_path: Path) -> None:
    data = made.pdf(pages=20)
    assert refusal(data[: int(len(data) * share)], tmp_path) == "cut-off"


def test_a_pdf_that_is_rubbish_inside_is_refused(tmp_path: Path) -> None:
    assert refusal(b"%PDF-1.7\n" + b"\x9c" * 5000 + b"\n%%EOF", tmp_path) == "broken"


def test_a_pdf_that_is_an_archive_as_well_is_refused(tmp_path: Path) -> None:
    assert refusal(made.pdf() + made.packed({"a.txt": "x"}), tmp_path) == "two-things"


def test_a_pdf_that_nests_without_end_kills_nobody(tmp_path: Path) -> None:
    deep = b"[" * 20_000 + b"]" * 20_000
    data = b"%PDF-1.4\n1 0 obj\n" + deep + b"\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    assert refusal(data, tmp_path) in ("broken", "too-heavy")


# --- packages ---


def test_a_docx_loses_its_names_and_keeps_its_words(tmp_path: Path) -> None:
    kind, data, codes = clean(made.docx(), tmp_path)
    assert kind == "docx"
    assert set(codes) == {"authors", "metadata", "places", "thumbnail", "links"}
    inside = parts(data)
    assert not [name for name, part in inside.items() if GRACE in part or b"grace" in part]
    assert b"What people did" in inside["word/document.xml"]
    assert b"A remark" in inside["word/comments.xml"]
    assert b"rsid" not in inside["word/document.xml"]
    assert b"Learning from villages" in inside["docProps/core.xml"]
    assert "docProps/thumbnail.jpeg" not in inside
    assert b"thumbnail" not in inside["_rels/.rels"] + inside["[Content_Types].xml"]
    rels = inside["word/_rels/document.xml.rels"]
    assert b"https://example.org/" in rels
    assert b"spy.example" not in rels


def test_a_photo_in_a_docx_keeps_its_pixels_and_which_way_up_it_is(tmp_path: Path) -> None:
    _kind, data, _codes = clean(made.docx(), tmp_path)
    photo = parts(data)["word/media/image1.jpeg"]
    opened = Image.open(io.BytesIO(photo))
    assert dict(opened.getexif()) == {0x0112: 6}
    assert b"Telephone" not in photo
    assert opened.tobytes() == Image.open(io.BytesIO(made.photo())).tobytes()


def test_an_odt_loses_its_names_and_keeps_its_words(tmp_path: Path) -> None:
    kind, data, codes = clean(made.odt(), tmp_path)
    assert (kind, set(codes)) == ("odt", {"authors", "metadata", "thumbnail"})
    inside = parts(data)
    assert not [name for name, part in inside.items() if GRACE in part]
    assert b"What people did" in inside["content.xml"]
    assert b"Thumbnails" not in inside["META-INF/manifest.xml"]
    assert data[30:38] == b"mimetype"


def test_an_epub_loses_its_names_and_its_scripts(tmp_path: Path) -> None:
    kind, data, codes = clean(made.epub(), tmp_path)
    assert (kind, set(codes)) == ("epub", {"metadata", "scripts"})
    inside = parts(data)
    assert not [name for name, part in inside.items() if GRACE in part or b"steal" in part]
    assert b"What people did" in inside["one.xhtml"]


def test_a_pptx_is_known_by_its_main_part(tmp_path: Path) -> None:
    sort = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
    authors = '<p:cmAuthor name="Grace" initials="G"/>'
    data = made.docx(sort, "ppt/presentation.xml", ppt__commentAuthors_xml="")
    assert clean(data, tmp_path)[0] == "pptx"
    data = made.packed({**parts(data), "ppt/commentAuthors.xml": authors})
    _kind, kept, _codes = clean(data, tmp_path)
    assert GRACE not in parts(kept)["ppt/commentAuthors.xml"]


MACRO_SORT = "application/vnd.ms-word.document.macroEnabled.main+xml"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (made.packed({"a.pdf": made.pdf()}), "archive"),
        (made.packed({"mimetype": "application/x-other", "content.xml": ""}), "wrong-type"),
        (made.docx(MACRO_SORT), "macros"),
        (made.packed({**parts(made.docx()), "word/vbaProject.bin": b"x"}), "macros"),
        (made.packed({**parts(made.docx()), "word/activeX/activeX1.bin": b"x"}), "macros"),
        (made.packed({**parts(made.odt()), "Basic/Standard/Module1.xml": b"x"}), "macros"),
        (
            made.packed({**parts(made.odt()), "META-INF/manifest.xml": "encryption-data"}),
            "encrypted",
        ),
        (made.packed({**parts(made.epub()), "META-INF/rights.xml": "x"}), "encrypted"),
        (made.packed({**parts(made.docx()), "../../etc/passwd": b"x"}), "broken"),
        (made.packed({**parts(made.docx()), "WORD/document.xml": b"x"}), "broken"),
        (made.docx("application/vnd.ms-excel.sheet.main+xml"), "wrong-type"),
        (made.docx()[:-400], "cut-off"),
        (made.docx()[:2000], "cut-off"),
        (b"PK\x05\x06" + bytes(18), "archive"),
    ],
)
def test_a_package_we_do_not_take(data: bytes, code: str, tmp_path: Path) -> None:
    assert refusal(data, tmp_path) == code


def test_a_package_that_bursts_when_it_is_opened_is_refused_unopened(tmp_path: Path) -> None:
    bomb = made.packed({**parts(made.docx()), "word/media/x.bin": bytes(60_000_000)})
    assert len(bomb) < 100_000
    assert refusal(bomb, tmp_path) == "bomb"
    many = {**parts(made.docx()), **{f"word/{n}.xml": b"" for n in range(6000)}}
    assert refusal(made.packed(many), tmp_path) == "bomb"


def test_a_package_that_lies_about_its_sizes_is_refused(tmp_path: Path) -> None:
    data = made.packed({**parts(made.docx()), "word/media/x.bin": bytes(60_000_000)})
    size = (60_000_000).to_bytes(4, "little")
    assert refusal(data.replace(size, (10).to_bytes(4, "little")), tmp_path) == "broken"


def test_a_package_with_something_before_it_is_refused(tmp_path: Path) -> None:
    assert refusal(b"#!/bin/sh\n" + made.docx(), tmp_path) == "program"
    assert refusal(b"words\n" + made.docx(), tmp_path) == "two-things"


# --- sound, pictures, words ---


def test_an_mp3_loses_its_labels_and_keeps_its_frames(tmp_path: Path) -> None:
    kind, data, codes = clean(made.mp3(), tmp_path)
    assert (kind, codes) == ("mp3", ("tags",))
    assert len(data) == 50 * 417
    assert GRACE not in data


def test_opus_loses_its_labels_and_every_sum_is_right(tmp_path: Path) -> None:
    kind, data, codes = clean(made.opus(), tmp_path)
    assert (kind, codes, len(data)) == ("ogg", ("tags",), len(made.opus()))
    assert GRACE not in data
    starts = [at for at in range(len(data)) if data[at : at + 4] == b"OggS"]
    for start, stop in zip(starts, [*starts[1:], len(data)], strict=True):
        page = bytearray(data[start:stop])
        given = made.ogg_sum(page)
        assert given == int.from_bytes(page[22:26], "little")


def test_an_m4a_loses_where_it_was_recorded_and_nothing_in_it_moves(tmp_path: Path) -> None:
    kind, data, codes = clean(made.m4a(), tmp_path)
    assert (kind, codes, len(data)) == ("m4a", ("tags",), len(made.m4a()))
    assert b"+01.2921" not in data
    header = data.index(b"tkhd") + 4
    assert data[header : header + 13] == bytes(12) + b"w"
    assert data.endswith(b"\x21" * 500)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (made.mp3()[:600], "wrong-type"),
        (b"ID3\x03\x00\x00\x00\x00\x00\x05hello" + b"words, no sound. " * 5000, "wrong-type"),
        (made.mp3() + made.packed({"a": "b"}), "two-things"),
        (made.opus()[:-50], "cut-off"),
        (made.opus() + b"%PDF-1.4 and words", "two-things"),
        (made.m4a()[:-50], "cut-off"),
        (made.m4a(b"vide"), "film"),
        (b"\x00\x00\x00\x18ftypqt  \x00\x00\x00\x00qt  " + bytes(100), "film"),
        (b"\x1aE\xdf\xa3" + bytes(100), "film"),
    ],
)
def test_sound_we_do_not_take(data: bytes, code: str, tmp_path: Path) -> None:
    assert refusal(data, tmp_path) == code


def test_a_photo_becomes_a_clean_picture(tmp_path: Path) -> None:
    kind, data, codes = clean(made.photo(400), tmp_path)
    assert (kind, codes) == ("image", ("places",))
    assert data[8:12] == b"WEBP"
    assert refusal(made.photo()[:200], tmp_path) == "broken"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_words_are_kept_in_one_encoding(encoding: str, tmp_path: Path) -> None:
    words = "Ce que les gens ont fait avant l’arrivée. " * 5000
    kind, data, _codes = clean(words.encode(encoding), tmp_path)
    assert (kind, data.decode()) == ("text", words)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"words" * 9000 + b"\x00\x01", "wrong-type"),
        (b"  <svg onload='x'>", "web-page"),
        (b"words %PDF-1.4", "two-things"),
        (b"{\\rtf1 words}", "rtf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old-office"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
        ),
    ],
)
def test_words_we_do_not_take(data: bytes, code: str, tmp_path: Path) -> None:
    assert refusal(data, tmp_path) == code


def test_what_is_too_large_is_refused_before_it_is_opened(settings: object, tmp_path: Path) -> None:
    settings.LARGEST_LIBRARY_FILE = 1000
    assert refusal(made.pdf(), tmp_path) == "too-large"


def test_what_is_packed_within_a_document_is_emptied_and_tables_stay(tmp_path: Path) -> None:
    given = {
        "word/embeddings/oleObject1.bin": b"\xd0\xcf" + "\x01Ole10Native".encode("utf-16-le"),
        "word/embeddings/budget.xlsm": b"PK with macros",
        "word/embeddings/table.xlsx": b"PK a table",
    }
    _kind, data, codes = clean(made.packed({**parts(made.docx()), **given}), tmp_path)
    inside = parts(data)
    assert "attachments" in codes
    assert [inside[name] for name in given] == [b"", b"", b"PK a table"]


def test_names_in_a_wider_encoding_go_too(tmp_path: Path) -> None:
    core = '<?xml version="1.0" encoding="UTF-16"?><a><dc:creator>Grace</dc:creator></a>'
    remark = '<?xml version="1.0" encoding="UTF-16"?><w:c w:author="Grace">Ä remark</w:c>'
    given = {
        "docProps/core.xml": core.encode("utf-16"),
        "word/comments.xml": remark.encode("utf-16"),
    }
    _kind, data, _codes = clean(made.packed({**parts(made.docx()), **given}), tmp_path)
    inside = parts(data)
    assert "Ä remark" in inside["word/comments.xml"].decode()
    for part in inside.values():
        assert GRACE not in part
        assert "Grace".encode("utf-16-le") not in part


_SOUND = [(mp3, made.mp3(12)), (mp4, made.m4a()), (ogg, made.opus())]


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(_SOUND), st.data())
def test_damaged_sound_is_cleaned_or_refused_and_nothing_else(sound: object, data: object) -> None:
    program, whole = sound
    given_bytes = bytearray(whole)
    for _hit in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(given_bytes) - 1))
        given_bytes[at : at + 1] = data.draw(st.binary(max_size=5))
        given_bytes = given_bytes or bytearray(b"x")
    try:
        kept, _had_labels = program.without_labels(given_bytes)
    except Unwanted:
        return
    assert len(kept) <= len(whole) + 30
