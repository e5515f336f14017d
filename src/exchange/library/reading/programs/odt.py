"""The program that reads an OpenDocument text (ODT).
Run in the sandbox by making of this matter alone; standard input to standard output."""

from __future__ import annotations

import re
import sys
from typing import Any

from exchange.library.reading.programs import limits, office
from exchange.library.reading.programs.limits import Answer, Refused
from exchange.library.reading.programs.office import Package, Paper, Span, promoted

_T = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_XLINK = "{http://www.w3.org/1999/xlink}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_KINDS = (
    b"application/vnd.oasis.opendocument.text",
    b"application/vnd.oasis.opendocument.text-template",
)
_LEFT_OUT = ("tracked-changes", "table-of-content", "sequence-decls", "alphabetical-index")
_DEEPEST = 100


def read(data: bytes) -> Answer:
    package = Package(data)
    if "content.xml" not in package.names or "mimetype" not in package.names:
        raise Refused(limits.WRONG_KIND)
    if package.read("mimetype").strip() not in _KINDS:
        raise Refused(limits.WRONG_KIND)
    manifest = "META-INF/manifest.xml"
    if manifest in package.names and b"encryption-data" in package.read(manifest):
        raise Refused(limits.ENCRYPTED)
    paper = Paper()
    content = package.xml("content.xml")
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise Refused(limits.BROKEN)
    if "meta.xml" in package.names:
        meta = package.xml("meta.xml")
        paper.title = next((one.text or "" for one in meta.iter(f"{_DC}title")), "")
        paper.language = next((one.text or "" for one in meta.iter(f"{_DC}language")), "")[:8]
    reader = _Reader(package, paper, content)
    if next(body.iter(f"{_T}soft-page-break"), None) is not None:
        paper.page(1)
    reader.inside(body, 0)
    reader.leave_notes()
    return paper.answer()


