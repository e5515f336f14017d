"""The hour as one small book (EPUB 3.3, W3C Recommendation 2023): summary, answers, slides, lanes.
Pure: plain values in, bytes out, and the same bytes for the same values. Called by `summing`."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from exchange.core.languages import direction

_STAMP = (1980, 1, 1, 0, 0, 0)
_XHTML = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
    'lang="{lang}" xml:lang="{lang}" dir="{dir}"><head><title>{title}</title></head>'
    "<body>{body}</body></html>"
)
_CONTAINER = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>"
)


@dataclass(frozen=True)
class Picture:
    """A picture that stands in a chapter: its bytes, and what is told of it to who cannot see."""

    content: bytes
    told: str
    media_type: str = "image/webp"


Block = tuple[str, str] | Picture


@dataclass(frozen=True)
class Chapter:
    """One part of the book. `blocks`: (element, words) such as ("h2", …), ("p", …), ("li", …); a
    picture stands where its block is."""

    title: str
    language: str
    blocks: tuple[Block, ...] = field(default_factory=tuple)


def write(*, title: str, language: str, identifier: str, chapters: tuple[Chapter, ...]) -> bytes:
    """The whole book. `identifier` names it for good (its address)."""
    pages, pictures = _pages(chapters)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        # The first entry is stored, so that the sort of file stands in its first bytes.
        _add(book, "mimetype", b"application/epub+zip", zipfile.ZIP_STORED)
        _add(book, "META-INF/container.xml", _CONTAINER.encode())
        _add(book, "book.opf", _package(title, language, identifier, pages, pictures).encode())
        _add(book, "nav.xhtml", _contents(title, language, chapters).encode())
        for number, page in enumerate(pages, start=1):
            _add(book, f"part{number}.xhtml", page.encode())
        for number, picture in enumerate(pictures, start=1):
            _add(book, _picture_name(number, picture), picture.content, zipfile.ZIP_STORED)
    return out.getvalue()


def _add(book: zipfile.ZipFile, name: str, content: bytes, how: int = zipfile.ZIP_DEFLATED) -> None:
    entry = zipfile.ZipInfo(name, _STAMP)
    entry.compress_type = how
    book.writestr(entry, content)


def _pages(chapters: tuple[Chapter, ...]) -> tuple[list[str], list[Picture]]:
    pages: list[str] = []
    pictures: list[Picture] = []
    for chapter in chapters:
        body = f"<h1>{escape(chapter.title)}</h1>" + "".join(_blocks(chapter, pictures))
        pages.append(_page(chapter.title, chapter.language, body))
    return pages, pictures


def _blocks(chapter: Chapter, pictures: list[Picture]) -> Iterator[str]:
    in_list = False
    for block in chapter.blocks:
        is_item = not isinstance(block, Picture) and block[0] == "li"
        if is_item != in_list:
            yield "<ul>" if is_item else "</ul>"
            in_list = is_item
        if isinstance(block, Picture):
            pictures.append(block)
            name = _picture_name(len(pictures), block)
            yield f'<figure><img src="{name}" alt="{escape(block.told)}"/></figure>'
        else:
            yield f"<{block[0]}>{escape(block[1])}</{block[0]}>"
    if in_list:
        yield "</ul>"


def _page(title: str, language: str, body: str) -> str:
    return _XHTML.format(
        lang=escape(language), dir=direction(language), title=escape(title), body=body
    )


def _picture_name(number: int, picture: Picture) -> str:
    return f"picture{number}.{picture.media_type.rpartition('/')[2]}"


def _contents(title: str, language: str, chapters: tuple[Chapter, ...]) -> str:
    rows = "".join(
        f'<li><a href="part{number}.xhtml">{escape(chapter.title)}</a></li>'
        for number, chapter in enumerate(chapters, start=1)
    )
    return _page(title, language, f'<nav epub:type="toc"><ol>{rows}</ol></nav>')


def _package(
    title: str, language: str, identifier: str, pages: list[str], pictures: list[Picture]
) -> str:
    parts = range(1, len(pages) + 1)
    items = [
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
        *(
            f'<item id="p{n}" href="part{n}.xhtml" media-type="application/xhtml+xml"/>'
            for n in parts
        ),
        *(
            f'<item id="i{n}" href="{_picture_name(n, one)}" media-type="{one.media_type}"/>'
            for n, one in enumerate(pictures, start=1)
        ),
    ]
    spine = "".join(f'<itemref idref="p{n}"/>' for n in parts)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:identifier id="id">{escape(identifier)}</dc:identifier>'
        f"<dc:title>{escape(title)}</dc:title><dc:language>{escape(language)}</dc:language>"
        '<meta property="dcterms:modified">2000-01-01T00:00:00Z</meta></metadata>'
        f"<manifest>{''.join(items)}</manifest><spine>{spine}</spine></package>"
    )
