"""The program that reads slides (PPTX): each slide a page, with its title, points, tables and notes.
Run in the sandbox by making of this matter alone; standard input to standard output."""

from __future__ import annotations

import sys
from typing import Any

from exchange.library.reading.programs import limits, office
from exchange.library.reading.programs.limits import Answer, Refused
from exchange.library.reading.programs.office import Package, Paper, Span, promoted

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_MAIN = "ppt/presentation.xml"
_TITLES = ("title", "ctrTitle")
_LEFT_OUT = ("dt", "ftr", "sldNum", "hdr")
_DEEPEST = 40


def read(data: bytes) -> Answer:
    package = Package(data)
    if _MAIN not in package.names:
        raise Refused(limits.WRONG_KIND)
    paper = Paper()
    relations = package.relations(_MAIN)
    slides = [
        relations[one.get(f"{_R}id")][1]
        for one in package.xml(_MAIN).iter(f"{_P}sldId")
        if one.get(f"{_R}id") in relations
    ]
    if len(slides) > limits.MOST_PAGES:
        raise Refused(limits.TOO_LONG)
    for number, name in enumerate(slides, start=1):
        paper.page(number)
        if name in package.names:
            _Slide(package, paper, name, number).read()
    if "docProps/core.xml" in package.names:
        paper.title = package.xml("docProps/core.xml").findtext(f"{_DC}title") or ""
    return paper.answer()


class _Slide:
    """One slide: its title first, then everything else in its order."""

    def __init__(self, package: Package, paper: Paper, name: str, number: int) -> None:
        self.package = package
        self.paper = paper
        self.number = number
        self.root = package.xml(name)
        self.relations = package.relations(name)

    def read(self) -> None:
        if self.root.get("show") == "0":
            return
        tree = self.root.find(f"{_P}cSld/{_P}spTree")
        shapes = list(_shapes(tree, 0)) if tree is not None else []
        titles = [one for one in shapes if _role(one) in _TITLES]
        for one in titles[:1]:
            words = [
                span
                for paragraph in one.iter(f"{_A}p")
                for span in (*_spans(paragraph), {"t": " "})
            ]
            level = 1 if self.number == 1 or _role(one) == "ctrTitle" else 2
            self.paper.words("heading", words, level=level)
        for one in shapes:
            if one not in titles[:1]:
                self._shape(one)
        self._notes()

    def _shape(self, shape: Any) -> None:
        if _role(shape) in _LEFT_OUT:
            return
        if shape.tag == f"{_P}pic":
            self._picture(shape)
        elif shape.tag == f"{_P}graphicFrame":
            for table in shape.iter(f"{_A}tbl"):
                self._table(table)
        else:
            self._text(shape)

    def _text(self, shape: Any) -> None:
        body = shape.find(f"{_P}txBody")
        paragraphs = [] if body is None else body.findall(f"{_A}p")
        said = [(_level(one), self.paper.tidy(_spans(one))) for one in paragraphs]
        said = [(level, spans) for level, spans in said if spans]
        if len(said) > 1 or (said and _role(shape) in ("", "body", "obj") and said[0][0]):
            self.paper.add({"type": "list", "ordered": False, "items": _nested(said)})
            return
        for _level_of, spans in said:
            self.paper.words("paragraph", spans)

    def _table(self, table: Any) -> None:
        rows = [
            [self._cell(cell) for cell in row.findall(f"{_A}tc")] for row in table.iter(f"{_A}tr")
        ]
        rows = [[cell for cell in row if cell] for row in rows]
        if any(cell["spans"] for row in rows for cell in row):
            self.paper.add({"type": "table", "rows": promoted([row for row in rows if row])})

    def _cell(self, cell: Any) -> dict[str, Any]:
        if cell.get("hMerge") in ("1", "true") or cell.get("vMerge") in ("1", "true"):
            return {}
        words = [span for one in cell.iter(f"{_A}p") for span in (*_spans(one), {"t": " "})]
        across, down = _count(cell.get("gridSpan")), _count(cell.get("rowSpan"))
        return {"spans": self.paper.tidy(words), "head": False, "across": across, "down": down}

    def _picture(self, shape: Any) -> None:
        blip = next(shape.iter(f"{_A}blip"), None)
        _sort, name = self.relations.get(
            blip.get(f"{_R}embed") if blip is not None else "", ("", "")
        )
        if name not in self.package.names:
            return
        about = shape.find(f"{_P}nvPicPr/{_P}cNvPr")
        alt = (about.get("descr") or "") if about is not None else ""
        known = len(self.paper.figures)
        figure = self.paper.picture(name, self.package.read(name), alt)
        # The same picture on every slide (a logo) is shown once.
        if figure and len(self.paper.figures) > known:
            self.paper.add({"type": "figure", "id": figure})

    def _notes(self) -> None:
        """What the speaker meant to say."""
        name = next((to for sort, to in self.relations.values() if sort == "notesSlide"), "")
        if name not in self.package.names:
            return
        for shape in self.package.xml(name).iter(f"{_P}sp"):
            if _role(shape) == "body":
                for paragraph in shape.iter(f"{_A}p"):
                    self.paper.words("quote", _spans(paragraph))


def _shapes(tree: Any, depth: int) -> Any:
    for one in tree:
        if one.tag == f"{_P}grpSp" and depth < _DEEPEST:
            yield from _shapes(one, depth + 1)
        elif one.tag in (f"{_P}sp", f"{_P}pic", f"{_P}graphicFrame"):
            yield one


def _role(shape: Any) -> str:
    """What a place on the slide is for: "title", "body", …; "" for a free one."""
    place = next(shape.iter(f"{_P}ph"), None)
    return "" if place is None else place.get("type") or "body"


def _level(paragraph: Any) -> int:
    about = paragraph.find(f"{_A}pPr")
    return min(_count(about.get("lvl"), 0), 5) if about is not None else 0


def _spans(paragraph: Any) -> list[Span]:
    found: list[Span] = []
    for one in paragraph:
        if one.tag == f"{_A}br":
            found.append({"t": " "})
        elif one.tag in (f"{_A}r", f"{_A}fld"):
            about = one.find(f"{_A}rPr")
            text = one.findtext(f"{_A}t") or ""
            found.append({"t": text, **_look(about)})
    return found


def _look(about: Any) -> Span:
    if about is None:
        return {}
    look: Span = {name: 1 for name in ("b", "i") if about.get(name) in ("1", "true")}
    raised = about.get("baseline") or "0"
    if raised.lstrip("-").isdigit() and int(raised):
        look["u" if int(raised) > 0 else "d"] = 1
    return look


def _nested(said: list[tuple[int, list[Span]]]) -> list[dict[str, Any]]:
    """Points below points, by how far they are set in."""
    top: list[dict[str, Any]] = []
    path: list[tuple[int, list[dict[str, Any]]]] = [(-1, top)]
    for level, spans in said:
        while len(path) > 1 and path[-1][0] >= level:
            path.pop()
        item: dict[str, Any] = {"spans": spans}
        path[-1][1].append(item)
        item["items"] = []
        path.append((level, item["items"]))
    return top


def _count(told: str | None, default: int = 1) -> int:
    return int(told) if told and told.isascii() and told.isdigit() and len(told) < 4 else default


def main() -> int:
    limits.confine(office.prepare)
    return limits.answered(lambda: read(office.given()))


if __name__ == "__main__":
    sys.exit(main())
