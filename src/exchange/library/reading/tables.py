"""Tables of a document as HTML: in a box that scrolls, with header cells, cut between rows.
Called by rendering of this matter; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile
from typing import Any

from exchange.library.reading.pieces import in_bits, size, token
from exchange.library.reading.tree import Block, Span, plain

Inline = Callable[[Sequence[Span]], str]
Row = list[dict[str, Any]]
_WIDEST = 100
# HTML, its words, its spans.
Bit = tuple[str, str, list[Span]]
_EMPTY: dict[str, Any] = {"spans": [], "head": False, "across": 1, "down": 1}


def table_pieces(block: Block, inline: Inline, most: int) -> Iterator[Bit]:
    """A table in as many pieces as it needs; its head stands on each of them."""
    rows = _spread(block["rows"])
    if len(rows) == 1 and len(rows[0]) == 1:
        # A frame around some words, as word processors make them.
        yield from _loose(rows[0], inline, "blockquote")
        return
    heads = list(takewhile(lambda row: all(cell["head"] for cell in row), rows))
    head = "".join(_row(row, inline, in_head=True) for row in heads)
    if size(head) > most // 3 or len(heads) == len(rows):
        heads, head = [], ""
    caption = next(in_bits(block["caption"]), [])
    top = f"<caption>{inline(caption)}</caption>" if caption else ""
    body: list[Row] = []
    weight = room = 0
    for row in rows[len(heads) :]:
        cost = _weight(row)
        room = most - size(head) - size(top) - 200
        if body and (weight + cost > room):
            yield _named(caption, _box(top, head, [*heads, *body], body, inline))
            body, weight, top, caption = [], 0, "", []
        if cost > room:
            yield from _loose(row, inline, "p")
            continue
        body.append(row)
        weight += cost
    if body:
        yield _named(caption, _box(top, head, [*heads, *body], body, inline))


def _named(caption: list[Span], box: Bit) -> Bit:
    """What the caption refers to belongs to the piece it stands on."""
    html, words, spans = box
    return html, words, [*caption, *spans]


def _weight(row: Row) -> int:
    """No less than the row's HTML will weigh."""
    spans = [span for cell in row for span in cell["spans"]]
    words = sum(6 * len(one["t"]) if len(one["t"]) > 200 else _sure(one) for one in spans)
    return words + 40 * len(row) + 10


def _sure(span: Span) -> int:
    more = 160 + 6 * len(span.get("href", "")) if len(span) > 1 else 0
    return sum(1 if "\x1f" < c < "\x7f" and c not in "&<>\"'" else 6 for c in span["t"]) + more


def _box(top: str, head: str, said: list[Row], body: list[Row], inline: Inline) -> Bit:
    inside = "".join(_row(row, inline) for row in body)
    above = f"<thead>{head}</thead>" if head else ""
    html = (
        f'<div class="wide" tabindex="0" role="group" aria-label="{token("t")}">'
        f"<table>{top}{above}<tbody>{inside}</tbody></table></div>"
    )
    words = "\n".join(" | ".join(filter(None, (plain(c["spans"]) for c in row))) for row in said)
    return html, words, [span for row in said for cell in row for span in cell["spans"]]


def _row(row: Row, inline: Inline, *, in_head: bool = False) -> str:
    cells = []
    for at, cell in enumerate(row):
        tag, scope = "td", ""
        if cell["head"] and (in_head or at == 0):
            tag, scope = "th", f' scope="{"col" if in_head else "row"}"'
        across = f' colspan="{cell["across"]}"' if cell["across"] > 1 else ""
        cells.append(f"<{tag}{scope}{across}>{inline(cell['spans']).strip()}</{tag}>")
    return f"<tr>{''.join(cells)}</tr>"


def _loose(row: Row, inline: Inline, tag: str) -> Iterator[Bit]:
    """A row too large for any table: cell after cell as paragraphs."""
    for cell in row:
        for spans in in_bits(cell["spans"]):
            words = f"<p>{inline(spans).strip()}</p>"
            html = f"<blockquote>{words}</blockquote>" if tag == "blockquote" else words
            yield html, plain(spans), spans


def _spread(rows: list[Row]) -> list[Row]:
    """Cells that reach down leave empty ones below: a table may be cut between any two rows."""
    held: dict[int, tuple[int, int]] = {}
    spread = []
    for row in rows:
        made: Row = []
        column, left = 0, list(row)
        while column < _WIDEST and (left or any(at >= column for at in held)):
            if column in held:
                down, across = held.pop(column)
                cell = {**_EMPTY, "across": across}
            else:
                cell = left.pop(0) if left else _EMPTY
                down, across = cell.get("down", 1), cell["across"]
            made.append(cell)
            if down > 1:
                held[column] = (down - 1, across)
            column += across
        spread.append(made)
    return spread
