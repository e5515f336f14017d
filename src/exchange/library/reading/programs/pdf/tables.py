"""Tables: from ruled lines, or from words that stand in columns row after row.
Called once a page; the geometry of ruled lines is pdfplumber's, the words are ours."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from pdfplumber import table as plumbed

from exchange.library.reading.programs.pdf.drawn import Box
from exchange.library.reading.programs.pdf.lines import Fragment, Line, fragments, line_of, rows
from exchange.library.reading.programs.pdf.spans import joined, plain
from exchange.library.reading.programs.pdf.words import BOLD, Characters, Piece

FEWEST_EDGES, MOST_EDGES, MOST_POINTS = 6, 400, 1_600
NEAR = 3.0
SHORTEST = 6.0
LONGEST_CELL = 2_500
# Without lines: this many columns and rows, of cells this short on average.
FEWEST_COLUMNS, FEWEST_ROWS, SHORT_CELL = 3, 3, 34.0


def ruled(edges: Sequence[Box]) -> list[list[Box]]:
    """The cells of each table that lines enclose, in upright places."""
    lines = [one for one in map(_edge, edges) if one is not None]
    if not len(lines) >= FEWEST_EDGES:
        return []
    lines = plumbed.merge_edges(lines, NEAR, NEAR, NEAR, NEAR)
    if not FEWEST_EDGES <= len(lines) <= MOST_EDGES:
        return []
    lines += _open_sides(lines)
    points = plumbed.edges_to_intersections(lines, NEAR, NEAR)
    if not 6 <= len(points) <= MOST_POINTS:
        return []
    tables = plumbed.cells_to_tables(plumbed.intersections_to_cells(points))
    # pdfplumber counts from the top downwards, so its heights are ours turned round.
    return [[(x0, -low, x1, -top) for x0, top, x1, low in cells] for cells in tables]


def _open_sides(lines: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The outer borders of tables that have rules between rows and columns but none at the sides."""
    groups: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for line in lines:
        if line["orientation"] == "h":
            ends = (round(line["x0"] / NEAR), round(line["x1"] / NEAR))
            groups.setdefault(ends, []).append(line)
    sides = []
    for group in groups.values():
        left, right = group[0]["x0"], group[0]["x1"]
        top, bottom = min(one["top"] for one in group), max(one["top"] for one in group)
        inner = sum(
            one["orientation"] == "v"
            and left + SHORTEST < one["x0"] < right - SHORTEST
            and top - NEAR <= one["top"]
            and one["bottom"] <= bottom + NEAR
            for one in lines
        )
        if len(group) < FEWEST_ROWS or not inner:
            continue
        for x in (left, right):
            has_one = any(one["orientation"] == "v" and abs(one["x0"] - x) <= NEAR for one in lines)
            edge = None if has_one else _edge((x, -bottom, x, -top))
            sides += [edge] if edge is not None else []
    return sides


def _edge(box: Box) -> dict[str, Any] | None:
    wide, high = box[2] - box[0], box[3] - box[1]
    if max(wide, high) < SHORTEST:
        return None
    if wide >= high:
        middle = -(box[1] + box[3]) / 2
        place = {"x0": box[0], "x1": box[2], "top": middle, "bottom": middle}
        return {**place, "orientation": "h", "width": wide, "height": 0.0}
    middle = (box[0] + box[2]) / 2
    place = {"x0": middle, "x1": middle, "top": -box[3], "bottom": -box[1]}
    return {**place, "orientation": "v", "width": 0.0, "height": high}


def table_of(
    cells: Sequence[Box], pieces: Sequence[Piece], characters: Characters, rtl: bool
) -> tuple[dict[str, Any], Box, set[int]] | None:
    """The block of a ruled table, its box, and the pieces it took; None when it is none: a frame
    round the page, one column, or mostly empty."""
    xs, tops = _stops([x for one in cells for x in (one[0], one[2])]), None
    tops = _stops([-y for one in cells for y in (one[1], one[3])])
    if len(xs) < 3 or len(tops) < 3:
        return None
    held = _held(cells, pieces)
    filled = [one for one in held if one]
    if len(filled) < max(3, 0.35 * len(cells)):
        return None
    if max(sum(len(piece.text) for piece in one) for one in filled) > LONGEST_CELL:
        return None
    placed = []
    for cell, inside in zip(cells, held, strict=True):
        column, last = _at(xs, cell[0]), _at(xs, cell[2])
        row, end = _at(tops, -cell[3]), _at(tops, -cell[1])
        words = _words(inside, characters, rtl)
        placed.append((row, column, max(1, end - row), max(1, last - column), words))
    box = (min(xs), -max(tops), max(xs), -min(tops))
    taken = {id(piece) for one in held for piece in one}
    return _block(placed, rtl), box, taken


