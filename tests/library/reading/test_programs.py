"""Documents of offices become blocks; what is hostile, broken or locked is refused by a number.
Run by pytest alone."""

import json
import subprocess
import sys
from typing import Any

import pytest

from exchange.core.sandbox import SOURCE
from tests.library.reading import papers
from tests.library.reading.papers import para, point, run, table

BROKEN, ENCRYPTED, TOO_LONG, WRONG_KIND, TOO_LARGE = 3, 4, 5, 6, 7


def ran(program: str, data: bytes) -> tuple[int, bytes]:
    done = subprocess.run(
        [sys.executable, "-s", "-B", "-m", f"exchange.library.reading.programs.{program}"],
        input=data,
        capture_output=True,
        env={"PYTHONPATH": SOURCE},
        check=False,
        timeout=60,
    )
    assert done.stderr == b""
    return done.returncode, done.stdout


def told(program: str, data: bytes) -> dict[str, Any]:
    code, said = ran(program, data)
    assert code == 0
    line, _newline, rest = said.partition(b"\n")
    tree: dict[str, Any] = json.loads(line)
    assert len(rest) == sum(one["bytes"] for one in tree["figures"])
    return tree


def words(block: dict[str, Any]) -> str:
    return "".join(one["t"] for one in block.get("spans", []))


def outline(tree: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["type"], words(one)) for one in tree["blocks"]]


def test_a_report_keeps_its_title_headings_lists_notes_table_and_picture():
    tree = told(
        "docx",
        papers.docx(
            para(run("Learning from villages"), style="Title"),
            para(run("What we saw"), style="H1"),
            para(run("Elders "), run("decided", "<w:b/>"), run(" first."), papers.FOOTNOTE),
            *(point("One"), point("Below one", 1), point("Two")),
            table(("District", "Girls"), ("Bo", "12")),
            para(papers.DRAWING),
        ),
    )

    heading, chapter, paragraph, points, rows, figure, note = tree["blocks"]
    assert (heading["type"], heading["level"], words(heading)) == (
        *("heading", 1),
        "Learning from villages",
    )
    assert (chapter["level"], words(chapter)) == (1, "What we saw")
    assert paragraph["spans"][1] == {"t": "decided", "b": 1}
    assert paragraph["spans"][-1] == {"t": "1", "u": 1, "note": "footnote2"}
    assert [words(item) for item in points["items"]] == ["One", "Two"]
    assert [words(item) for item in points["items"][0]["items"]] == ["Below one"]
    assert [cell["head"] for cell in rows["rows"][0]] == [True, True]
    assert words(rows["rows"][1][1]) == "12"
    assert figure == {"type": "figure", "id": "f1"}
    assert (note["type"], note["id"], words(note)) == (
        "note",
        "footnote2",
        "Interview in Bo, 2016.",
    )
    assert tree["figures"][0]["alt"] == "Women under a tree"


def test_slides_are_pages_with_their_title_first_and_what_the_speaker_meant_to_say():
    tree = told("pptx", papers.pptx())

    assert tree["pages"] == 2
    assert outline(tree) == [
        ("page", ""),
        ("heading", "Who leads?"),
        ("paragraph", "Hargeisa, 2020"),
        ("page", ""),
        ("heading", "Who came"),
        ("list", ""),
        ("figure", ""),
        ("table", ""),
        ("quote", "Say how many."),
    ]
    points = tree["blocks"][5]["items"]
    assert [(words(one), [words(two) for two in one["items"]]) for one in points] == [
        ("Elders", ["and their wives"]),
        ("Teachers", []),
    ]
    assert tree["blocks"][7]["rows"][0][0]["head"]


def test_an_open_document_keeps_headings_looks_notes_lists_tables_and_pages():
    tree = told(
        "odt",
        papers.odt(
            '<text:p text:style-name="P1">Our committee</text:p>'
            '<text:h text:outline-level="2">Who met</text:h>'
            '<text:p>Every <text:span text:style-name="T1">second</text:span> week<text:note>'
            "<text:note-citation>1</text:note-citation><text:note-body><text:p>From the book of "
            "minutes.</text:p></text:note-body></text:note>.<text:soft-page-break/></text:p>"
            '<text:list text:style-name="L1"><text:list-item><text:p>First</text:p><text:list>'
            "<text:list-item><text:p>Inside</text:p></text:list-item></text:list></text:list-item>"
            "</text:list><table:table><table:table-header-rows><table:table-row><table:table-cell>"
            "<text:p>Who</text:p></table:table-cell><table:table-cell><text:p>What</text:p>"
            "</table:table-cell></table:table-row></table:table-header-rows><table:table-row>"
            "<table:table-cell><text:p>Elders</text:p></table:table-cell><table:table-cell>"
            "<text:p>Spoke</text:p></table:table-cell></table:table-row></table:table>"
            '<text:p><draw:frame><draw:image xlink:href="Pictures/one.png"/><svg:desc>A tree'
            "</svg:desc></draw:frame></text:p>"
        ),
    )

    assert outline(tree) == [
        ("page", ""),
        ("heading", "Our committee"),
        ("heading", "Who met"),
        ("paragraph", "Every second week1."),
        ("page", ""),
        ("list", ""),
        ("table", ""),
        ("figure", ""),
        ("note", "From the book of minutes."),
    ]
    assert {"t": "second", "b": 1} in tree["blocks"][3]["spans"]
    assert tree["blocks"][5]["ordered"]
    assert tree["figures"][0]["alt"] == "A tree"


