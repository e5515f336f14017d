"""One page, read: its lines in order, with tables and figures where they stand.
Called by the document's reader for each page while it is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from exchange.library.reading.programs.limits import Refused
from exchange.library.reading.programs.pdf.columns import in_order
from exchange.library.reading.programs.pdf.drawn import Box, Drawn, drawn_on, links_on
from exchange.library.reading.programs.pdf.engine import Page
from exchange.library.reading.programs.pdf.figures import Region, regions_on
from exchange.library.reading.programs.pdf.letters import is_rtl, leans
from exchange.library.reading.programs.pdf.lines import Fragment, Line, fragments, line_of, rows
from exchange.library.reading.programs.pdf.tables import ruled, table_of, unruled
from exchange.library.reading.programs.pdf.tree import Part, parts_of
from exchange.library.reading.programs.pdf.words import Characters, Piece, upright

MOST_WORDS_IN_A_PICTURE = 480
SHORT_LABEL, CLOSE = 14, 14.0
MOST_DOTS = 200
# Text that nobody sees counts when it is all there is: the layer under a scan.
MOSTLY = 0.5


@dataclass(slots=True)
class Sheet:
    """What was read from one page."""

    number: int
    box: Box
    letters: int = 0
    rtl: bool = False
    lines: list[Line] = field(default_factory=list)
    # In the order of the document's own tags, when it has good ones.
    parts: list[Part] | None = None
    aside: list[Line] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    tables: int = 0
    columns: int = 1


def sheet_of(page: Page) -> Sheet:
    """A page as well as it can be read: when we stumble, at least its lines as they come."""
    try:
        return _sheet(page)
    except (Refused, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - one odd page must not cost a reader the document
        return _bare(page)


def _bare(page: Page) -> Sheet:
    characters = Characters(page)
    pieces = characters.pieces()
    sheet = Sheet(page.number, upright(page.box, characters.turn))
    sheet.letters = sum(len(one.text) for one in pieces)
    sheet.lines = [line_of([part], characters, False) for part in fragments(pieces)]
    return sheet


def _sheet(page: Page) -> Sheet:
    characters = Characters(page)
    pieces = _seen(characters.pieces())
    turn = characters.turn
    sheet = Sheet(page.number, upright(page.box, turn), sum(len(one.text) for one in pieces))
    sheet.rtl = sum(leans(one.text) for one in pieces) > 0
    flow = [one for one in pieces if one.angle == turn]
    sheet.aside = _aside([one for one in pieces if one.angle != turn], page.number)
    _link(flow, links_on(page, turn))
    drawn = drawn_on(page, turn)
    sheet.regions = regions_on(page, drawn, sheet.letters, turn)
    sheet.parts = parts_of(page, flow, sheet.regions, characters, sheet.rtl)
    if sheet.parts is None:
        sheet.lines = _lines(sheet, flow, drawn, characters)
    return sheet


def _seen(pieces: list[Piece]) -> list[Piece]:
    hidden = sum(len(one.text) for one in pieces if one.invisible)
    if not hidden or hidden > MOSTLY * sum(len(one.text) for one in pieces):
        return pieces
    return [one for one in pieces if not one.invisible]


def _aside(pieces: Sequence[Piece], page: int) -> list[Line]:
    """Words that stand at another angle: one line for each angle, in the file's order."""
    found: dict[int, Line] = {}
    for piece in pieces:
        line = found.setdefault(piece.angle, Line([], 0, 0, 0, piece.size, page))
        space = " " if piece.spaced and line.spans else ""
        line.spans.append((space + piece.text, 0, ""))
        line.text += space + piece.text
    return list(found.values())


def _link(pieces: Sequence[Piece], links: Sequence[tuple[Box, str]]) -> None:
    for (left, low, right, high), address in links:
        for piece in pieces:
            x, y = (piece.x0 + piece.x1) / 2, piece.y + 0.25 * piece.size
            if left <= x <= right and low <= y <= high:
                piece.href = address


def _lines(sheet: Sheet, flow: list[Piece], drawn: Drawn, characters: Characters) -> list[Line]:
    placed: list[Fragment] = []
    if not any(region.scan for region in sheet.regions):
        placed, flow = _ruled(sheet, flow, drawn, characters)
    flow = _captured(sheet, flow)
    parts = fragments(flow)
    for block, box, taken in unruled(parts, characters, sheet.rtl):
        parts = [one for one in parts if id(one.pieces[0]) not in taken]
        placed.append(_in_place(block, box))
        sheet.tables += 1
    for region in sheet.regions:
        placed.append(_in_place({"type": "figure", "region": region}, region.upright))
    columns = in_order([*parts, *placed], sheet.rtl)
    sheet.columns = max(1, len(columns))
    lines = [line for column in columns for line in _column(column, characters, sheet.rtl)]
    _meet(lines)
    _dot(lines, drawn.dots)
    return lines


