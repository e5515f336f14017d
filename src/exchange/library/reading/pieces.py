"""What parts are made of: pieces of HTML that stay together, and long words cut to fit into one.
Called by rendering, tables and parting of this matter; pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import escape

from exchange.library.reading.tree import CLOSE, OPEN, Span

# Bytes of HTML. A piece is what cannot be torn apart; a part is made of pieces.
PIECE_MOST = 8_000
_LONGEST_WORDS = 1_200  # characters of one span before it is cut, in the worst script
_SENTENCE_END = re.compile(r"(?<=[.!?…؟。])\s+")
_FIRST_STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A little HTML that stays together. `level` is that of a heading, 0 for everything else."""

    html: str
    text: str
    level: int = 0
    title: str = ""
    anchor: str = ""
    page: int = 0
    notes: tuple[str, ...] = ()


def token(*words: object) -> str:
    """A place for words of ours, which nothing of a document can write."""
    return f"{OPEN}{':'.join(map(str, words))}{CLOSE}"


def size(html: str) -> int:
    """Bytes as they are sent; a place left open counts as it stands."""
    return len(html.encode())


def in_bits(spans: Sequence[Span]) -> Iterator[list[Span]]:
    """Spans cut, at the ends of sentences where it can be, so that none is too long for a piece."""
    held: list[Span] = []
    weight = 0
    for span in spans:
        for text in _cut(span["t"]):
            # Escaped, marked and linked, a character takes at most six bytes and a span its tags.
            cost = 6 * len(text) if len(text) > 200 else size(escape(text))
            cost += 160 + len(span.get("href", "")) * 6
            if held and weight + cost > PIECE_MOST:
                yield held
                held, weight = [], 0
            held.append({**span, "t": text})
            weight += cost
    if held:
        yield held


def _cut(text: str) -> Iterator[str]:
    if len(text) <= _LONGEST_WORDS:
        yield text
        return
    held = ""
    for sentence in _SENTENCE_END.split(text):
        if held and len(held) + len(sentence) > _LONGEST_WORDS:
            yield held + " "
            held = ""
        held = f"{held} {sentence}" if held else sentence
        while len(held) > _LONGEST_WORDS:
            space = held.rfind(" ", 1, _LONGEST_WORDS)
            at = space + 1 if space > 0 else _LONGEST_WORDS
            yield held[:at]
            held = held[at:]
    if held:
        yield held


def direction_of(spans: Sequence[Span]) -> str:
    """The direction of the first letter that has one; "" when none has."""
    for span in spans:
        for letter in span["t"][:200]:
            if found := _FIRST_STRONG.get(unicodedata.bidirectional(letter)):
                return found
    return ""
