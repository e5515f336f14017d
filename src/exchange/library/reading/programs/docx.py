"""The program that reads a word processor's file (DOCX): mammoth makes a page of it, we make blocks.
Run in the sandbox by making of this matter alone; standard input to standard output."""

from __future__ import annotations

import io
import logging
import re
import sys
import zipfile
from typing import Any

from exchange.library.reading.programs import limits, office, webpage
from exchange.library.reading.programs.limits import Answer, Refused

_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote:fresh
p[style-name='Intense Quote'] => blockquote:fresh
p[style-name='Caption'] => p:fresh
p[style-name='caption'] => p:fresh
r[style-name='Strong'] => strong
"""
_MAIN = "word/document.xml"
_BRACKETS = re.compile(r">\[(\w{1,6})\]</a>")
_DC = "{http://purl.org/dc/elements/1.1/}"
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_SAMPLE = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body><w:p><w:r><w:t>x</w:t></w:r></w:p></w:body></w:document>"
)


def load() -> None:
    office.prepare()
    logging.disable()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr(_MAIN, _SAMPLE)
    read(out.getvalue())


def read(data: bytes) -> Answer:
    package = office.Package(data)
    if "[Content_Types].xml" not in package.names or _MAIN not in package.names:
        raise Refused(limits.WRONG_KIND)
    _look_through(package)
    paper = office.Paper()
    page, pictures = _page(data)
    _about(package, paper)
    reader = webpage.Reader(paper, pictures.get)
    reader.read(page)
    return paper.answer()


def _look_through(package: office.Package) -> None:
    """Before mammoth reads it: no entities, no endless depth in any part."""
    for name in sorted(package.names):
        if not name.endswith((".xml", ".rels")):
            continue
        if b"<!DOCTYPE" in package.read(name)[:100_000]:
            raise Refused(limits.BROKEN)
        if name.startswith("word/"):
            package.xml(name)


def _page(data: bytes) -> tuple[Any, dict[str, tuple[str, bytes]]]:
    """What mammoth makes of it, with its pictures by the names we gave them."""
    import mammoth  # noqa: PLC0415 - only within limits
    from lxml import html  # noqa: PLC0415 - as above

    pictures: dict[str, tuple[str, bytes]] = {}

    def kept(image: Any) -> dict[str, str]:
        name = f"picture:{len(pictures)}"
        with image.open() as file:
            pictures[name] = (name, file.read(office.LARGEST_MEMBER))
        return {"src": name}

    made = mammoth.convert_to_html(
        io.BytesIO(data),
        style_map=_STYLES,
        include_embedded_style_map=False,
        convert_image=mammoth.images.img_element(kept),
    )
    if len(made.value) > 4 * limits.MOST_CHARACTERS:
        raise Refused(limits.TOO_LONG)
    text = _BRACKETS.sub(r">\1</a>", made.value)
    return html.document_fromstring(f"<html><body>{text}</body></html>").find("body"), pictures


def _about(package: office.Package, paper: office.Paper) -> None:
    if "docProps/core.xml" in package.names:
        core = package.xml("docProps/core.xml")
        paper.title = core.findtext(f"{_DC}title") or ""
        paper.language = (core.findtext(f"{_DC}language") or "")[:8]


def main() -> int:
    limits.confine(load)
    return limits.answered(lambda: read(office.given()))


if __name__ == "__main__":
    sys.exit(main())