def _stops(values: Sequence[float]) -> list[float]:
    """Places where cells begin or end, those within a hair's breadth as one."""
    stops: list[float] = []
    for value in sorted(values):
        if not stops or value - stops[-1] > NEAR:
            stops.append(value)
    return stops


def _at(stops: Sequence[float], value: float) -> int:
    place = bisect_left(stops, value - NEAR)
    return min(place, len(stops) - 1)


def _held(cells: Sequence[Box], pieces: Sequence[Piece]) -> list[list[Piece]]:
    held: list[list[Piece]] = [[] for _cell in cells]
    left, right = min(one[0] for one in cells), max(one[2] for one in cells)
    low, high = min(one[1] for one in cells), max(one[3] for one in cells)
    for piece in pieces:
        x, y = (piece.x0 + piece.x1) / 2, piece.y + 0.25 * piece.size
        if not (left <= x <= right and low <= y <= high):
            continue
        for place, cell in enumerate(cells):
            if cell[0] - 1 <= x <= cell[2] + 1 and cell[1] <= y <= cell[3]:
                held[place].append(piece)
                break
    return held


def _words(inside: Sequence[Piece], characters: Characters, rtl: bool) -> list[Line]:
    return [line_of(row, characters, rtl) for row in rows(fragments(inside))]


def _block(placed: Sequence[tuple[int, int, int, int, list[Line]]], rtl: bool) -> dict[str, Any]:
    by_row: dict[int, list[tuple[int, dict[str, Any]]]] = {}
    first = min(row for row, *_rest in placed)
    for row, column, down, across, words in placed:
        cell = cell_of(words, head=row == first, across=across, down=down)
        by_row.setdefault(row, []).append((column, cell))
    made: list[list[dict[str, Any]]] = []
    for row in sorted(by_row):
        together = _told_apart([one for one in placed if one[0] == row])
        if together:
            made += _rows_of(together, row == first, rtl)
            continue
        ranked = sorted(by_row[row], key=lambda one: -one[0] if rtl else one[0])
        made.append([cell for _column, cell in ranked])
    if not _has_head(made):
        for cell in made[0]:
            cell["head"] = False
    return {"type": "table", "rows": [row for row in made if row]}


def _told_apart(
    band: Sequence[tuple[int, int, int, int, list[Line]]],
) -> list[tuple[int, list[Line]]]:
    """The columns of a band between two rules that holds several rows: as many lines in each of
    its cells, at the same heights, and short ones. Nothing when it is one row."""
    held = [words for *_rest, words in band if words]
    if len(held) < 3 or any(down > 1 or across > 1 for _row, _column, down, across, _w in band):
        return []
    heights = [line.y for line in held[0]]
    if len(heights) < 2:
        return []
    for words in held:
        same = len(words) == len(heights)
        if not same or any(abs(one.y - y) > 2 for one, y in zip(words, heights, strict=True)):
            return []
    letters = sum(len(line.text) for words in held for line in words)
    if letters > SHORT_CELL * len(held) * len(heights):
        return []
    return [(column, words) for _row, column, _down, _across, words in band]


def _rows_of(
    columns: Sequence[tuple[int, list[Line]]], head: bool, rtl: bool
) -> list[list[dict[str, Any]]]:
    ranked = sorted(columns, key=lambda one: -one[0] if rtl else one[0])
    many = max(len(words) for _column, words in ranked)
    return [
        [cell_of(words[number : number + 1], head=head and not number) for _column, words in ranked]
        for number in range(many)
    ]


def cell_of(words: Sequence[Line], *, head: bool, across: int = 1, down: int = 1) -> dict[str, Any]:
    return {"spans": joined(words), "head": head, "across": across, "down": down}


def _has_head(made: Sequence[Sequence[dict[str, Any]]]) -> bool:
    """A first row of words in bold, or of words without figures over rows with figures."""
    if len(made) < 2:
        return False
    first = [cell for cell in made[0] if cell["spans"]]
    if not first:
        return False
    if all(all(span.get("b") for span in cell["spans"]) for cell in first):
        return True
    figures = any(
        any(c.isdigit() for c in plain(cell["spans"])) for row in made[1:] for cell in row
    )
    return figures and not any(any(c.isdigit() for c in plain(cell["spans"])) for cell in first)


