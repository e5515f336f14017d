"""From HTML to blocks: what mammoth makes of a DOCX, and the chapters of an EPUB.
Called by the programs of this folder; knows nothing of Django."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from exchange.library.reading.programs.office import Paper, Span, promoted

_WORDS = frozenset(("p", "dt", "dd", "pre", "address", "summary"))
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_LEFT_OUT = frozenset(
    ("script", "style", "template", "head", "nav", "form", "iframe", "object", "svg", "math")
)
_LOOKS = {"strong": "b", "b": "b", "em": "i", "i": "i", "sup": "u", "sub": "d", "cite": "i"}
_INLINE = frozenset(("a", "span", "br", "img", "u", "small", "code", "q", "abbr", *_LOOKS))
_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_NAME = re.compile(r"[^A-Za-z0-9]+")
_DEEPEST = 120

# The picture of an address: its bytes and its own name; None when there is none.
Pictures = Callable[[str], tuple[str, bytes] | None]


class Reader:
    """Walks through a page and adds to a paper. `prefix` tells the notes of chapters apart."""

    def __init__(self, paper: Paper, pictures: Pictures, prefix: str = "") -> None:
        self.paper = paper
        self.pictures = pictures
        self.prefix = prefix
        self.notes: set[str] = set()
        self.wrapped: list[str] = []

    def read(self, body: Any) -> None:
        self.notes = set(_notes_of(body))
        self._inside(body, 0)

    def name(self, anchor: str) -> str:
        """The name of a note: short, and of letters and digits."""
        found = _NAME.sub("", anchor)
        return f"{self.prefix}{found}"[-20:]

    def _inside(self, element: Any, depth: int) -> None:
        """Children one after another; loose words between them are paragraphs."""
        if depth > _DEEPEST:
            self.paper.words("paragraph", [{"t": " ".join(element.itertext())}])
            return
        loose: list[Span] = [{"t": element.text}] if element.text else []
        for child in element:
            if isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
                if child.tag in _INLINE and not _holds_blocks(child):
                    loose += self.spans(child)
                else:
                    loose = self._said(loose)
                    self._block(child, depth + 1)
            if child.tail:
                loose.append({"t": child.tail})
        self._said(loose)

    def _said(self, loose: list[Span]) -> list[Span]:
        self.paper.words("paragraph", loose)
        self._pictures_so_far()
        return []

    def _block(self, element: Any, depth: int) -> None:
        tag = element.tag
        if element.get("id") in self.notes and tag != "a":
            self._note(element)
        elif tag in _HEADINGS:
            self.paper.words("heading", self.spans(element), level=_HEADINGS[tag])
            self._pictures_so_far()
        elif tag in _WORDS and not _holds_blocks(element):
            self._said(self.spans(element))
        elif tag in ("ul", "ol"):
            self._list(element)
        elif tag == "table":
            self._table(element)
        elif tag == "figure":
            self._figure(element)
        elif tag == "blockquote":
            self.paper.words("quote", self.spans(element))
            self._pictures_so_far()
        else:
            self._inside(element, depth)

    def _note(self, element: Any) -> None:
        spans = [one for one in self.spans(element) if not one.get("back")]
        self.paper.words("note", spans, id=self.name(element.get("id")))

    def _list(self, element: Any) -> None:
        items = [child for child in element if child.tag == "li"]
        for one in [one for one in items if one.get("id") in self.notes]:
            self._note(one)
        left = [one for one in items if one.get("id") not in self.notes]
        made = self._items(left, 1)
        if made:
            self.paper.add({"type": "list", "ordered": element.tag == "ol", "items": made})
        self._pictures_so_far()

    def _items(self, elements: list[Any], depth: int) -> list[dict[str, Any]]:
        items = []
        for one in elements:
            lists = [child for child in one if child.tag in ("ul", "ol")]
            spans = self.paper.tidy(self.spans(one, without=("ul", "ol")))
            inner: list[dict[str, Any]] = []
            if depth < 8:
                for each in lists:
                    inner += self._items([li for li in each if li.tag == "li"], depth + 1)
            if spans or inner:
                ordered = bool(lists) and lists[0].tag == "ol"
                items.append(
                    {"spans": spans, **({"items": inner, "ordered": ordered} if inner else {})}
                )
        return items

    def _table(self, element: Any) -> None:
        rows = []
        for row in element.iter("tr"):
            if next(row.iterancestors("table"), None) is not element:
                continue
            cells = [self._cell(cell) for cell in row if cell.tag in ("td", "th")]
            if cells:
                rows.append(cells)
        caption = next((self.spans(one) for one in element.iter("caption")), [])
        if any(cell["spans"] for row in rows for cell in row):
            block = {"type": "table", "rows": promoted(rows), "caption": self.paper.tidy(caption)}
            self.paper.add(block)
        self._pictures_so_far()

    def _cell(self, cell: Any) -> dict[str, Any]:
        return {
            "spans": self.paper.tidy(self.spans(cell)),
            "head": cell.tag == "th",
            "across": _count(cell.get("colspan")),
            "down": _count(cell.get("rowspan")),
        }

    def _figure(self, element: Any) -> None:
        caption = next((self.spans(one) for one in element.iter("figcaption")), [])
        self.spans(element, without=("figcaption", "table"))
        names, self.wrapped = self.wrapped, []
        for name in names[:1]:
            block = {"type": "figure", "id": name, "caption": self.paper.tidy(caption)}
            self.paper.add(block)
        if not names:
            self._inside_figure(element)

    def _inside_figure(self, element: Any) -> None:
        for child in element:
            if child.tag == "table":
                self._table(child)
            elif isinstance(child.tag, str):
                self._said(self.spans(child))

    def _pictures_so_far(self) -> None:
        """Pictures that stood within words follow them."""
        names, self.wrapped = self.wrapped, []
        for name in names:
            self.paper.add({"type": "figure", "id": name})

    def spans(
        self, element: Any, look: Span | None = None, without: tuple[str, ...] = (), depth: int = 0
    ) -> list[Span]:
        """The words within, with how they look; pictures on the way are remembered."""
        look = {**(look or {}), **self._look(element)}
        if "skip" in look:
            return []
        if element.tag == "img":
            self._picture(element)
            return []
        found: list[Span] = [{"t": element.text, **look}] if element.text else []
        for child in element:
            if isinstance(child.tag, str) and child.tag not in (*_LEFT_OUT, *without):
                if child.tag == "br" or child.tag not in _INLINE:
                    found.append({"t": " "})
                if depth < _DEEPEST:
                    found += self.spans(child, look, without, depth + 1)
                if child.tag not in _INLINE:
                    found.append({"t": " "})
            if child.tail:
                found.append({"t": child.tail, **look})
        return found

    def _look(self, element: Any) -> Span:
        mark = _LOOKS.get(element.tag)
        if mark:
            return {mark: 1}
        if element.tag != "a":
            return {}
        href = (element.get("href") or "").strip()
        target = href.rpartition("#")[2] if "#" in href else ""
        if target in self.notes:
            return {"note": self.name(target), "u": 1}
        if _leads_back(element, target):
            return {"skip": 1}
        return {"href": href} if href.startswith(("http://", "https://", "mailto:")) else {}

    def _picture(self, element: Any) -> None:
        found = self.pictures(element.get("src") or "")
        if found:
            name = self.paper.picture(*found, alt=element.get("alt") or "")
            if name and not any(
                one.get("id") == name for one in self.paper.blocks if one["type"] == "figure"
            ):
                self.wrapped.append(name)


def _notes_of(body: Any) -> list[str]:
    """The ids of foot- and endnotes, as mammoth and makers of EPUB mark them."""
    found = []
    for one in body.iter():
        name = one.get("id") if isinstance(one.tag, str) else None
        if not name:
            continue
        kind = one.get(_EPUB_TYPE) or one.get("epub:type") or ""
        said = f"{kind} {one.get('role') or ''}".split()
        marked = {"footnote", "endnote", "rearnote", "doc-footnote", "doc-endnote"} & set(said)
        if marked or re.fullmatch(r"(footnote|endnote)-\d+", name):
            found.append(name)
    return found


def _leads_back(element: Any, target: str) -> bool:
    words = "".join(element.itertext()).strip()
    said = (
        f"{element.get(_EPUB_TYPE) or element.get('epub:type') or ''} {element.get('role') or ''}"
    )
    return words in ("↑", "↩", "↩︎") or "backlink" in said


def _holds_blocks(element: Any) -> bool:
    return any(
        isinstance(one.tag, str) and one.tag not in _INLINE for one in element.iterdescendants()
    )


def _count(told: str | None) -> int:
    return min(int(told), 60) if told and told.isascii() and told.isdigit() and len(told) < 4 else 1
