"""Finds numbers that name one case or one person: file, registration and identity numbers.
Used by `judge`. Laws, resolutions, chapters and case studies pass."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exchange.safeguarding.screening.findings import CASE_NUMBER, Finding
from exchange.safeguarding.screening.reading import Reading

_NUMBER = re.compile(r"(?:[a-z]{1,6}[-/.]?)?\d[\da-z]*(?:[-/.][\da-z]{1,12}){0,5}")
_SYSTEM = re.compile(
    r"\b(?:cpims|progres|primero|unhcr|gbvims|ob)[-/ :#+]{1,3}[\da-z/-]{0,12}\d{3,12}"
)
_CODED = re.compile(r"\b[a-z]{2,6}[-/](?:[a-z]{1,5}[-/]){0,2}(?:19|20)\d\d[-/]\d{3,8}\b")
_REACH = 40
_YEAR = re.compile(r"(?:19|20)\d\d")
# What may stand between the word and its number: signs, one short word, or a word for "number".
_BETWEEN = re.compile(
    r"[^\w\n]{0,4}(?:\w{1,10}[^\w\n]{1,4})?"
    r"(?:(?:\w{1,12} ){0,3}(?:no|n|number|numero|nambari|namba|nr|num|ref|reference|id|رقم)"
    r"[^\w\n]{1,5}(?:is |ni |es |e |est )?)?"
)
MOST = 200


def find(reading: Reading) -> Iterator[Finding]:
    """Every case or identity number."""
    for pattern in (_SYSTEM, _CODED):
        for count, found in enumerate(pattern.finditer(reading.folded)):
            if count >= MOST:
                break
            yield reading.passage(CASE_NUMBER, found.start(), found.end())
    for place in reading.marks:
        if reading.is_a(place, "caseword"):
            finding = _after_word(reading, place)
            if finding is not None:
                yield finding


def _after_word(reading: Reading, place: int) -> Finding | None:
    if reading.is_a(place + 1, "notnumber") or reading.is_a(place - 1, "notnumber"):
        return None
    start = reading.ends[place]
    after = reading.folded[start : start + _REACH]
    for found in _NUMBER.finditer(after):
        number = found[0]
        digits = sum(mark.isdigit() for mark in number)
        if digits < 3 or _YEAR.fullmatch(number.strip()):
            continue
        if not _BETWEEN.fullmatch(after[: found.start()]):
            return None
        return reading.passage(CASE_NUMBER, reading.start(place), start + found.end())
    return None