class _Reader:
    """Walks through the text."""

    def __init__(self, package: Package, paper: Paper, content: Any) -> None:
        self.package = package
        self.paper = paper
        self.looks = _looks(content)
        # What a style of this document is based on: "Title" behind "P12".
        self.parents = {
            one.get(f"{_STYLE}name"): one.get(f"{_STYLE}parent-style-name") or ""
            for one in content.iter(f"{_STYLE}style")
        }
        self.notes: list[tuple[str, list[Span]]] = []
        self.met: list[str] = []
        self.turned = 0

    def inside(self, element: Any, depth: int) -> None:
        if depth > _DEEPEST:
            return
        for child in element:
            if not isinstance(child.tag, str):
                continue
            name = child.tag.rpartition("}")[2]
            if name in ("h", "p"):
                self._words(child, name)
            elif name == "list":
                self._list(child)
            elif child.tag == f"{_TABLE}table":
                self._table(child)
            elif name == "soft-page-break":
                self.paper.page(self.paper.page_now + 1)
            elif name not in _LEFT_OUT:
                self.inside(child, depth + 1)
            self._after()

    def leave_notes(self) -> None:
        for name, spans in self.notes:
            self.paper.words("note", spans, id=name)

    def _after(self) -> None:
        """Pictures that stood within words, and pages that turned there."""
        names, self.met = self.met, []
        for name in names:
            self.paper.add({"type": "figure", "id": name})
        while self.turned:
            self.turned -= 1
            self.paper.page(self.paper.page_now + 1)

    def _words(self, element: Any, name: str) -> None:
        style = element.get(f"{_T}style-name") or ""
        style = self.parents.get(style) or style
        spans = self.spans(element)
        if name == "h":
            told = element.get(f"{_T}outline-level") or "1"
            level = int(told) if told.isascii() and told.isdigit() and len(told) < 3 else 1
            self.paper.words("heading", spans, level=min(max(level, 1), 6))
        elif style == "Title":
            self.paper.words("heading", spans, level=1)
        else:
            self.paper.words("quote" if style == "Quotations" else "paragraph", spans)

    def _list(self, element: Any) -> None:
        items = self._items(element, 1)
        if items:
            self.paper.add({"type": "list", "ordered": self._is_counted(element), "items": items})

    def _items(self, element: Any, depth: int) -> list[dict[str, Any]]:
        items = []
        for one in element:
            if one.tag not in (f"{_T}list-item", f"{_T}list-header"):
                continue
            spans: list[Span] = []
            inner: list[dict[str, Any]] = []
            for child in one:
                if child.tag == f"{_T}list" and depth < 8:
                    inner += self._items(child, depth + 1)
                elif child.tag in (f"{_T}p", f"{_T}h"):
                    spans += [*self.spans(child), {"t": " "}]
            spans = self.paper.tidy(spans)
            if spans or inner:
                items.append({"spans": spans, **({"items": inner} if inner else {})})
        return items

    def _is_counted(self, element: Any) -> bool:
        return (element.get(f"{_T}style-name") or "") in self.looks["counted"]

    def _table(self, table: Any) -> None:
        rows, heads = [], 0
        for row in table.iter(f"{_TABLE}table-row"):
            if next(row.iterancestors(f"{_TABLE}table"), None) is not table:
                continue
            in_head = row.getparent().tag == f"{_TABLE}table-header-rows"
            cells = [
                self._cell(one, is_head=in_head) for one in row if one.tag == f"{_TABLE}table-cell"
            ]
            heads += in_head
            if any(cell["spans"] for cell in cells):
                rows.append(cells)
        if rows:
            self.paper.add({"type": "table", "rows": rows if heads else promoted(rows)})

    def _cell(self, cell: Any, *, is_head: bool) -> dict[str, Any]:
        spans: list[Span] = []
        for one in cell.iter(f"{_T}p", f"{_T}h"):
            spans += [*self.spans(one), {"t": " "}]
        return {
            "spans": self.paper.tidy(spans),
            "head": is_head,
            "across": _count(cell.get(f"{_TABLE}number-columns-spanned")),
            "down": _count(cell.get(f"{_TABLE}number-rows-spanned")),
        }

    def spans(self, element: Any, look: Span | None = None, depth: int = 0) -> list[Span]:
        look = look or {}
        found: list[Span] = [{"t": element.text, **look}] if element.text else []
        for child in element:
            if isinstance(child.tag, str) and depth < _DEEPEST:
                found += self._within(child, look, depth)
            if child.tail:
                found.append({"t": child.tail, **look})
        return found

    def _within(self, child: Any, look: Span, depth: int) -> list[Span]:
        name = child.tag.rpartition("}")[2]
        if child.tag == f"{_DRAW}frame":
            self._picture(child)
            return []
        if name == "note":
            return self._note(child)
        if name in ("s", "tab", "line-break"):
            return [{"t": " ", **look}]
        if name == "soft-page-break":
            self.turned += 1
            return []
        if name in ("annotation", "annotation-end", "bookmark-ref"):
            return []
        if name == "a":
            href = child.get(f"{_XLINK}href") or ""
            is_web = href.startswith(("http://", "https://", "mailto:"))
            look = {**look, "href": href} if is_web else look
        elif name == "span":
            look = {**look, **self.looks["spans"].get(child.get(f"{_T}style-name"), {})}
        return self.spans(child, look, depth + 1)

    def _note(self, note: Any) -> list[Span]:
        name = f"n{len(self.notes) + 1}"
        body = note.find(f"{_T}note-body")
        said: list[Span] = []
        self.notes.append((name, said))
        if body is not None:
            for one in body.iter(f"{_T}p"):
                said += [*self.spans(one), {"t": " "}]
        number = note.findtext(f"{_T}note-citation") or str(len(self.notes))
        return [{"t": number, "note": name, "u": 1}]

    def _picture(self, frame: Any) -> None:
        image = frame.find(f"{_DRAW}image")
        source = (image.get(f"{_XLINK}href") or "").removeprefix("./") if image is not None else ""
        if source in self.package.names:
            alt = frame.findtext(f"{_SVG}desc") or frame.findtext(f"{_SVG}title") or ""
            known = len(self.paper.figures)
            name = self.paper.picture(source, self.package.read(source), alt)
            if name and len(self.paper.figures) > known:
                self.met.append(name)
        for box in frame.iter(f"{_DRAW}text-box"):
            self.inside(box, 1)


def _looks(content: Any) -> dict[str, Any]:
    """Bold, italic, raised and lowered styles of this document, and its lists that count."""
    spans: dict[str, Span] = {}
    for style in content.iter(f"{_STYLE}style"):
        about = style.find(f"{_STYLE}text-properties")
        if about is None:
            continue
        look: Span = {}
        if about.get(f"{_FO}font-weight") in ("bold", "600", "700", "800", "900"):
            look["b"] = 1
        if about.get(f"{_FO}font-style") in ("italic", "oblique"):
            look["i"] = 1
        place = re.match(r"super|sub|-?\d+", about.get(f"{_STYLE}text-position") or "")
        if place and place[0] not in ("0", "-0"):
            look["d" if place[0].startswith(("sub", "-")) else "u"] = 1
        spans[style.get(f"{_STYLE}name")] = look
    counted = {
        style.get(f"{_STYLE}name")
        for style in content.iter(f"{_T}list-style")
        if style.find(f"{_T}list-level-style-number") is not None
    }
    return {"spans": spans, "counted": counted}


def _count(told: str | None) -> int:
    return int(told) if told and told.isascii() and told.isdigit() and len(told) < 4 else 1


def main() -> int:
    limits.confine(office.prepare)
    return limits.answered(lambda: read(office.given()))


if __name__ == "__main__":
    sys.exit(main())
