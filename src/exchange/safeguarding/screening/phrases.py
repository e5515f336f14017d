"""Finds the phrases of `starter/phrases.txt` around their rarest word.
Used by `judge`; each look is bounded by the length of the phrase, never of the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from exchange.safeguarding.screening.lexicon import Element, lexicon
from exchange.safeguarding.screening.reading import Reading


@dataclass(frozen=True)
class Match:
    """A phrase that stands in the text, from the first to the last of its words."""

    code: str
    first: int
    last: int


def matches(reading: Reading) -> Iterator[Match]:
    """Every phrase, at most one of each code for one anchor."""
    by_anchor = lexicon().phrases
    words = reading.words
    for place in reading.marks:
        seen: set[str] = set()
        for phrase in by_anchor.get(words[place], ()):
            if phrase.code in seen:
                continue
            last = _follow(words, place + 1, phrase.after, 0, 1)
            if last is None:
                continue
            first = _follow(words, place - 1, phrase.before, 0, -1)
            if first is None:
                continue
            seen.add(phrase.code)
            yield Match(phrase.code, first + 1, last - 1)


def _follow(
    words: list[str], at: int, elements: tuple[Element, ...], step: int, way: int
) -> int | None:
    """The place behind the last word that fits, or None."""
    if step == len(elements):
        return at
    element = elements[step]
    if element.gap:
        for skipped in range(element.gap + 1):
            found = _follow(words, at + skipped * way, elements, step + 1, way)
            if found is not None:
                return found
        return None
    there = 0 <= at < len(words) and words[at] in element.words
    if element.forbidden:
        return None if there else _follow(words, at, elements, step + 1, way)
    if there:
        found = _follow(words, at + way, elements, step + 1, way)
        if found is not None or not element.optional:
            return found
    return _follow(words, at, elements, step + 1, way) if element.optional else None
