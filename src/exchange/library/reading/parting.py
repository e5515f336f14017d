"""A document's pieces put together into parts that load quickly, with a list of its headings.
Called by making of this matter; pure."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from typing import Any

from exchange.core import html as safe
from exchange.library.reading.pieces import Piece, size
from exchange.library.reading.rendering import Renderer
from exchange.library.reading.tree import CLOSE, OPEN, Tree, plain

# Bytes of HTML of a part; and packed, so that the whole answer is at most 14 kB.
MOST = 29_000
MOST_PACKED = 8_700
# A chapter begins a new part once the one before has some substance.
_ENOUGH = {1: 6_000, 2: 12_000}
MOST_CONTENTS = 800
_WAY = re.compile(f"{OPEN}([nr]):([A-Za-z0-9_-]+):\\.*{CLOSE}")
_MARKER = re.compile(r' id="r-([A-Za-z0-9_-]+)"')


@dataclass
class Part:
    """A part as it will be kept."""

    number: int
    title: str = ""
    first_page: int = 0
    last_page: int = 0
    html: str = ""
    text: str = ""
    size: int = 0


@dataclass
class Parted:
    """All parts, with the headings and where they stand."""

    parts: list[Part] = field(default_factory=list)
    contents: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class _Open:
    """A part being filled."""

    pieces: list[Piece] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    weight: int = 0
    packed: int = 0
    packer: Any = field(default_factory=lambda: zlib.compressobj(6))
    unpacked: int = 0

    def add(self, piece: Piece) -> None:
        self.pieces.append(piece)
        self.weigh(piece.html)

    def weigh(self, html: str) -> None:
        data = html.encode()
        self.weight += len(data)
        self.unpacked += len(data)
        self.packed += len(self.packer.compress(data))
        if self.unpacked > 1_500:
            # What lies in the packer still, known by packing a copy of it to the end.
            self.unpacked = 0
            self.packed += len(self.packer.flush(zlib.Z_SYNC_FLUSH))

    def takes(self, more: int) -> bool:
        # A third is what text packs to; measured anew as soon as it is in.
        packed = self.packed + (self.unpacked + more) // 3
        return self.weight + more <= MOST and packed <= MOST_PACKED


def parted(tree: Tree, direction: str) -> Parted:
    """The parts of a tree, each small enough, cut before headings where that can be."""
    renderer = Renderer(tree, direction)
    return _Binder(renderer).bound()


class _Binder:
    """Fills part after part; notes stand at the end of the part that first refers to them."""

    def __init__(self, renderer: Renderer) -> None:
        self.renderer = renderer
        self.notes: dict[str, str] = {}
        self.placed: set[str] = set()
        self.filled: list[_Open] = []
        self.open = _Open()

    def bound(self) -> Parted:
        for piece in self.renderer.pieces():
            self._put(piece)
        self._close()
        return _Finisher(self.filled, self.notes, self.renderer).finished()

    def _put(self, piece: Piece) -> None:
        fresh = [name for name in dict.fromkeys(piece.notes) if name not in self.placed]
        cost = size(piece.html) + sum(size(self._note(name)) for name in fresh)
        begins = 0 < piece.level <= 2 and self.open.weight > _ENOUGH[piece.level]
        if self.open.pieces and (begins or not self.open.takes(cost)):
            self._turn()
        self.open.add(piece)
        for name in fresh:
            note = self._note(name)
            if self.open.weight > size(piece.html) and not self.open.takes(size(note)):
                self._turn()
            self.placed.add(name)
            self.open.notes.append(name)
            self.open.weigh(note)

    def _turn(self) -> None:
        """Close the part; a heading or the mark of a page at its end goes into the next one."""
        last = self.open.pieces
        at = len(last)
        while at and (last[at - 1].level or last[at - 1].page) and not last[at - 1].notes:
            at -= 1
        taken = last[at:] if at else []
        if taken:
            del last[at:]
        self._close()
        for piece in taken:
            self.open.add(piece)

    def _close(self) -> None:
        if self.open.pieces or self.open.notes:
            self.filled.append(self.open)
        self.open = _Open()

    def _note(self, name: str) -> str:
        if name not in self.notes:
            self.notes[name] = self.renderer.note(name)
        return self.notes[name]


class _Finisher:
    """Knows where everything came to stand: ways between notes, pages, titles, the contents."""

    def __init__(self, filled: list[_Open], notes: dict[str, str], renderer: Renderer) -> None:
        self.filled = filled
        self.notes = notes
        self.renderer = renderer
        self.stands = {name: at for at, one in enumerate(filled, 1) for name in one.notes}
        self.marked: dict[str, int] = {}
        for at, one in enumerate(filled, 1):
            # A note can be called from within another note first.
            shown = [piece.html for piece in one.pieces] + [notes[name] for name in one.notes]
            for found in _MARKER.finditer("".join(shown)):
                self.marked.setdefault(found[1], at)
        self.seen: set[str] = set()
        self.page = 0
        self.title = ""
        self.made = Parted()

    def finished(self) -> Parted:
        for number, one in enumerate(self.filled, start=1):
            self.made.parts.append(self._part(number, one))
        return self.made

    def _part(self, number: int, one: _Open) -> Part:
        part = Part(number, first_page=self.page)
        lines: list[str] = []
        begun = False
        for piece in one.pieces:
            self._read(piece, part, lines, begun)
            begun = begun or not piece.page
        lines += [plain(self.renderer.notes[name]["spans"]) for name in one.notes]
        notes = "".join(self.notes[name] for name in one.notes)
        html = "".join(piece.html for piece in one.pieces) + (f"<hr>{notes}" if notes else "")
        html = _MARKER.sub(self._once, html)
        html = _WAY.sub(lambda found: self._way(found, number), html)
        part.html = safe.from_document(html)
        part.title = part.title or self.title
        part.text = "\n".join(filter(None, lines))
        part.last_page = self.page
        part.size = size(part.html)
        return part

    def _read(self, piece: Piece, part: Part, lines: list[str], begun: bool) -> None:
        """Words for search; a form feed for every page after the first."""
        if piece.page:
            if begun:
                lines.append("\f" * max(0, piece.page - self.page))
            else:
                part.first_page = piece.page
            self.page = piece.page
        elif piece.text:
            lines.append(piece.text)
        if piece.level:
            self._list(piece, part)

    def _list(self, piece: Piece, part: Part) -> None:
        self.title = piece.title
        part.title = part.title or piece.title
        if len(self.made.contents) < MOST_CONTENTS:
            where = {"part": part.number, "anchor": piece.anchor}
            self.made.contents.append({"level": piece.level, "title": piece.title, **where})

    def _once(self, found: re.Match[str]) -> str:
        if found[1] in self.seen:
            return ""
        self.seen.add(found[1])
        return found[0]

    def _way(self, found: re.Match[str], here: int) -> str:
        name = found[2]
        there = (self.stands if found[1] == "n" else self.marked).get(name, here)
        return f"{'' if there == here else f'../{there}/'}#{found[1]}-{name}"
