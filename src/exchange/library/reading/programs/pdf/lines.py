"""From pieces of words to fragments that stand on one line, and to whole lines.
Called once a page, before and after its columns are known; pure but for the letters' places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from exchange.library.reading.programs.pdf.letters import SOFT, is_rtl, leans, logical
from exchange.library.reading.programs.pdf.words import LOWERED, RAISED, Characters, Piece

# A wider gap, in sizes of the type, begins a new fragment: a column, a cell, a page number.
GAP = 0.9


@dataclass(slots=True)
class Fragment:
    """Pieces that follow each other on one line; or, with a block, a table or figure in place."""

    pieces: list[Piece]
    x0: float
    x1: float
    y: float
    size: float
    top: float = 0.0
    bottom: float = 0.0
    block: dict[str, Any] | None = None

    @property
    def letters(self) -> int:
        return sum(len(piece.text) for piece in self.pieces)


# (text, style, address of a link)
Span = tuple[str, int, str]


@dataclass(slots=True)
class Line:
    """A line as it is read; with a block it is a table or figure that stands there."""

    spans: list[Span]
    x0: float
    x1: float
    y: float
    size: float
    page: int
    left: float = 0.0
    right: float = 0.0
    # How far the line before in the same column stands above; 0 at its top.
    gap: float = 0.0
    block: dict[str, Any] | None = None
    text: str = field(default="")


def fragments(pieces: Iterable[Piece]) -> list[Fragment]:
    """PDFium's order is trusted within a line, as far as the eye would go on reading."""
    found: list[Fragment] = []
    for piece in pieces:
        if found and _goes_on(found[-1], piece):
            _add(found[-1], piece)
        else:
            found.append(Fragment([piece], piece.x0, piece.x1, piece.y, piece.size))
    for one in found:
        one.top, one.bottom = one.y + 0.8 * one.size, one.y - 0.2 * one.size
    return found


def _goes_on(fragment: Fragment, piece: Piece) -> bool:
    size = max(fragment.size, piece.size)
    if abs(piece.y - fragment.y) > 0.45 * size:
        return False
    return max(piece.x0 - fragment.x1, fragment.x0 - piece.x1) < GAP * size


def _add(fragment: Fragment, piece: Piece) -> None:
    fragment.pieces.append(piece)
    if piece.size > fragment.size * 1.05:
        fragment.y, fragment.size = piece.y, piece.size
    fragment.x0, fragment.x1 = min(fragment.x0, piece.x0), max(fragment.x1, piece.x1)


def rows(parts: Sequence[Fragment]) -> list[list[Fragment]]:
    """Fragments on one baseline together, from the top; each row from left to right."""
    found: list[list[Fragment]] = []
    for one in sorted(parts, key=lambda part: -part.y):
        if found and one.block is None and _is_beside(found[-1], one):
            found[-1].append(one)
        else:
            found.append([one])
    for row in found:
        row.sort(key=lambda part: part.x0)
    return found


def _is_beside(row: Sequence[Fragment], one: Fragment) -> bool:
    first = row[0]
    if first.block is not None:
        return False
    big = max(first.size, one.size)
    fall = first.y - one.y
    if fall <= 0.3 * min(first.size, one.size):
        return True
    # A raised marker stands higher than its line and close to a word of it.
    is_small = min(first.size, one.size) < 0.85 * big
    near = any(max(one.x0 - part.x1, part.x0 - one.x1) < 0.4 * big for part in row)
    return is_small and fall < 0.6 * big and near


def line_of(row: Sequence[Fragment], characters: Characters, rtl: bool) -> Line:
    """A row as one line of text in the order of reading."""
    x0, x1 = min(one.x0 for one in row), max(one.x1 for one in row)
    page = characters.page.number
    if row[0].block is not None:
        one = row[0]
        return Line([], x0, x1, one.y, one.size, page, block=one.block)
    main = max(row, key=lambda part: (part.letters * part.size, part.size))
    size, y = _main_size(row), main.y
    pieces = [piece for part in row for piece in part.pieces]
    if any(is_rtl(piece.text) for piece in pieces):
        read = _from_the_right(pieces, characters, size, rtl)
    else:
        read = _from_the_left(row, size, y)
    spans = _spans(read, size, y)
    text = "".join(text for text, _style, _href in spans)
    return Line(spans, x0, x1, y, size, page, text=text)


def _main_size(row: Sequence[Fragment]) -> float:
    sizes = Counter[float]()
    for part in row:
        for piece in part.pieces:
            sizes[piece.size] += len(piece.text)
    return sizes.most_common(1)[0][0]


def _from_the_left(row: Sequence[Fragment], size: float, y: float) -> list[tuple[str, Piece, bool]]:
    read: list[tuple[str, Piece, bool]] = []
    for part in row:
        for place, piece in enumerate(part.pieces):
            last = read[-1][1] if read else None
            spaced = piece.spaced
            # Another fragment is another word unless it is glued to the one before; what is
            # raised stands close to its word, whatever the file says between them.
            if last is not None and (
                not place or _height(piece, size, y) or _height(last, size, y)
            ):
                spaced = piece.x0 - last.x1 > (0.08 if not place else 0.12) * size
            read.append((piece.text, piece, spaced))
    return read


def _from_the_right(
    pieces: Sequence[Piece], characters: Characters, size: float, rtl: bool
) -> list[tuple[str, Piece, bool]]:
    glyphs = [
        glyph for number, piece in enumerate(pieces) for glyph in characters.glyphs(piece, number)
    ]
    main = rtl or sum(leans(piece.text) for piece in pieces) > 0
    return [(letter, pieces[of], spaced) for letter, of, spaced in logical(glyphs, size, main)]


def _spans(read: Iterable[tuple[str, Piece, bool]], size: float, y: float) -> list[Span]:
    spans: list[Span] = []
    for text, piece, spaced in read:
        style = piece.style | _height(piece, size, y)
        words = f" {text}" if spaced and spans else text
        if spans and spans[-1][1:] == (style, piece.href):
            spans[-1] = (spans[-1][0] + words, style, piece.href)
        elif words.startswith(" ") and spans:
            last, own, href = spans[-1]
            spans[-1] = (f"{last} ", own, href)
            spans.append((words[1:], style, piece.href))
        else:
            spans.append((words, style, piece.href))
    return [(_whole(text), style, href) for text, style, href in spans]


def _whole(text: str) -> str:
    """Without the soft hyphens that stand inside a line."""
    if SOFT not in text:
        return text
    return text[:-1].replace(SOFT, "") + text[-1]


def _height(piece: Piece, size: float, y: float) -> int:
    if piece.size > 0.88 * size:
        return 0
    rise = piece.y - y
    return RAISED if rise > 0.12 * size else LOWERED if rise < -0.08 * size else 0
