"""Terms as numbers: 40-bit keys, the words the engines see, and a document's terms packed tight.
Called by actions, plan, ranking and engine; nothing typed by people passes through unchanged."""

from __future__ import annotations

import hashlib
import sys
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

FIELDS = ("title", "keywords", "summary", "body")
EXACT = 1 << 39  # set in the keys of exact forms, which only ranking looks at
_COUNT_BITS = (4, 4, 6, 10)  # how many occurrences are counted in each field
_SHIFTS = (0, 4, 8, 14)
_MOST = tuple((1 << bits) - 1 for bits in _COUNT_BITS)
_COUNTS = (1 << 24) - 1
_LENGTH_BITS = 14
LONGEST_TITLE = 60
# From so many terms on they lie in the order of their keys: looked up then, not walked through.
_ORDERED_FROM = 1_500


@lru_cache(maxsize=32_768)
def key(token: str) -> int:
    """The 40-bit number of a token such as "en:child", "=committee" or "topic:child-marriage"."""
    number = int.from_bytes(hashlib.blake2b(token.encode(), digest_size=5).digest(), "big")
    return number | EXACT if token[0] == "=" else number & ~EXACT


def word(number: int, mark: str = "w") -> str:
    """The engine's word of a key: a mark and ten hexadecimal digits, whatever was typed.
    Marks: w anywhere in the text, t in title or keywords, f a filter."""
    return f"{mark}{number:010x}"


def counts(packed: int) -> tuple[int, int, int, int]:
    """How often a term stands in title, keywords, summary and body."""
    return (packed & 15, packed >> 4 & 15, packed >> 8 & 63, packed >> 14)


@dataclass(frozen=True, slots=True)
class Document:
    """A document's terms: lengths of its fields, its title in order, counts by key."""

    lengths: tuple[int, int, int, int]
    title: tuple[int, ...]
    counts: dict[int, int]


class Packer:
    """Gathers a document's terms field by field and packs them."""

    def __init__(self) -> None:
        self.lengths = [0, 0, 0, 0]
        self.title: list[int] = []
        self.found: dict[int, list[int]] = {}

    def add(self, field: int, number: int, times: int = 1) -> None:
        """Count occurrences of a term in a field."""
        found = self.found.get(number)
        if found is None:
            found = self.found[number] = [0, 0, 0, 0]
        found[field] += times

    def packed(self) -> bytes:
        """Head (field lengths and the length of the title), title keys, then key and counts."""
        head = 0
        for place, length in enumerate(self.lengths):
            head |= min(length, (1 << _LENGTH_BITS) - 1) << (place * _LENGTH_BITS)
        title = self.title[:LONGEST_TITLE]
        numbers = array("Q", [head | len(title) << 56, *title])
        found = self.found.items()
        # This loop runs for every term of everything; `min` would double its cost.
        for number, (first, second, third, fourth) in (
            sorted(found) if len(found) >= _ORDERED_FROM else found
        ):
            numbers.append(
                number << 24
                | (first if first < _MOST[0] else _MOST[0])
                | (second if second < _MOST[1] else _MOST[1]) << _SHIFTS[1]
                | (third if third < _MOST[2] else _MOST[2]) << _SHIFTS[2]
                | (fourth if fourth < _MOST[3] else _MOST[3]) << _SHIFTS[3]
            )
        return _portable(numbers).tobytes()


def unpacked(packed: bytes, wanted: Collection[int]) -> Document:
    """The document of its packed terms, with the counts of the wanted ones alone: looking for a
    few terms in hundreds of documents is most of what a search does."""
    numbers = _numbers(packed)
    head = numbers[0]
    size = head >> 56
    mask = (1 << _LENGTH_BITS) - 1
    lengths = (head & mask, head >> 14 & mask, head >> 28 & mask, head >> 42 & mask)
    if len(numbers) - 1 - size >= _ORDERED_FROM:
        found = _looked_up(numbers, 1 + size, wanted)
    else:
        found = {n >> 24: n & _COUNTS for n in numbers[1 + size :] if n >> 24 in wanted}
    return Document(lengths, tuple(numbers[1 : 1 + size]), found)


def _looked_up(numbers: array[int], start: int, wanted: Iterable[int]) -> dict[int, int]:
    """Of a long document, whose terms are in order."""
    found = {}
    end = len(numbers)
    for number in wanted:
        at = bisect_left(numbers, number << 24, start)
        if at < end and numbers[at] >> 24 == number:
            found[number] = numbers[at] & _COUNTS
    return found


def keys(packed: bytes) -> tuple[list[int], list[int]]:
    """The keys of all terms of a document, and of those in its title or keywords."""
    numbers = _numbers(packed)
    entries = numbers[1 + (numbers[0] >> 56) :]
    return [number >> 24 for number in entries], [n >> 24 for n in entries if n & 0xFF]


def index_words(packed: bytes, filters: Iterable[int]) -> list[str]:
    """The words under which the engines find a document."""
    numbers = _numbers(packed)
    found = [f"f{number:010x}" for number in filters]
    entries = numbers[1 + (numbers[0] >> 56) :]
    found += [f"w{n >> 24:010x}" for n in entries if not n >> 24 & EXACT]
    found += [f"t{n >> 24:010x}" for n in entries if n & 0xFF and not n >> 24 & EXACT]
    return found


def _numbers(packed: bytes) -> array[int]:
    numbers = array("Q")
    numbers.frombytes(packed)
    return _portable(numbers)


def _portable(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
