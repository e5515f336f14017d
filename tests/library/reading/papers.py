"""Documents made by hand for the tests of reading: DOCX, PPTX, ODT, EPUB, sound ones and bombs.
Called by the tests beside it."""

import io
import zipfile
from html import escape

from PIL import Image

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def packed(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def picture(width: int = 300, height: int = 200) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, "PNG")
    return out.getvalue()


def _rels(*rows: tuple[str, str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="{key}" Type="{R}/{sort}" Target="{target}"/>'
        for key, sort, target in rows
    )
    return f'<Relationships xmlns="{RELS}">{inner}</Relationships>'


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def para(*runs: str, style: str = "", more: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{more}</w:pPr>{''.join(runs)}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    lines = ("".join(f"<w:tc>{para(run(cell))}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{line}</w:tr>' for line in lines)}</w:tbl>"


def point(text: str, level: int = 0) -> str:
    return para(run(text), more=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>')


FOOTNOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'
DRAWING = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing"><wp:docPr id="1" name="x" descr="Women under a tree"/>'
    f'<a:graphic xmlns:a="{A}"><a:graphicData uri="{A}/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill>'
    f'<a:blip xmlns:r="{R}" r:embed="rId9"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
    "</wp:inline></w:drawing></w:r>"
)


def docx(*body: str, **more: str | bytes) -> bytes:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in (("Title", "Title"), ("H1", "heading 1"), ("H2", "heading 2"))
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="png" ContentType="image/png"/></Types>',
        "_rels/.rels": _rels(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{"".join(body)}</w:body></w:document>',
        "word/_rels/document.xml.rels": _rels(
            ("rId1", "styles", "styles.xml"),
            ("rId2", "footnotes", "footnotes.xml"),
            ("rId3", "numbering", "numbering.xml"),
            ("rId9", "image", "media/one.png"),
        ),
        "word/styles.xml": f'<w:styles xmlns:w="{W}">{styles}</w:styles>',
        "word/footnotes.xml": f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2">'
        f"{para(run('Interview in Bo, 2016.'))}</w:footnote></w:footnotes>",
        "word/numbering.xml": f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">'
        + "".join(f'<w:lvl w:ilvl="{n}"><w:numFmt w:val="bullet"/></w:lvl>' for n in range(3))
        + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
        "word/media/one.png": picture(),
        **more,
    }
    return packed(parts)


def report(paragraphs: int = 3, sentence: str = "") -> bytes:
    """A small report as people write them."""
    body = [para(run("Learning from villages"), style="Title")]
    for chapter in range(1, 4):
        body += [para(run(f"Chapter {chapter}"), style="H1")]
        for n in range(paragraphs):
            words = f"Elders and girls spoke about meeting {n} of chapter {chapter}. " * 6
            body.append(para(run(words)))
    if sentence:
        body.insert(len(body) // 2, para(run(sentence)))
    return docx(*body)


def _shape(role: str, *paragraphs: tuple[int, str]) -> str:
    place = f'<p:nvPr><p:ph type="{role}"/></p:nvPr>' if role else "<p:nvPr/>"
    lines = "".join(
        f'<a:p><a:pPr lvl="{level}"/><a:r><a:t>{escape(text)}</a:t></a:r></a:p>'
        for level, text in paragraphs
    )
    return f"<p:sp><p:nvSpPr>{place}</p:nvSpPr><p:txBody>{lines}</p:txBody></p:sp>"


def slide(*shapes: str) -> str:
    return (
        f'<p:sld xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{R}"><p:cSld><p:spTree>'
        f"{''.join(shapes)}</p:spTree></p:cSld></p:sld>"
    )


def pptx(slides: list[str] | None = None, **more: str | bytes) -> bytes:
    given = slides or [
        slide(_shape("ctrTitle", (0, "Who leads?")), _shape("subTitle", (0, "Hargeisa, 2020"))),
        slide(
            _shape("body", (0, "Elders"), (1, "and their wives"), (0, "Teachers")),
            _shape("title", (0, "Who came")),
            '<p:pic><p:nvPicPr><p:cNvPr id="4" name="x" descr="A map"/></p:nvPicPr><p:blipFill>'
            '<a:blip r:embed="rId2"/></p:blipFill></p:pic>',
            "<p:graphicFrame><a:graphic><a:graphicData><a:tbl>"
            + "".join(
                f"<a:tr>{''.join(_cell(cell) for cell in row)}</a:tr>"
                for row in (("District", "Girls"), ("Bo", "12"))
            )
            + "</a:tbl></a:graphicData></a:graphic></p:graphicFrame>",
            _shape("sldNum", (0, "2")),
        ),
    ]
    numbers = range(1, len(given) + 1)
    ids = "".join(f'<p:sldId id="{255 + n}" r:id="rId{n}"/>' for n in numbers)
    notes = f'<p:notes xmlns:p="{P}" xmlns:a="{A}"><p:cSld><p:spTree>'
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "ppt/presentation.xml": f'<p:presentation xmlns:p="{P}" xmlns:r="{R}">'
            f"<p:sldIdLst>{ids}</p:sldIdLst></p:presentation>",
            "ppt/_rels/presentation.xml.rels": _rels(
                *((f"rId{n}", "slide", f"slides/slide{n}.xml") for n in numbers)
            ),
            **{f"ppt/slides/slide{n}.xml": one for n, one in zip(numbers, given, strict=True)},
            "ppt/slides/_rels/slide2.xml.rels": _rels(
                ("rId1", "notesSlide", "../notesSlides/notesSlide1.xml"),
                ("rId2", "image", "../media/map.png"),
            ),
            "ppt/notesSlides/notesSlide1.xml": f"{notes}{_shape('body', (0, 'Say how many.'))}"
            "</p:spTree></p:cSld></p:notes>",
            "ppt/media/map.png": picture(),
            **more,
        }
    )


def _cell(text: str) -> str:
    return f"<a:tc><a:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></a:txBody></a:tc>"


def odt(body: str, **more: str | bytes) -> bytes:
    spaces = " ".join(
        f'xmlns:{short}="{ODF}:{long}:1.0"'
        for short, long in (
            *(("office", "office"), ("text", "text"), ("table", "table"), ("style", "style")),
            *(("fo", "xsl-fo-compatible"), ("draw", "drawing"), ("svg", "svg-compatible")),
        )
    )
    styles = (
        '<style:style style:name="T1"><style:text-properties fo:font-weight="bold"/></style:style>'
        '<style:style style:name="P1" style:parent-style-name="Title"/>'
        '<text:list-style style:name="L1"><text:list-level-style-number/></text:list-style>'
    )
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f'<office:document-content {spaces} xmlns:xlink="http://www.w3.org/1999/'
            f'xlink"><office:automatic-styles>{styles}</office:automatic-styles><office:body>'
            f"<office:text>{body}</office:text></office:body></office:document-content>",
            "Pictures/one.png": picture(),
            **more,
        }
    )


def epub(*chapters: str, **more: str | bytes) -> bytes:
    numbers = range(1, len(chapters) + 1)
    items = "".join(
        f'<item id="c{n}" href="text/c{n}.xhtml" media-type="application/xhtml+xml"/>'
        for n in numbers
    )
    # In the spine the last chapter stands first.
    spine = "".join(f'<itemref idref="c{n}"/>' for n in reversed(numbers))
    return packed(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:'
            'container"><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>',
            "OPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf"><metadata '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A book</dc:title>'
            f"<dc:language>sw</dc:language></metadata><manifest>{items}</manifest>"
            f"<spine>{spine}</spine></package>",
            **{
                f"OPS/text/c{n}.xhtml": '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub='
                f'"http://www.idpf.org/2007/ops"><body>{one}</body></html>'
                for n, one in zip(numbers, chapters, strict=True)
            },
            "OPS/images/one.png": picture(),
            **more,
        }
    )


def zip_bomb(name: str = "word/document.xml", megabytes: int = 400) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open(name, "w", force_zip64=True) as part:
            for _n in range(megabytes):
                part.write(b"\0" * 1_000_000)
    return out.getvalue()
