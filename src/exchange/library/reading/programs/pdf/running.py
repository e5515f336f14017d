"""Lines that a document repeats at the edges of its pages, page numbers, and printed contents.
Called once a document; pure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from exchange.library.reading.programs.pdf.lines import Line

SHARE, FEWEST = 0.3, 3
EDGE, LINES = 0.14, 3
LONGEST = 160
_NUMBER = re.compile(
    r"^[\W_]*(?:page|p\.|pg\.?|página|pagina|seite|ukurasa|صفحة|الصفحة)?[\W_]*"
    r"(\d{1,4}|[ivxlcdm]{1,8})(?:\s*(?:of|/|de|sur|von|ya|من|\|)\s*\d{1,4})?[\W_]*$",
    re.IGNORECASE,
)
_LEADER = re.compile(
    r"(?:\.\s?){5,}\s*[\divxlc]+\s*$|(?:\s\.){4,}|\.{6,}|(?:…\s?){3,}|_{8,}\s*\d+$"
)
_DIGITS = re.compile(r"\d+")


@dataclass(slots=True)
class _Edge:
    page: int
    line: Line
    top: bool
    outermost: bool
    key: str

    @property
    def slot(self) -> tuple[bool, int, int]:
        """Where such a line stands: on which side, how high, how large."""
        return (self.top, round(self.line.y / 4), round(self.line.size * 2))


def repeated(
    pages: Sequence[tuple[int, tuple[float, float, float, float], Sequence[Line]]],
    titles: Collection[str],
) -> set[int]:
    """The lines (by identity) that belong to the sheets of paper, not to the text."""
    edges = [edge for page in pages for edge in _edges(*page)]
    many = max(FEWEST, SHARE * sum(bool(lines) for _page, _box, lines in pages))
    keys = _pages_of(edges, lambda edge: (edge.top, edge.key))
    slots = _pages_of(edges, lambda edge: edge.slot)
    values = ((edge, _value(edge) or _end_number(edge)) for edge in edges)
    offsets = Counter(edge.page - value for edge, value in values if value)
    found = set()
    for edge in edges:
        is_usual = len(slots[edge.slot]) >= many
        seen = len(keys[(edge.top, edge.key)])
        if _NUMBER.match(edge.line.text):
            agrees = offsets[edge.page - _value(edge)] >= min(many, 3) if _value(edge) else False
            drop = is_usual or agrees or _is_lone_number(edge, pages)
        else:
            told = seen > 1 or _plain(edge.line) in titles
            numbered = _end_number(edge)
            counts = numbered and offsets[edge.page - numbered] >= min(many, 3)
            drop = seen >= many or (is_usual and edge.outermost and (told or bool(counts)))
        if drop:
            found.add(id(edge.line))
    return found


def _edges(page: int, box: tuple[float, float, float, float], lines: Sequence[Line]) -> list[_Edge]:
    told = sorted((one for one in lines if one.block is None), key=lambda one: -one.y)
    reach = EDGE * (box[3] - box[1])
    found = []
    for ranked, top in ((told, True), (told[::-1], False)):
        near = [
            line
            for line in ranked[: 2 * LINES]
            if (box[3] - line.y if top else line.y - box[1]) <= reach
        ]
        apart = _apart(ranked[: len(near) + 1])
        for line, is_apart in zip(near, apart, strict=False):
            if is_apart and len(line.text) <= LONGEST:
                is_outer = abs(line.y - near[0].y) < 3
                key = f"{round(line.size)} {_DIGITS.sub('#', line.text.casefold()).strip()}"
                found.append(_Edge(page, line, top, is_outer, key))
    return found


def _apart(ranked: Sequence[Line]) -> list[bool]:
    """For each line but the last, from the edge inwards: whether a gap or another size parts it,
    or a line further in, from the text of the page."""
    if len(ranked) == 1:
        return [True]
    apart = [False] * max(0, len(ranked) - 1)
    further = False
    for place in range(len(ranked) - 2, -1, -1):
        line, inner = ranked[place], ranked[place + 1]
        away = abs(line.y - inner.y)
        further = (
            further
            or (away > 1.7 * max(line.size, inner.size))
            or (abs(line.size - inner.size) > 0.05 * inner.size)
        )
        apart[place] = further
    return apart


def _pages_of(edges: Sequence[_Edge], key: object) -> dict[object, set[int]]:
    found: dict[object, set[int]] = defaultdict(set)
    for edge in edges:
        found[key(edge)].add(edge.page)  # type: ignore[operator]
    return found


def _value(edge: _Edge) -> int:
    """The number that stands there; 0 when it is none, or in Roman letters."""
    match = _NUMBER.match(edge.line.text)
    return int(match[1]) if match and match[1].isdecimal() else 0


def _end_number(edge: _Edge) -> int:
    """The number before or after other words, as in "14 Chapter 2" and "2.1 First steps 15"."""
    words = edge.line.text.split()
    for word in (words[-1], words[0]) if len(words) > 1 else ():
        if word.isdecimal() and len(word) < 5:
            return int(word)
    return 0


def _is_lone_number(edge: _Edge, pages: Sequence[object]) -> bool:
    """In a document of a page or two: the lowest line is the page's own number."""
    return len(pages) < FEWEST and not edge.top and edge.outermost and _value(edge) == edge.page


def _plain(line: Line) -> str:
    return plain_title(line.text)


def plain_title(text: str) -> str:
    """A title without its number, for comparing."""
    words = re.sub(r"\s+\d{1,4}$", "", text.strip().casefold())
    words = re.sub(r"^(?:\d{1,4}\s+)?(?:chapter|part|section|annex)?\s*[\d.]*\s*", "", words)
    return re.sub(r"\W+", " ", words).strip()


def is_leader(line: Line) -> bool:
    """A line of a printed table of contents: a title, dots, a page."""
    return _LEADER.search(line.text) is not None
