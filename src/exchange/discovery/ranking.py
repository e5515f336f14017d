"""The exact order of candidates: BM25 over weighted fields, coverage, nearness in the title, the
exact form, the reader's language, a mild lean to the new. Pure; called by queries of this room."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from exchange.discovery import coding
from exchange.discovery.engine.base import Candidate
from exchange.discovery.plan import Alternative, Group, Plan

WEIGHTS = (10.0, 6.0, 4.0, 1.0)  # title, keywords, summary, body
_TYPICAL = (9.0, 6.0, 14.0, 90.0)  # terms in a usual field of each kind
_LEAN = (0.35, 0.6, 0.4, 0.75)  # how much a longer field counts against a match
_SATURATION = 4.0
_COVERAGE = 0.35  # the part of the score that depends on how much of the query is there
_BOTH = 0.3  # a word and another name of it count for more than the word alone
_NEAR = 0.3
_EXACT = 0.12
_OWN_LANGUAGE = 0.2
_RECENT = 0.06
_RECENT_YEARS = 4.0
_SECONDS = 365.25 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its score."""

    id: int
    score: float
    kind: str


def ranked(
    plan: Plan, candidates: Iterable[Candidate], *, reader: str, moment: datetime
) -> list[Ranked]:
    """Candidates in their final order; ties go to the newer entry. The same on every database."""
    groups = [group for group in plan.groups if group.readings or group.expansions]
    languages = {plan.language, reader}
    found = [Ranked(one.id, _score(groups, one, languages, moment), one.kind) for one in candidates]
    found = [one for one in found if one.score > 0]
    found.sort(key=lambda one: (-round(one.score, 9), -one.id))
    return found


def _score(
    groups: Sequence[Group], candidate: Candidate, languages: set[str], moment: datetime
) -> float:
    document = coding.unpacked(candidate.packed)
    spread = _spread(document.lengths)
    total = covered = possible = 0.0
    for group in groups:
        score, part = _group_score(group, document, spread)
        total += score
        if group.place + 1 == group.end:
            possible += group.rarity
            covered += group.rarity * part
    if not total:
        return 0.0
    total += _NEAR * _nearness(groups, document)
    total *= 1 - _COVERAGE + _COVERAGE * (covered / possible if possible else 1.0)
    if candidate.language in languages:
        total *= 1 + _OWN_LANGUAGE
    return total * (1 + _RECENT * _recency(candidate.published_at, moment))


def _spread(lengths: tuple[int, int, int, int]) -> tuple[float, ...]:
    return tuple(
        weight / (1 - lean + lean * length / typical)
        for weight, lean, length, typical in zip(WEIGHTS, _LEAN, lengths, _TYPICAL, strict=True)
    )


def _group_score(
    group: Group, document: coding.Document, spread: tuple[float, ...]
) -> tuple[float, float]:
    """The worth of a group in a document, and how far the document covers it (0 to 1)."""
    typed = _strength(group.readings, document, spread)
    other = _strength(group.expansions, document, spread)
    if not typed and not other:
        return 0.0, 0.0
    score = max(typed, other) + _BOTH * min(typed, other)
    if typed and group.exact in document.counts:
        score *= 1 + _EXACT
    return score, 1.0 if typed else 0.8


def _strength(
    alternatives: tuple[Alternative, ...], document: coding.Document, spread: tuple[float, ...]
) -> float:
    found = document.counts
    best = 0.0
    for one in alternatives:
        weighted = 0.0
        for key in one.keys:
            packed = found.get(key)
            if packed is None:
                weighted = 0.0
                break
            value = _weighted(packed, spread)
            weighted = value if not weighted else min(weighted, value)
        if weighted:
            best = max(best, one.worth * weighted / (weighted + _SATURATION))
    return best


def _weighted(packed: int, spread: tuple[float, ...]) -> float:
    title, keywords, summary, body = coding.counts(packed)
    return (
        title * spread[0]
        + keywords * spread[1]
        + summary * spread[2]
        + math.log1p(body) * spread[3]
    )


def _nearness(groups: Sequence[Group], document: coding.Document) -> float:
    """Neighbouring words of the query that are neighbours in the title as well."""
    if len(document.title) < 2:
        return 0.0
    places: dict[int, int] = {}
    for place, key in enumerate(document.title):
        places.setdefault(key, place)
    total = 0.0
    last: tuple[Group, int] | None = None
    for group in groups:
        at = next((places[one.keys[0]] for one in group.readings if one.keys[0] in places), None)
        if at is not None and last is not None and group.place - last[0].place <= 2:
            gap = at - last[1]
            if 0 < gap <= 2:
                total += min(group.rarity, last[0].rarity) / gap
        last = (group, at) if at is not None else None
    return total


def _recency(published_at: datetime | None, moment: datetime) -> float:
    if published_at is None:
        return 0.0
    years = max(0.0, (moment - published_at).total_seconds() / _SECONDS)
    return math.exp(-years / _RECENT_YEARS)
