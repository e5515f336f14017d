"""The order and meaning of a page as the document's own tags tell them.
Called once a page; answers None when there are no tags, or they leave words out."""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from exchange.library.reading.programs.pdf.engine import Page, call, text_of
from exchange.library.reading.programs.pdf.figures import Region
from exchange.library.reading.programs.pdf.lines import Fragment, Line, fragments, line_of
from exchange.library.reading.programs.pdf.spans import joined
from exchange.library.reading.programs.pdf.words import Characters, Piece

DEEPEST, MOST_ELEMENTS = 40, 20_000
# Tags that leave out more of a page's words than this are not believed.
MOST_LEFT_OUT = 0.05
_HEADINGS = {"H": 2, "Title": 1, **{f"H{level}": level for level in range(1, 7)}}
_GROUPS = {"Document", "DocumentFragment", "Part", "Art", "Sect", "Div", "NonStruct", "Aside"}
_BLOCKS = {*_HEADINGS, "P", "L", "Table", "Figure", "BlockQuote", "Note", "FENote"} | {
    "Caption", "TOC", "TOCI", "Index", "Formula", "Code"
}  # fmt: skip
_LEAVES = {
    "Note": "note",
    "FENote": "note",
    "BlockQuote": "quote",
    "Caption": "caption",
    **dict.fromkeys(_HEADINGS, "heading"),
}
_CONTENTS = {"TOC", "TOCI"}

_void, _int, _long = ctypes.c_void_p, ctypes.c_int, ctypes.c_ulong
_tree = call("FPDF_StructTree_GetForPage", _void, _void)
_close = call("FPDF_StructTree_Close", None, _void)
_roots = call("FPDF_StructTree_CountChildren", _int, _void)
_root = call("FPDF_StructTree_GetChildAtIndex", _void, _void, _int)
_count = call("FPDF_StructElement_CountChildren", _int, _void)
_child = call("FPDF_StructElement_GetChildAtIndex", _void, _void, _int)
_child_mark = call("FPDF_StructElement_GetChildMarkedContentID", _int, _void, _int)
_type = call("FPDF_StructElement_GetType", _long, _void, _void, _long)
_alt = call("FPDF_StructElement_GetAltText", _long, _void, _void, _long)
_object = call("FPDFText_GetTextObject", _void, _void, _int)
_marks = call("FPDFPageObj_CountMarks", _int, _void)
_mark = call("FPDFPageObj_GetMark", _void, _void, _long)
_mark_name = call("FPDFPageObjMark_GetName", _int, _void, _void, _long, _void)


@dataclass(slots=True)
class Part:
    """A block that is still made of lines: heading, paragraph, quote, note, or one ready made."""

    kind: str
    lines: list[Line]
    page: int
    level: int = 0
    block: dict[str, Any] | None = None


@dataclass(slots=True)
class Element:
    """One tag: its kind, and what stands in it: other tags, or marks of the page's content."""

    kind: str
    alt: str = ""
    children: list[Element | int] = field(default_factory=list)

    def marks(self) -> Iterator[int]:
        for child in self.children:
            if isinstance(child, int):
                yield child
            else:
                yield from child.marks()

    def described(self) -> str:
        """What the document says a picture shows, here or further in."""
        inside = (child.described() for child in self.children if isinstance(child, Element))
        return self.alt or next(filter(None, inside), "")


def parts_of(
    page: Page,
    flow: Sequence[Piece],
    regions: Sequence[Region],
    characters: Characters,
    rtl: bool,
) -> list[Part] | None:
    """The page's parts by its tags."""
    if not any(piece.mark >= 0 for piece in flow):
        return None
    elements = elements_of(page)
    if not elements:
        return None
    reader = _Reader(flow, regions, characters, rtl)
    for element in elements:
        reader.read(element)
    left = [one for one in flow if one.mark not in reader.used and not _is_artifact(page, one)]
    missing = sum(len(one.text) for one in left)
    if missing > MOST_LEFT_OUT * sum(len(one.text) for one in flow):
        return None
    if left:
        reader.add("paragraph", reader.lines_of(left))
    return reader.parts + [
        Part("ready", [], page.number, block={"type": "figure", "region": region})
        for region in regions
        if id(region) not in reader.placed
    ]


