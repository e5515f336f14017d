"""Finds floods: offers of money and the like, bulks of links, the same words again and again.
Used by `judge`. One such word alone passes; it takes two signs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from exchange.safeguarding.screening.findings import SPAM, Finding
from exchange.safeguarding.screening.phrases import Match
from exchange.safeguarding.screening.reading import Reading

_LINK = re.compile(r"https?://|www\.|bit\.ly/|t\.me/|wa\.me/|tinyurl\.com/")
MANY_LINKS = 8
LETTERS_A_LINK = 120
FEWEST_REPEATED = 40


def find(reading: Reading, matched: list[Match]) -> Iterator[Finding]:
    """At most one finding: what weighs is the whole."""
    signs = [match for match in matched if match.code == "_spam"]
    links = len(_LINK.findall(reading.folded))
    score = min(len(signs), 6) + (1 if links else 0)
    bulk = links >= MANY_LINKS and len(reading.text) < links * LETTERS_A_LINK
    if score >= 2 and signs:
        yield reading.finding(SPAM, signs[0].first, signs[0].last, score, strong=True)
    elif bulk or _repeats(reading.words):
        yield reading.passage(SPAM, 0, min(len(reading.text), 80), score + 1, strong=True)


def _repeats(words: list[str]) -> bool:
    """A few words make up nearly the whole text."""
    if len(words) < FEWEST_REPEATED:
        return False
    some = words[:4000]
    most = sum(count for _word, count in Counter(some).most_common(8))
    return most > len(some) * 0.85
