"""Parts turned into the blocks of the tree: lists gathered, captions given to what they name.
Called once a document, when headings are known."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from exchange.library.reading.programs.pdf.headings import is_caption, text_of
from exchange.library.reading.programs.pdf.letters import is_rtl
from exchange.library.reading.programs.pdf.lines import Line, Span
from exchange.library.reading.programs.pdf.paragraphs import BULLET, NUMBERED
from exchange.library.reading.programs.pdf.spans import joined
from exchange.library.reading.programs.pdf.tree import Part

DEEPEST = 4
Block = dict[str, Any]


def blocks_of(parts: Sequence[Part], known: Collection[str]) -> Iterator[tuple[int, Block]]:
    """(page, block) one after another."""
    place = 0
    while place < len(parts):
        part = parts[place]
        if part.kind == "item":
            end = place
            while end < len(parts) and parts[end].kind == "item":
                end += 1
            for block in _lists(parts[place:end], known):
                yield part.page, block
            place = end
            continue
        caption = _caption_beside(parts, place)
        if caption is not None and part.block is not None:
            yield part.page, {**part.block, "caption": joined(caption.lines, known)}
        elif not _is_caption_taken(parts, place):
            made = _block(part, known)
            if made is not None:
                yield part.page, made
        place += 1


def _block(part: Part, known: Collection[str]) -> Block | None:
    if part.kind == "ready":
        return part.block
    spans = joined(part.lines, known)
    if not spans:
        return None
    if part.kind == "heading":
        # All of a heading is bold; saying so again would only weigh.
        for span in spans:
            span.pop("b", None)
        return {"type": "heading", "level": part.level, "spans": joined_again(spans)}
    if part.kind == "note" and part.block is not None:
        return {**part.block, "spans": spans}
    return {"type": "quote" if part.kind == "quote" else "paragraph", "spans": spans}


def joined_again(spans: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Neighbours that are alike now, as one."""
    made: list[dict[str, Any]] = []
    for span in spans:
        last = made[-1] if made else None
        if last is not None and {**last, "t": ""} == {**span, "t": ""}:
            last["t"] += span["t"]
        else:
            made.append(dict(span))
    return made


def _captioned(parts: Sequence[Part], place: int) -> int:
    """The place of the table or figure that this caption names; -1 when there is none beside it."""
    part = parts[place]
    if part.kind not in ("paragraph", "heading", "caption") or not part.lines:
        return -1
    if part.kind != "caption" and not is_caption(text_of(part)):
        return -1
    for other in (place + 1, place - 1):
        if 0 <= other < len(parts) and parts[other].page == part.page:
            block = parts[other].block
            if parts[other].kind == "ready" and block and block["type"] in ("table", "figure"):
                return other
    return -1


def _caption_beside(parts: Sequence[Part], place: int) -> Part | None:
    if parts[place].kind != "ready":
        return None
    for other in (place - 1, place + 1):
        if 0 <= other < len(parts) and _captioned(parts, other) == place:
            return parts[other]
    return None


def _is_caption_taken(parts: Sequence[Part], place: int) -> bool:
    named = _captioned(parts, place)
    return named >= 0 and _caption_beside(parts, named) is parts[place]


def _lists(items: Sequence[Part], known: Collection[str]) -> Iterator[Block]:
    """Lists of one kind of marker; numbers that do not count from 1 keep them in their text."""
    place = 0
    while place < len(items):
        end = place + 1
        while end < len(items) and _belongs(items[place:end], items[end]):
            end += 1
        yield from _list(items[place:end], known)
        place = end


def _belongs(run: Sequence[Part], item: Part) -> bool:
    first = run[0]
    if _start(item) > _start(first) + 0.7 * item.lines[0].size:
        return True
    one, other = _number(first), _number(item)
    if other and not one:
        return False
    if one:
        same = [part for part in run if abs(_start(part) - _start(first)) < item.lines[0].size]
        return other == len(same) + one
    return _sort(first) == _sort(item)


def _list(items: Sequence[Part], known: Collection[str]) -> Iterator[Block]:
    number = _number(items[0])
    counts = number == 1 and sum(_number(item) > 0 for item in items) > 1
    if _sort(items[0]) == "number" and not counts:
        for item in items:
            yield {"type": "paragraph", "spans": joined(item.lines, known)}
        return
    yield {"type": "list", "ordered": counts, "items": _nested(items, known, counts, 0)}


def _nested(
    items: Sequence[Part], known: Collection[str], counts: bool, deep: int
) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    place = 0
    base = min(_start(item) for item in items)
    while place < len(items):
        item = items[place]
        end = place + 1
        while end < len(items) and _start(items[end]) > base + 0.7 * item.lines[0].size:
            end += 1
        keeps = _sort(item) == "letter" or (_sort(item) == "number" and not counts)
        lines = item.lines if keeps else _unmarked(item.lines)
        entry: dict[str, Any] = {"spans": joined(lines, known)}
        if end > place + 1 and deep < DEEPEST:
            entry["items"] = _nested(items[place + 1 : end], known, False, deep + 1)
        else:
            end = place + 1
        if entry["spans"] or "items" in entry:
            made.append(entry)
        place = end
    return made


def _start(item: Part) -> float:
    """How far in it begins, from the side from which it is read."""
    line = item.lines[0]
    return line.right - line.x1 if is_rtl(line.text) else line.x0


def _sort(item: Part) -> str:
    match = NUMBERED.match(item.lines[0].text)
    if match is None:
        return "bullet"
    return "number" if match[1] else "letter"


def _number(item: Part) -> int:
    match = NUMBERED.match(item.lines[0].text)
    return int(match[1]) if match and match[1] else 0


def _unmarked(lines: Sequence[Line]) -> list[Line]:
    """Without the marker: the list shows its own."""
    first = lines[0]
    match = BULLET.match(first.text) or NUMBERED.match(first.text)
    rest = match.end() if match else 0
    spans: list[Span] = []
    for text, style, href in first.spans:
        cut = min(rest, len(text))
        rest -= cut
        if text[cut:]:
            spans.append((text[cut:], style, href))
    first.spans = spans
    return list(lines)