def elements_of(page: Page) -> list[Element]:
    tree = _tree(page.handle)
    if not tree:
        return []
    try:
        budget = [MOST_ELEMENTS]
        roots = (_root(tree, index) for index in range(min(_roots(tree), 1_000)))
        return [_element(root, 0, budget) for root in roots if root]
    finally:
        _close(tree)


def _element(handle: int, deep: int, budget: list[int]) -> Element:
    budget[0] -= 1
    made = Element(_said(_type, handle), _said(_alt, handle))
    if deep >= DEEPEST:
        return made
    for index in range(_count(handle)):
        if budget[0] <= 0:
            break
        child = _child(handle, index)
        if child:
            made.children.append(_element(child, deep + 1, budget))
            continue
        mark = _child_mark(handle, index)
        if mark >= 0:
            made.children.append(mark)
    return made


def _said(ask: Any, handle: int) -> str:
    size = ask(handle, None, 0)
    if not 2 < size < 4_000:
        return ""
    return text_of(lambda buffer, room: ask(handle, buffer, room), size).strip()


def _is_artifact(page: Page, piece: Piece) -> bool:
    """Marked by the document as no part of its text: a running head, a rule."""
    thing = _object(page.text, piece.start)
    if not thing:
        return False
    for index in range(min(_marks(thing), 10)):
        mark = _mark(thing, index)
        size = ctypes.c_ulong()
        buffer = ctypes.create_string_buffer(60)
        if not mark or not _mark_name(mark, buffer, 58, ctypes.addressof(size)):
            continue
        if buffer.raw[: size.value].decode("utf-16-le", "ignore").strip("\0") == "Artifact":
            return True
    return False