def test_a_book_is_read_in_the_order_of_its_spine():
    tree = told(
        "epub",
        papers.epub(
            "<h1>Second</h1><p>Words&nbsp;here<a epub:type='noteref' href='#x1'>1</a>.</p>"
            "<aside epub:type='footnote' id='x1'><p>A note. <a href='#r'>↩</a></p></aside>"
            "<script>alert(1)</script>",
            "<section><h1>First</h1><div>Loose <b>words</b></div>"
            "<figure><img src='../images/one.png' alt='A door'/><figcaption>The door</figcaption>"
            "</figure></section>",
        ),
    )

    assert (tree["title"], tree["language"]) == ("A book", "sw")
    assert outline(tree) == [
        ("heading", "First"),
        ("paragraph", "Loose words"),
        ("figure", ""),
        ("heading", "Second"),
        ("paragraph", "Words here1."),
        ("note", "A note."),
    ]
    assert words({"spans": tree["blocks"][2]["caption"]}) == "The door"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_plain_text_is_read_whatever_letters_it_is_written_in(codec):
    text = "1. Où en sommes-nous\r\n\r\nLes « anciens » étaient là\r\net parlaient.\r\n\r\n- un\r\n- deux\r\n"
    tree = told("text", text.encode(codec))

    assert outline(tree) == [
        ("heading", "1. Où en sommes-nous"),
        ("paragraph", "Les « anciens » étaient là et parlaient."),
        ("list", ""),
    ]


def test_a_sentence_on_a_line_of_its_own_is_no_heading():
    tree = told("text", b"We met again.\n\nThe rain came early that year\nand stayed.\n")

    assert [kind for kind, _words in outline(tree)] == ["paragraph", "paragraph"]


_BILLION = (
    '<!DOCTYPE x [<!ENTITY a "lollollol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
_OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
_DEEP = papers.slide("<p:grpSp>" * 3_000 + "</p:grpSp>" * 3_000)


@pytest.mark.parametrize(
    ("program", "data", "code"),
    [
        ("docx", b"", WRONG_KIND),
        ("docx", b"PK\x03\x04 and nothing more", BROKEN),
        ("docx", papers.pptx(), WRONG_KIND),
        ("pptx", papers.docx(), WRONG_KIND),
        ("odt", papers.docx(), WRONG_KIND),
        ("epub", papers.docx(), WRONG_KIND),
        ("text", b"%PDF-1.4", WRONG_KIND),
        ("text", bytes(range(256)) * 50, WRONG_KIND),
        ("text", b"word " * 3_000_000, TOO_LONG),
        ("docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, WRONG_KIND),
        (
            "docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            ENCRYPTED,
        ),
        ("docx", papers.zip_bomb(), TOO_LARGE),
        ("docx", papers.docx(**{"word/document.xml": "<a><b>"}), BROKEN),
        ("docx", papers.docx(**{"word/styles.xml": _BILLION + "<x>&c;</x>"}), BROKEN),
        ("docx", papers.docx(**{"word/document.xml": "<a>" * 9_000 + "</a>" * 9_000}), BROKEN),
        ("pptx", papers.pptx([_DEEP]), BROKEN),
        ("pptx", papers.pptx([papers.slide()] * 2_001), TOO_LONG),
        (
            "odt",
            papers.odt("", **{"META-INF/manifest.xml": "<m><encryption-data/></m>"}),
            ENCRYPTED,
        ),
        ("odt", papers.odt("", **{"content.xml": "<x/>"}), BROKEN),
        ("epub", papers.epub("", **{"META-INF/container.xml": "<x/>"}), BROKEN),
        (
            "epub",
            papers.epub(
                "<p>x</p>",
                **{
                    "META-INF/encryption.xml": "<e xmlns:d='d'><d:CipherReference "
                    "URI='OPS/text/c1.xhtml'/></e>"
                },
            ),
            ENCRYPTED,
        ),
    ],
)
def test_what_cannot_be_read_is_refused_by_a_number(program, data, code):
    assert ran(program, data)[0] == code


@pytest.mark.parametrize("entity", [_BILLION.replace("[", "[", 1), _OUTSIDE])
def test_entities_bring_nothing_in(entity):
    content = papers.odt("<text:p>before &amp; after</text:p>")
    assert told("odt", content)["blocks"]
    name = "a" if entity is _OUTSIDE else "c"
    hostile = papers.pptx([entity + papers.slide().replace("</p:spTree>", f"&{name};</p:spTree>")])

    code, said = ran("pptx", hostile)

    assert code in (0, BROKEN)
    assert b"root:" not in said
    assert b"lollol" not in said


def test_missing_parts_and_relations_in_a_circle_do_no_harm():
    circle = papers._rels(("rId1", "notesSlide", "slide2.xml"), ("rId2", "image", "../no.png"))
    tree = told("pptx", papers.pptx(**{"ppt/slides/_rels/slide2.xml.rels": circle}))

    assert "Who came" in json.dumps(tree)


def test_a_picture_of_too_many_pixels_is_left_out_and_the_words_stay():
    big = papers.picture(9_000, 9_000)
    tree = told(
        "docx", papers.docx(para(run("Words."), papers.DRAWING), **{"word/media/one.png": big})
    )

    assert outline(tree) == [("paragraph", "Words.")]
    assert tree["quality"]["lost"] == 1