def unruled(
    parts: Sequence[Fragment], characters: Characters, rtl: bool
) -> list[tuple[dict[str, Any], Box, set[int]]]:
    """Tables that nobody drew: rows of short words at the same places, one below the other."""
    found = []
    run: list[list[Fragment]] = []
    for row in [*rows(parts), []]:
        if len(row) >= 2 and (not run or run[-1][0].y - row[0].y < 3.2 * row[0].size):
            run.append(row)
            continue
        if _is_part(run, row):
            run[-1] = [*run[-1], *row]
            continue
        table = _standing(run, characters, rtl)
        if table is not None:
            found.append(table)
        run = [row] if len(row) >= 2 else []
    return found


def _is_part(run: Sequence[Sequence[Fragment]], row: Sequence[Fragment]) -> bool:
    """One short fragment right below a row: the second line of one of its cells."""
    if not run or len(row) != 1 or row[0].block is not None or row[0].letters > SHORT_CELL:
        return False
    last = run[-1]
    close = min(one.y for one in last) - row[0].y < 1.4 * row[0].size
    return close and any(abs(one.x0 - row[0].x0) < 2 for one in last[1:])


def _standing(
    run: Sequence[Sequence[Fragment]], characters: Characters, rtl: bool
) -> tuple[dict[str, Any], Box, set[int]] | None:
    parts = [one for row in run for one in row]
    if len(run) < FEWEST_ROWS or any(one.block is not None for one in parts):
        return None
    if sum(_is_leader(one) for one in parts) >= 0.3 * len(run):
        return None
    columns = _columns(parts)
    wide = sum(len(row) >= FEWEST_COLUMNS for row in run)
    if len(columns) < FEWEST_COLUMNS or wide < 0.6 * len(run):
        return None
    if sum(one.letters for one in parts) / len(parts) > SHORT_CELL or _is_prose(run, columns):
        return None
    placed = []
    for number, row in enumerate(run):
        for place, (left, right) in enumerate(columns):
            inside = [one for one in row if left <= (one.x0 + one.x1) / 2 <= right]
            words = [line_of(line, characters, rtl) for line in rows(inside)]
            placed.append((number, place, 1, 1, words))
    if sum(bool(words) for *_rest, words in placed) < 0.5 * len(placed):
        return None
    box = (
        min(one.x0 for one in parts),
        min(one.bottom for one in parts),
        max(one.x1 for one in parts),
        max(one.top for one in parts),
    )
    return _block(placed, rtl), box, {id(piece) for one in parts for piece in one.pieces}


def _is_prose(run: Sequence[Sequence[Fragment]], columns: Sequence[tuple[float, float]]) -> bool:
    """Narrow columns of a text look like a table too: but their lines fill them, or go on in
    the middle of sentences."""
    parts = [one for row in run[1:] for one in row]
    small = sum(one.pieces[0].text[:1].islower() for one in parts)
    full = 0
    for left, right in columns:
        inside = [one for row in run for one in row if left <= one.x0 and one.x1 <= right]
        filled = sorted((one.x1 - one.x0) / max(1.0, right - left) for one in inside)
        letters = sum(one.letters for one in inside) / max(1, len(inside))
        full += bool(filled) and filled[len(filled) // 2] > 0.85 and letters > 15
    return full >= 2 or small > 0.3 * len(parts)


def _is_leader(part: Fragment) -> bool:
    """Dots that lead to a page number: a printed list of contents."""
    text = "".join(piece.text for piece in part.pieces)
    return text.count(".") + 3 * text.count("…") >= max(4, 0.4 * len(text))


def _columns(parts: Sequence[Fragment]) -> list[tuple[float, float]]:
    """The strips in which fragments stand one below the other."""
    strips: list[tuple[float, float]] = []
    for one in sorted(parts, key=lambda part: part.x0):
        if strips and one.x0 < strips[-1][1] + 1:
            strips[-1] = (strips[-1][0], max(strips[-1][1], one.x1))
        else:
            strips.append((one.x0, one.x1))
    return strips


def is_bold(line: Line) -> bool:
    return bool(line.spans) and all(
        style & BOLD for text, style, _href in line.spans if text.strip()
    )
