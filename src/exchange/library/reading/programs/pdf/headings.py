"""Which paragraphs are headings, of which level, and what the document is called.
Called once a document, when all its paragraphs are known; changes the parts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from exchange.library.reading.programs.pdf.paragraphs import NUMBERED
from exchange.library.reading.programs.pdf.running import plain_title
from exchange.library.reading.programs.pdf.tables import is_bold
from exchange.library.reading.programs.pdf.tree import Part

LARGER = 1.08
MOST_LINES, LONGEST = 4, 220
LOWEST = 5
MOST_BOLD = 0.35
MANY_BOOKMARKS = 8
_DEPTH = re.compile(
    r"^(?:chapter\s+|section\s+)?(\d{1,2}(?:\.\d{1,2}){0,4})[.)]?\s+\S", re.IGNORECASE
)
_CAPTION = re.compile(
    r"^(figure|fig\.|table|tableau|tabla|tabela|figura|chart|box|map|photo|jedwali|mchoro|شكل|جدول)\s*[\d٠-٩]+",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{3,}")
Outline = Sequence[tuple[int, str, int]]


def is_caption(text: str) -> bool:
    return _CAPTION.match(text) is not None and len(text) < 400


def text_of(part: Part) -> str:
    return " ".join(line.text.strip() for line in part.lines).strip()


def size_of(part: Part) -> float:
    return max(line.size for line in part.lines)


def mark_headings(parts: Sequence[Part], body: float, outline: Outline, pages: int) -> None:
    """Give headings their kind and level: as the outline says, else by size, weight and number."""
    told = {id(part) for part in parts if part.kind == "heading"}
    open_to_us = [part for part in parts if part.lines and part.kind in ("paragraph", "item")]
    if told:
        tagged = {part.page for part in parts if id(part) in told}
        open_to_us = [part for part in open_to_us if not tagged]
    found = [part for part in open_to_us if _may_be(part, body)]
    found = _without_bold_prose(found, open_to_us, body)
    found = _standing_alone(found, parts)
    by_outline = _by_outline(open_to_us, outline)
    if len(by_outline) >= MANY_BOOKMARKS and len(by_outline) > 0.5 * len(outline):
        # The document names its headings: other words in bold are words in bold.
        found = [part for part in found if _rank(part, body)]
    levels = _levels(found, body, pages)
    _fit(levels, by_outline)
    for part in found:
        part.level = levels[_rank(part, body)]
        part.kind = "heading"
    _number(found)
    for part, level in by_outline:
        part.kind, part.level = "heading", min(level, LOWEST)


def _may_be(part: Part, body: float) -> bool:
    text = text_of(part)
    if len(part.lines) > MOST_LINES or not 2 <= len(text) <= LONGEST or is_caption(text):
        return False
    if not _WORD.search(text) and not (_DEPTH.match(text) and size_of(part) > body):
        return False
    is_large = size_of(part) >= LARGER * body
    if part.kind == "item" and not NUMBERED.match(text):
        return False
    if is_large:
        return not text.endswith((",", ";")) and (len(text) < 130 or size_of(part) > 1.3 * body)
    bold = all(is_bold(line) for line in part.lines) and size_of(part) > 0.94 * body
    ends = text.endswith((".", ",", ";", ":")) and not _DEPTH.match(text)
    return bold and len(text) <= 130 and not ends


def _without_bold_prose(found: list[Part], among: Sequence[Part], body: float) -> list[Part]:
    """Where half of a document is bold, weight says nothing."""
    bold = [part for part in found if size_of(part) < LARGER * body]
    if len(bold) <= MOST_BOLD * len(among) or len(among) < 8:
        return found
    return [part for part in found if size_of(part) >= LARGER * body]


def _standing_alone(found: Sequence[Part], parts: Sequence[Part]) -> list[Part]:
    """A line in bold that the next paragraph goes on with is the beginning of that."""
    after = {id(one): other for one, other in pairwise(parts)}
    kept = []
    for part in found:
        rest = after.get(id(part))
        goes_on = (
            rest is not None
            and rest.kind == "paragraph"
            and bool(rest.lines)
            and rest.lines[0].text[:1].islower()
            and abs(size_of(rest) - size_of(part)) < 0.5
        )
        if not goes_on:
            kept.append(part)
    return kept


def _by_outline(parts: Sequence[Part], outline: Outline) -> list[tuple[Part, int]]:
    """Paragraphs that the document's own bookmarks name, on the page they name."""
    wanted: dict[tuple[int, str], int] = {}
    for level, title, page in outline:
        words = plain_title(title)
        if words:
            wanted.setdefault((page, words), level)
    found = []
    for part in parts:
        if len(part.lines) > MOST_LINES:
            continue
        level = wanted.pop((part.page, plain_title(text_of(part))), 0)
        if level:
            found.append((part, level))
    return found


