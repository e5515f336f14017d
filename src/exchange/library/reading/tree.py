"""What a reading program answers, taken apart and bounded: blocks we know, words without tricks.
Called by making of this matter; pure. The program opened a stranger's file: nothing is believed."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

MOST_PAGES = 2_000
MOST_BLOCKS = 120_000
MOST_CHARACTERS = 12_000_000
MOST_ROWS, MOST_COLUMNS = 3_000, 60
DEEPEST_LIST = 6
MOST_FIGURES = 600
LARGEST_FIGURE = 400_000
SPAN_MARKS = ("b", "i", "u", "d")
# Two marks of our own, with which the page's words are put in later (see filling.py).
OPEN, CLOSE = "\ue000", "\ue001"
# Sorted out: what turns the direction, what hides, what cannot be written out, our own marks.
_DROPPED = dict.fromkeys(
    [
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        *(0x00AD, 0x180E, 0x200B, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF),
        *(ord(OPEN), ord(CLOSE)),
        *range(0x7F, 0xA0),
    ]
)
# Bullets of old symbol fonts stand in the private area.
_BULLETS = dict.fromkeys([0xF0B7, 0xF0A7, 0xF0D8, 0xF076, 0xF0FC], "•")
_SPACES = re.compile(r"\s+")
_HREF = re.compile(r"(?:https?://|mailto:)[^\s<>\"']{3,1000}")
_NAME = re.compile(r"[A-Za-z0-9_-]{1,20}")

Span = dict[str, Any]
Block = dict[str, Any]


class Unsound(Exception):
    """What was answered is no block tree, or more of one than we take."""


@dataclass(frozen=True)
class Figure:
    """A picture of the document, as WebP."""

    name: str
    page: int
    width: int
    height: int
    alt: str
    data: bytes


@dataclass
class Tree:
    """A document as blocks in reading order."""

    language: str = ""
    title: str = ""
    pages: int = 0
    blocks: list[Block] = field(default_factory=list)
    figures: dict[str, Figure] = field(default_factory=dict)
    quality: dict[str, Any] = field(default_factory=dict)
    version: int = 1


def read(said: bytes) -> Tree:
    """The tree of a program's answer. Raises Unsound."""
    line, _newline, rest = said.partition(b"\n")
    try:
        told = json.loads(line, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Unsound("no JSON") from error
    if not isinstance(told, dict) or not isinstance(told.get("blocks"), list):
        raise Unsound("no tree")
    return checked(told, rest)


def checked(told: Mapping[str, Any], rest: bytes = b"") -> Tree:
    """As `read`, from what is no text any more. Raises Unsound."""
    blocks = told["blocks"]
    if len(blocks) > MOST_BLOCKS:
        raise Unsound("too many blocks")
    figures = {one.name: one for one in _figures(told.get("figures"), rest)}
    reader = _Reader(figures)
    return Tree(
        language=_language(told.get("language")),
        title=line(told.get("title"))[:500],
        pages=min(_number(told.get("pages")), MOST_PAGES),
        blocks=[block for one in blocks if (block := reader.block(one))],
        figures=figures,
        quality=_quality(told.get("quality")),
        version=min(_number(told.get("version")), 999) or 1,
    )


def words(text: object) -> str:
    """Text of a document made harmless; spaces at its ends stay, as one space each."""
    if not isinstance(text, str):
        return ""
    text = text.encode("utf-8", "replace").decode("utf-8").translate(_BULLETS)
    text = _SPACES.sub(" ", text.translate(_DROPPED))
    kept = "".join(c for c in text if c >= " ") if not text.isprintable() else text
    return unicodedata.normalize("NFC", kept)


def line(text: object) -> str:
    """The same without spaces at its ends."""
    return words(text).strip()


def plain(spans: list[Span]) -> str:
    """The words of spans alone, without the numbers of notes."""
    return "".join(one["t"] for one in spans if "note" not in one).strip()


class _Reader:
    """Blocks taken over one by one; what is not known or empty is left out."""

    def __init__(self, figures: Mapping[str, Figure]) -> None:
        self.figures = figures
        self.characters = 0
        self.shown: set[str] = set()

    def block(self, told: object) -> Block | None:
        if not isinstance(told, dict):
            return None
        read = getattr(self, f"_{told.get('type')}", None) if told.get("type") in TYPES else None
        found: Block | None = read(told) if read else None
        return found

    def spans(self, told: object) -> list[Span]:
        if not isinstance(told, list):
            return []
        found = [span for one in told[:20_000] if (span := self._span(one))]
        return found if any(one["t"].strip() for one in found) else []

    def _span(self, told: object) -> Span | None:
        text = words(told.get("t")) if isinstance(told, dict) else ""
        if not text or not isinstance(told, dict):
            return None
        self.characters += len(text)
        if self.characters > MOST_CHARACTERS:
            raise Unsound("too much text")
        span: Span = {"t": text, **{mark: 1 for mark in SPAN_MARKS if told.get(mark)}}
        if name := _name(told.get("note")):
            span["note"] = name
        elif href := _href(told.get("href")):
            span["href"] = href
        return span

    def _page(self, told: dict[str, Any]) -> Block:
        number = min(_number(told.get("number")), MOST_PAGES)
        return {"type": "page", "number": number, "label": line(told.get("label"))[:12]}

    def _words(self, told: dict[str, Any]) -> Block | None:
        spans = self.spans(told.get("spans"))
        return {"type": told["type"], "spans": spans} if spans else None

    _paragraph = _quote = _words

    def _heading(self, told: dict[str, Any]) -> Block | None:
        level = min(max(_number(told.get("level")), 1), 6)
        found = self._words(told)
        return {**found, "level": level} if found else None

    def _note(self, told: dict[str, Any]) -> Block | None:
        name, found = _name(told.get("id")), self._words(told)
        return {**found, "id": name} if found and name else found and {**found, "type": "paragraph"}

    def _list(self, told: dict[str, Any]) -> Block | None:
        items = self._items(told.get("items"), 1)
        return (
            {"type": "list", "ordered": bool(told.get("ordered")), "items": items}
            if items
            else None
        )

    def _items(self, told: object, depth: int) -> list[dict[str, Any]]:
        if not isinstance(told, list) or depth > DEEPEST_LIST:
            return []
        items = []
        for one in told[:20_000]:
            if not isinstance(one, dict):
                continue
            spans, inner = self.spans(one.get("spans")), self._items(one.get("items"), depth + 1)
            if spans or inner:
                more = {"items": inner, "ordered": bool(one.get("ordered"))} if inner else {}
                items.append({"spans": spans, **more})
        return items

    def _table(self, told: dict[str, Any]) -> Block | None:
        given = told.get("rows")
        rows = [
            [self._cell(cell) for cell in row[:MOST_COLUMNS]]
            for row in (given[:MOST_ROWS] if isinstance(given, list) else [])
            if isinstance(row, list) and row
        ]
        if not any(cell["spans"] for row in rows for cell in row):
            return None
        return {"type": "table", "rows": rows, "caption": self.spans(told.get("caption"))}

    def _cell(self, told: object) -> dict[str, Any]:
        given = told if isinstance(told, dict) else {}
        return {
            "spans": self.spans(given.get("spans")),
            "head": bool(given.get("head")),
            "across": min(max(_number(given.get("across")), 1), MOST_COLUMNS),
            "down": min(max(_number(given.get("down")), 1), MOST_ROWS),
        }

    def _figure(self, told: dict[str, Any]) -> Block | None:
        name = _name(told.get("id"))
        caption = self.spans(told.get("caption"))
        if name not in self.figures or name in self.shown:
            return {"type": "paragraph", "spans": caption} if caption else None
        self.shown.add(name)
        return {"type": "figure", "id": name, "caption": caption}


TYPES = ("page", "heading", "paragraph", "quote", "list", "table", "figure", "note")


def _figures(told: object, rest: bytes) -> Iterator[Figure]:
    at = 0
    for one in (told if isinstance(told, list) else [])[:MOST_FIGURES]:
        length = _number(one.get("bytes")) if isinstance(one, dict) else 0
        if not length:
            raise Unsound("a figure without bytes")
        data, at = rest[at : at + length], at + length
        if at > len(rest):
            raise Unsound("figures are cut")
        name = _name(one.get("id"))
        is_picture = data[:4] == b"RIFF" and data[8:12] == b"WEBP" and length <= LARGEST_FIGURE
        width, height = _number(one.get("width")), _number(one.get("height"))
        if name and is_picture and 0 < width <= 20_000 and 0 < height <= 20_000:
            page = min(_number(one.get("page")), MOST_PAGES)
            yield Figure(name, page, width, height, line(one.get("alt"))[:500], data)


def _quality(told: object) -> dict[str, Any]:
    """Page numbers and counts alone."""
    given = told if isinstance(told, dict) else {}
    found: dict[str, Any] = {}
    for name, value in list(given.items())[:20]:
        if not _name(name):
            continue
        if isinstance(value, list):
            found[name] = [_number(one) for one in value[:MOST_PAGES]]
        elif isinstance(value, dict):
            found[name] = {key: _number(n) for key, n in list(value.items())[:20] if _name(key)}
        elif isinstance(value, int | float) and not isinstance(value, bool):
            found[name] = round(min(max(value, 0), 1e9), 4)
    return found


def _language(told: object) -> str:
    return told[:8] if isinstance(told, str) and re.fullmatch(r"[A-Za-z-]{2,8}", told) else ""


def _href(told: object) -> str:
    """An address of the web or of mail, if nothing in it would have to be sorted out."""
    fits = (
        isinstance(told, str)
        and _HREF.fullmatch(told)
        and words(told) == unicodedata.normalize("NFC", told)
    )
    return str(told) if fits else ""


def _no_number(told: str) -> None:
    """No database keeps "NaN" or "Infinity"."""
    raise ValueError(told)


def _name(told: object) -> str:
    return told if isinstance(told, str) and _NAME.fullmatch(told) else ""


def _number(told: object) -> int:
    return min(max(told, 0), 10**9) if isinstance(told, int) and not isinstance(told, bool) else 0