class _Reader:
    """Walks the tags of one page and lays its parts down one after another."""

    def __init__(
        self,
        flow: Sequence[Piece],
        regions: Sequence[Region],
        characters: Characters,
        rtl: bool,
    ) -> None:
        self.characters, self.rtl, self.regions = characters, rtl, regions
        self.by_mark: dict[int, list[Piece]] = {}
        for piece in flow:
            if piece.mark >= 0:
                self.by_mark.setdefault(piece.mark, []).append(piece)
        self.used: set[int] = set()
        self.placed: set[int] = set()
        self.parts: list[Part] = []

    def read(self, element: Element) -> None:
        kind = element.kind
        if kind in _CONTENTS:
            self.used.update(element.marks())
        elif kind in ("L", "Table"):
            block = self._list(element) if kind == "L" else self._table(element)
            if block.get("items") or block.get("rows"):
                self.add("ready", [], block=block)
        elif kind == "Figure":
            self._figure(element)
        else:
            self._leaf(element, _LEAVES.get(kind, "paragraph"), _HEADINGS.get(kind, 0))

    def add(self, kind: str, lines: list[Line], level: int = 0, block: Any = None) -> None:
        if lines or block is not None:
            page = self.characters.page.number
            self.parts.append(Part(kind, lines, page, level, block))

    def _leaf(self, element: Element, kind: str, level: int = 0) -> None:
        """Words up to the next block inside, then that block, then the words after it."""
        run: list[int] = []
        for child in element.children:
            if isinstance(child, Element) and _is_block(child, element.kind in _GROUPS):
                self.add(kind, self._lines(run), level)
                run = []
                self.read(child)
            elif isinstance(child, Element):
                run += child.marks()
                self._note_picture(child)
            else:
                run.append(child)
        self.add(kind, self._lines(run), level)

    def _note_picture(self, element: Element) -> None:
        if element.alt:
            marks = set(element.marks())
            for region in self.regions:
                if marks & set(region.marks) and not region.alt:
                    region.alt = element.alt

    def _lines(self, marks: Iterable[int]) -> list[Line]:
        pieces = []
        for mark in marks:
            if mark not in self.used:
                self.used.add(mark)
                pieces += self.by_mark.get(mark, [])
        return self.lines_of(pieces)

    def lines_of(self, pieces: Sequence[Piece]) -> list[Line]:
        """Lines in the order of the tags; pieces on one baseline after another make one."""
        made: list[list[Fragment]] = []
        for part in fragments(pieces):
            if made and abs(made[-1][-1].y - part.y) < 0.4 * max(part.size, made[-1][-1].size):
                made[-1].append(part)
            else:
                made.append([part])
        return [line_of(row, self.characters, self.rtl) for row in made]

    def _list(self, element: Element, deep: int = 0) -> dict[str, Any]:
        items: list[dict[str, Any]] = []
        ordered = False
        for item in element.children:
            if not isinstance(item, Element):
                continue
            if item.kind == "L" and items and deep < 6:
                items[-1].setdefault("items", []).extend(self._list(item, deep + 1)["items"])
                continue
            label, spans, nested = self._item(item, deep)
            number = label.strip(" .()،-")
            ordered = ordered or (not items and number in ("1", "١", "۱"))
            if label and not ordered and label.strip() not in BULLETS:
                spans = [{"t": f"{label} "}, *spans]
            if spans or nested:
                made: dict[str, Any] = {"spans": spans}
                items.append({**made, "items": nested} if nested else made)
        return {"type": "list", "ordered": ordered, "items": items}

    def _item(self, item: Element, deep: int) -> tuple[str, list[Any], list[Any]]:
        """(label, words, items inside) of one item."""
        label, body, nested = "", [], []
        waiting = deque(item.children)
        while waiting:
            child = waiting.popleft()
            if isinstance(child, int):
                body.append(child)
            elif child.kind == "Lbl":
                label = "".join(line.text for line in self._lines(child.marks()))
            elif child.kind == "L" and deep < 6:
                nested += self._list(child, deep + 1)["items"]
            elif child.kind in ("Figure", "Table"):
                self.read(child)
            else:
                waiting.extendleft(reversed(child.children))
        return label, joined(self._lines(body)), nested

    def _table(self, element: Element) -> dict[str, Any]:
        rows = []
        for row in _found(element, "TR"):
            cells = []
            for cell in row.children:
                if isinstance(cell, Element) and cell.kind in ("TH", "TD"):
                    spans = joined(self._lines(cell.marks()))
                    head = cell.kind == "TH"
                    cells.append({"spans": spans, "head": head, "across": 1, "down": 1})
            if cells:
                rows.append(cells)
        block: dict[str, Any] = {"type": "table", "rows": rows}
        for caption in _found(element, "Caption"):
            block["caption"] = joined(self._lines(caption.marks()))
        if not any(cell["spans"] for row in rows for cell in row):
            block["rows"] = []
        return block

    def _figure(self, element: Element) -> None:
        marks = set(element.marks())
        words = self._lines(marks - self.used)
        for region in self.regions:
            if marks & set(region.marks) and id(region) not in self.placed:
                self.placed.add(id(region))
                region.alt = region.alt or element.described()
                self.add("ready", [], block={"type": "figure", "region": region})
        self.add("paragraph", words)


BULLETS = frozenset("•◦▪‣–—-*·●○■□➢➤✓❖→☑")


def _is_block(element: Element, among_blocks: bool) -> bool:
    """A tag that stands by itself; a group does among blocks, but inside a sentence it is what
    browsers make of bold words."""
    if element.kind in _BLOCKS or (among_blocks and element.kind in _GROUPS - {"NonStruct"}):
        return True
    return any(isinstance(child, Element) and _is_block(child, False) for child in element.children)


def _found(element: Element, kind: str) -> Iterator[Element]:
    for child in element.children:
        if isinstance(child, Element):
            if child.kind == kind:
                yield child
            elif child.kind not in ("TR", "Table"):
                yield from _found(child, kind)