def _rank(part: Part, body: float) -> float:
    """Sizes that differ by a hair are one; weight alone ranks below every size."""
    size = size_of(part)
    return round(size * 2) / 2 if size >= LARGER * body else 0.0


def _levels(found: Sequence[Part], body: float, pages: int) -> dict[float, int]:
    """A level for each rank; what stands on the cover alone does not push the chapters down."""
    where: dict[float, set[int]] = defaultdict(set)
    for part in found:
        where[_rank(part, body)].add(part.page)
    cover = {rank for rank, on in where.items() if pages > 4 and on == {1} and rank}
    inside = sorted((rank for rank in where if rank and rank not in cover), reverse=True)
    has_title = bool(cover) and (not inside or max(cover) > inside[0])
    first = 2 if has_title else 1
    levels = {rank: min(first + place, LOWEST) for place, rank in enumerate(inside)}
    levels[0.0] = min(first + len(inside), LOWEST)
    for rank in cover:
        levels[rank] = 1 if rank == max(cover) else 2
    return levels


def _fit(levels: dict[float, int], told: Sequence[tuple[Part, int]]) -> None:
    """Where the outline gives a size its level, others of that size have it too."""
    votes: dict[float, Counter[int]] = defaultdict(Counter)
    for part, level in told:
        votes[round(size_of(part) * 2) / 2][min(level, LOWEST)] += 1
    lowest = max((min(level, LOWEST) for _part, level in told), default=0)
    for rank in levels:
        if rank in votes:
            levels[rank] = votes[rank].most_common(1)[0][0]
        elif lowest:
            levels[rank] = _between(rank, votes, lowest)


def _between(rank: float, votes: dict[float, Counter[int]], lowest: int) -> int:
    larger = [votes[size].most_common(1)[0][0] for size in votes if size > rank]
    return min(max(larger, default=0) + 1 if rank else lowest + 1, LOWEST)


def _number(found: Sequence[Part]) -> None:
    """2.3.1 lies two levels below 2, whatever its size."""
    depths = [
        (part, match[1].count(".") + 1) for part in found if (match := _DEPTH.match(text_of(part)))
    ]
    tops = Counter(part.level for part, depth in depths if depth == 1)
    if sum(tops.values()) < 2 or not any(depth > 1 for _part, depth in depths):
        return
    base = tops.most_common(1)[0][0]
    for part, depth in depths:
        part.level = min(base + depth - 1, LOWEST)


def title_of(parts: Sequence[Part]) -> str:
    """The largest words of the first page that has words, and what goes on with them."""
    first = next((part.page for part in parts if part.lines), 0)
    there = [
        part for part in parts
        if part.page == first and part.lines and part.kind in ("heading", "paragraph")
        and _WORD.search(text_of(part))
    ]  # fmt: skip
    if not there:
        return ""
    size = max(size_of(part) for part in there)
    if size <= 1.02 * min(size_of(part) for part in there):
        there = [part for part in there if part.kind == "heading"][:1]
    words = [text_of(part) for part in there if size_of(part) >= 0.98 * size][:3]
    return re.sub(r"\s+", " ", " ".join(words)).strip()[:300]
