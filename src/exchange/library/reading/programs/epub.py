"""The program that reads an electronic book (EPUB), chapter after chapter in the order of its spine.
Run in the sandbox by making of this matter alone; standard input to standard output."""

from __future__ import annotations

import posixpath
import sys
from typing import Any

from exchange.library.reading.programs import limits, office, webpage
from exchange.library.reading.programs.limits import Answer, Refused
from exchange.library.reading.programs.office import Package, Paper, joined

_C = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PAGES = ("application/xhtml+xml", "text/html", "application/html")


def read(data: bytes) -> Answer:
    package = Package(data)
    if "META-INF/container.xml" not in package.names:
        raise Refused(limits.WRONG_KIND)
    container = package.xml("META-INF/container.xml")
    root = next((one.get("full-path") or "" for one in container.iter(f"{_C}rootfile")), "")
    if root not in package.names:
        raise Refused(limits.BROKEN)
    opf = package.xml(root)
    chapters = _chapters(package, opf, posixpath.dirname(root))
    _refuse_locked(package, chapters)
    paper = Paper()
    paper.title = next((one.text or "" for one in opf.iter(f"{_DC}title")), "")
    paper.language = next((one.text or "" for one in opf.iter(f"{_DC}language")), "")[:8]
    for number, name in enumerate(chapters):
        _chapter(package, paper, name, number)
    return paper.answer()


def _chapters(package: Package, opf: Any, folder: str) -> list[str]:
    items = {
        one.get("id"): joined(folder, one.get("href") or "")
        for one in opf.iter(f"{_OPF}item")
        if one.get("media-type") in _PAGES and "nav" not in (one.get("properties") or "").split()
    }
    spine = [
        items[one.get("idref")]
        for one in opf.iter(f"{_OPF}itemref")
        if one.get("idref") in items and one.get("linear") != "no"
    ]
    # The same chapter is read once, however often the spine names it.
    return [name for name in dict.fromkeys(spine) if name in package.names]


def _refuse_locked(package: Package, chapters: list[str]) -> None:
    """Fonts may be veiled; words may not."""
    if "META-INF/encryption.xml" not in package.names:
        return
    locked = {
        (one.get("URI") or "")
        for one in package.xml("META-INF/encryption.xml").iter()
        if isinstance(one.tag, str) and one.tag.endswith("CipherReference")
    }
    if locked & set(chapters):
        raise Refused(limits.ENCRYPTED)


def _chapter(package: Package, paper: Paper, name: str, number: int) -> None:
    from lxml import etree, html  # noqa: PLC0415 - loaded by prepare

    data = package.read(name)
    if not data.strip():
        return
    reader_of = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        page = html.document_fromstring(data, parser=reader_of)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return
    body = page.find("body")
    if body is None:
        return
    folder = posixpath.dirname(name)

    def picture(source: str) -> tuple[str, bytes] | None:
        path = joined(folder, source)
        return (path, package.read(path)) if path in package.names else None

    webpage.Reader(paper, picture, prefix=f"c{number}x").read(body)


def main() -> int:
    limits.confine(office.prepare)
    return limits.answered(lambda: read(office.given()))


if __name__ == "__main__":
    sys.exit(main())
