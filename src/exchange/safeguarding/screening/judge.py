"""Screens one submission: which passages could point to a child, tell of danger, or are a flood.
Called by the gate of this room and by its bench. Rules and weights alone; nothing is learned."""

from __future__ import annotations

from exchange.core.gates import Outcome, Reason, Submission, Verdict
from exchange.safeguarding.screening import cases, children, contacts, spam
from exchange.safeguarding.screening.findings import DANGER, ONE_CASE, TOO_LONG, Finding
from exchange.safeguarding.screening.phrases import Match, matches
from exchange.safeguarding.screening.reading import MOST_MARKS, Reading, read

# Codes that go to a host at once: there the writer needs a person, not a form.
TO_A_HOST = frozenset({DANGER, "spam", TOO_LONG})
# Twice what the longest form takes. Beyond it a person reads, whatever the rules found before.
MOST_LETTERS = 300_000
MOST_TOLD = 40
UNLESS = "_danger.unless"
MOST_FOUND = 400


def screen(submission: Submission, *, contacts_only: bool = False) -> Verdict:
    """Pass, ask or hold, with the passages of title and text."""
    reasons: list[Reason] = []
    strong = False
    for field, words in (("title", submission.title), ("text", submission.text)):
        for finding in findings(words, submission.language, contacts_only=contacts_only):
            reasons.append(Reason(finding.code, finding.start, finding.end, field))
            strong = strong or finding.strong
    told = tuple(reasons[:MOST_TOLD])
    if any(reason.code in TO_A_HOST for reason in reasons):
        return Verdict(Outcome.HOLD, told)
    if not reasons:
        return Verdict(Outcome.PASS)
    return Verdict(Outcome.HOLD if strong else Outcome.ASK, told, noticed=told)


def findings(text: str, language: str, *, contacts_only: bool = False) -> list[Finding]:
    """What was found in one text, in the order it stands there; none inside one of its kind."""
    reading = read(text[:MOST_LETTERS], language)
    found = list(contacts.find(reading))
    if not contacts_only:
        found += _in_words(reading)
    if len(text) > MOST_LETTERS:
        found.append(Finding(TOO_LONG, MOST_LETTERS, MOST_LETTERS + 1))
    return _without_doubles(found)


def _in_words(reading: Reading) -> list[Finding]:
    too_long = []
    if len(reading.marks) > MOST_MARKS:
        place = reading.marks[MOST_MARKS]
        too_long = [reading.finding(TOO_LONG, place, place)]
        reading.marks = reading.marks[:MOST_MARKS]
    matched = list(matches(reading))
    phrases = [
        reading.finding(code, match.first, match.last)
        for match in matched
        if (code := _code(reading, match)) in (DANGER, ONE_CASE)
    ]
    return [
        *phrases[:MOST_FOUND],
        *cases.find(reading),
        *spam.find(reading, matched),
        *children.find(reading, matched),
        *too_long,
    ]


def _code(reading: Reading, match: Match) -> str:
    """ "In danger now" is advice, not news, behind an if."""
    if match.code != UNLESS:
        return match.code
    near = range(max(0, match.first - 7), match.first)
    return "" if any(reading.is_a(place, "if") for place in near) else DANGER


def _without_doubles(found: list[Finding]) -> list[Finding]:
    kept: list[Finding] = []
    ends: dict[str, int] = {}
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if one.start >= ends.get(one.code, 0):
            kept.append(one)
            ends[one.code] = one.end
    return kept
