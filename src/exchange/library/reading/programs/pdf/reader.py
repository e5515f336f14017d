"""A whole document, read page by page into the block tree.
Called by the program's door; keeps lines, not characters, so that memory stays flat."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from exchange.library.reading.programs.limits import MOST_CHARACTERS, TOO_LONG, Refused
from exchange.library.reading.programs.pdf.blocks import Block, blocks_of
from exchange.library.reading.programs.pdf.engine import Document
from exchange.library.reading.programs.pdf.figures import Region
from exchange.library.reading.programs.pdf.headings import mark_headings, title_of
from exchange.library.reading.programs.pdf.lines import Line
from exchange.library.reading.programs.pdf.notes import Notes
from exchange.library.reading.programs.pdf.paragraphs import Gatherer, body_size, usual_leading
from exchange.library.reading.programs.pdf.running import is_leader, plain_title, repeated
from exchange.library.reading.programs.pdf.sheets import Sheet, sheet_of
from exchange.library.reading.programs.pdf.tree import Part

MOST_WORDS_KNOWN = 120_000
MOST_FIGURES = 150
_HYPHENED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CONTENTS = frozenset(
    {
        *("contents", "table of contents", "table des matières", "sommaire", "índice", "sumário"),
        *("contenido", "tabla de contenido", "conteúdo", "yaliyomo"),
        *("المحتويات", "فهرس", "فهرس المحتويات", "جدول المحتويات"),
    }
)
_ENTRY = re.compile(r"\S.*\s(?:\d{1,4}|[ivxlc]{1,6}|[٠-٩]{1,4})\s*$|^\s*\d{1,4}\s*$")
_LONGEST_ENTRY = 130


class Reader:
    """Reads one document; afterwards holds its blocks and the regions to be shown as pictures."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.sheets: list[Sheet] = []
        self.unread: list[int] = []
        self.dropped = {"running": 0, "contents": 0, "pictures": 0}
        self.known: set[str] = set()

    def read(self) -> dict[str, Any]:
        """The block tree, its figures still regions."""
        self._open_all()
        lines = [line for sheet in self.sheets for line in _all_lines(sheet)]
        body = body_size(lines)
        outline = self.document.outline()
        self._drop(outline)
        parts = self._parts(body, usual_leading(lines, body))
        mark_headings(parts, body, outline, self.document.pages)
        title = title_of(parts)
        self._forget_repeated()
        return {
            "version": 1,
            "language": "",
            "title": title,
            "pages": self.document.pages,
            "blocks": list(self._paged(parts)),
            "figures": [],
            "quality": self._quality(),
        }

    def _open_all(self) -> None:
        letters = 0
        for number in range(1, self.document.pages + 1):
            with self.document.page(number) as page:
                if page is None:
                    self.unread.append(number)
                    continue
                sheet = sheet_of(page)
            letters += sheet.letters
            if letters > MOST_CHARACTERS:
                raise Refused(TOO_LONG)
            self.sheets.append(sheet)
            for line in _all_lines(sheet):
                self._learn(line.text)

    def _learn(self, text: str) -> None:
        """The words inside lines tell what a hyphen at the end of one means."""
        if len(self.known) < MOST_WORDS_KNOWN:
            words = _HYPHENED.findall(text.casefold())
            self.known.update(words[1:-1])

    def _drop(self, outline: Sequence[tuple[int, str, int]]) -> None:
        titles = {plain_title(title) for _level, title, _page in outline} - {""}
        pages = [(one.number, one.box, one.lines) for one in self.sheets if one.parts is None]
        running = repeated(pages, titles)
        was_contents = False
        for sheet in self.sheets:
            if sheet.parts is not None:
                continue
            stay = [line for line in sheet.lines if id(line) not in running]
            self.dropped["running"] += _words(sheet.lines) - _words(stay)
            kept = _without_contents(stay, was_contents)
            was_contents = len(kept) < len(stay)
            self.dropped["contents"] += _words(stay) - _words(kept)
            sheet.lines = kept

    def _parts(self, body: float, leading: float) -> list[Part]:
        gatherer, notes = Gatherer(body, leading), Notes()
        parts: list[Part] = []
        for sheet in self.sheets:
            if sheet.parts is not None:
                notes.tie(sheet.parts)
                parts += gatherer.join(sheet.parts, sheet.rtl)
            else:
                stay, small = notes.taken(sheet.lines, body)
                parts += gatherer.parts(stay, sheet.rtl) + small
            parts += [Part("aside", [line], sheet.number) for line in sheet.aside]
        return _without_repeated_asides(parts)

    def _paged(self, parts: Sequence[Part]) -> Iterator[Block]:
        """The blocks with a mark where each page begins."""
        by_page: dict[int, list[Part]] = defaultdict(list)
        for part in parts:
            by_page[part.page].append(part)
        for number in range(1, self.document.pages + 1):
            label = self.document.label(number)
            yield {"type": "page", "number": number, "label": label or str(number)}
            for _page, block in blocks_of(by_page.pop(number, []), self.known):
                if block.get("type") != "figure" or block["region"].rank >= 0:
                    yield block

    def _forget_repeated(self) -> None:
        """A picture on page after page is a logo: shown nowhere, unless it is large."""
        pages: dict[tuple[int, int, int], set[int]] = defaultdict(set)
        regions = [region for sheet in self.sheets for region in sheet.regions]
        for region in regions:
            for sign in region.signs:
                pages[sign].add(region.page)
        kept = 0
        for region in regions:
            again = bool(region.signs) and all(len(pages[sign]) >= 3 for sign in region.signs)
            if (again and not region.scan) or kept >= MOST_FIGURES:
                region.rank = -1
                self.dropped["pictures"] += 1
            else:
                kept += 1

    def _quality(self) -> dict[str, Any]:
        return {
            "scanned": [one.number for one in self.sheets if any(r.scan for r in one.regions)],
            "tables": [one.number for one in self.sheets if one.tables],
            "columns": [one.number for one in self.sheets if one.columns > 1],
            "tagged": sum(one.parts is not None for one in self.sheets),
            "unread": self.unread,
            "dropped": self.dropped,
        }