def _meet(lines: Sequence[Line]) -> None:
    """A short second line of a head across columns stands in the first of them: it goes on."""
    for above, line in pairwise(lines):
        fall = above.y - line.y
        is_next = line.gap <= 0 and above.block is None and line.block is None
        if is_next and abs(above.x0 - line.x0) < 1 and 0 < fall < 1.6 * line.size:
            line.gap = fall


def _dot(lines: Sequence[Line], dots: Sequence[Box]) -> None:
    """A dot drawn before a line is its bullet."""
    for line in lines if len(dots) < MOST_DOTS else ():
        middle = line.y + 0.3 * line.size
        for left, low, right, high in dots:
            level = abs((low + high) / 2 - middle) < 0.4 * line.size
            away = left - line.x1 if is_rtl(line.text) else line.x0 - right
            if line.block is None and level and 0 < away < 1.8 * line.size:
                line.spans.insert(0, ("• ", 0, ""))
                line.text = f"• {line.text}"
                break


def _ruled(
    sheet: Sheet, flow: list[Piece], drawn: Drawn, characters: Characters
) -> tuple[list[Fragment], list[Piece]]:
    placed = []
    for cells in ruled(drawn.edges):
        made = table_of(cells, flow, characters, sheet.rtl)
        if made is None:
            continue
        block, box, taken = made
        flow = [one for one in flow if id(one) not in taken]
        placed.append(_in_place(block, box))
        sheet.tables += 1
        # What is drawn inside a table is the table.
        sheet.regions = [one for one in sheet.regions if one.source or not _holds(box, one.upright)]
    return placed, flow


def _captured(sheet: Sheet, flow: list[Piece]) -> list[Piece]:
    """The few words inside a picture become its description; a picture full of words is none."""
    for region in list(sheet.regions):
        if region.scan:
            continue
        if not region.source:
            _grow(region, flow)
        box = region.upright
        inside = [one for one in flow if _is_inside(one, box)]
        words = _said(inside)
        if len(words) > MOST_WORDS_IN_A_PICTURE:
            if not region.source:
                sheet.regions.remove(region)
            continue
        region.alt = words
        taken = {id(one) for one in inside}
        flow = [one for one in flow if id(one) not in taken]
    return flow


def _grow(region: Region, flow: Sequence[Piece]) -> None:
    """A drawing takes in the short words close around it: the figures along its axes."""
    for part in fragments(flow):
        if part.letters <= SHORT_LABEL and _is_close(part, region.upright):
            left, low, right, high = region.upright
            region.upright = (
                min(left, part.x0),
                min(low, part.bottom),
                max(right, part.x1),
                max(high, part.top),
            )
    region.box = upright(region.upright, (360 - region.turn) % 360)


def _is_close(part: Fragment, box: Box) -> bool:
    by = CLOSE
    across = box[0] - by <= part.x1 and part.x0 <= box[2] + by
    return across and box[1] - by <= part.y <= box[3] + by


def _said(pieces: Sequence[Piece]) -> str:
    return "".join((" " if one.spaced else "") + one.text for one in pieces).strip()


def _is_inside(piece: Piece, box: Box) -> bool:
    x, y = (piece.x0 + piece.x1) / 2, piece.y + 0.25 * piece.size
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _holds(box: Box, other: Box) -> bool:
    x, y = (other[0] + other[2]) / 2, (other[1] + other[3]) / 2
    return box[0] - 4 <= x <= box[2] + 4 and box[1] - 4 <= y <= box[3] + 4


def _in_place(block: dict[str, Any], box: Box) -> Fragment:
    left, low, right, high = box
    return Fragment([], left, right, high - 1, 1.0, top=high, bottom=low, block=block)


def _column(parts: Sequence[Fragment], characters: Characters, rtl: bool) -> list[Line]:
    """The lines of a column from its top, each knowing the column's edges and the gap above."""
    lines = [line_of(row, characters, rtl) for row in rows(parts)]
    told = [one for one in lines if one.block is None]
    if not told:
        return lines
    left, right = min(one.x0 for one in told), max(one.x1 for one in told)
    above: Line | None = None
    for line in lines:
        line.left, line.right = left, right
        if above is not None and above.block is None and line.block is None:
            line.gap = above.y - line.y
        above = line
    return lines