def regions_in(blocks: Sequence[Block]) -> list[tuple[Block, Region]]:
    return [(block, block["region"]) for block in blocks if block["type"] == "figure"]


def _all_lines(sheet: Sheet) -> list[Line]:
    if sheet.parts is None:
        return [line for line in sheet.lines if line.block is None]
    return [line for part in sheet.parts for line in part.lines]


def _words(lines: Sequence[Line]) -> int:
    return sum(len(line.text.split()) for line in lines)


def _without_contents(lines: list[Line], was_contents: bool) -> list[Line]:
    """Without the printed list of contents: the reading view makes its own."""
    leaders = [place for place, line in enumerate(lines) if is_leader(line)]
    start = next((at for at, line in enumerate(lines[:12]) if _is_contents(line)), None)
    if len(leaders) >= 3:
        first, last = leaders[0], leaders[-1]
        kept = [
            line for place, line in enumerate(lines)
            if not (first <= place <= last and len(line.text) <= _LONGEST_ENTRY)
            and not (len(leaders) > 0.4 * len(lines) and _ENTRY.match(line.text))
        ]  # fmt: skip
        return [line for line in kept if not _is_contents(line)]
    begin = 0 if start is None else start
    rest = [line for line in lines[begin + 1 :] if line.block is None]
    entries = sum(_ENTRY.match(line.text) is not None for line in rest)
    enough = 0.6 if start is not None else 0.8
    if (start is not None or was_contents) and entries >= 3 and entries >= enough * len(rest):
        return [
            line for place, line in enumerate(lines)
            if place < begin or line.block is not None or len(line.text) > _LONGEST_ENTRY
        ]  # fmt: skip
    return lines


def _is_contents(line: Line) -> bool:
    return line.text.strip(" .:0123456789ivx").casefold() in _CONTENTS


def _without_repeated_asides(parts: Sequence[Part]) -> list[Part]:
    """Words on their side: a stamp on every page goes, the rest is read as a paragraph."""
    seen: dict[str, int] = defaultdict(int)
    for part in parts:
        if part.kind == "aside":
            seen[part.lines[0].text] += 1
    kept = []
    for part in parts:
        if part.kind == "aside":
            if seen[part.lines[0].text] >= 3:
                continue
            part.kind = "paragraph"
        kept.append(part)
    return kept
