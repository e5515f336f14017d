"""The exact order of candidates: BM25 over weighted fields, coverage, nearness in the title, the
exact form, the reader's language, a mild lean to the new. Pure; called by queries of this room."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from exchange.discovery import coding
from exchange.discovery.engine.base import Candidate
from exchange.discovery.plan import Group, Plan

WEIGHTS = (10.0, 6.0, 4.0, 1.0)  # title, keywords, summary, body
_TYPICAL = (9.0, 6.0, 14.0, 90.0)  # terms in a usual field of each kind
_LEAN = (0.35, 0.6, 0.4, 0.75)  # how much a longer field counts against a match
# From here on a body is a document: ten times as long, it is not ten times as vague.
_LONG = 400
_SATURATION = 4.0
_COVERAGE = 0.35  # the part of the score that depends on how much of the query is there
_BOTH = 0.3  # a word and another name of it count for more than the word alone
_NEAR = 0.3
_CLOSE = 2
_EXACT = 0.12
_COVERED_BY_OTHER = 0.8
_OWN_LANGUAGE = 0.2
_RECENT = 0.06
_RECENT_YEARS = 4.0
_SECONDS = 365.25 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its score."""

    id: int
    score: float
    # The part of the query's words, by their rarity, that stands there as typed.
    holds: float = 0.0


def ranked(
    plan: Plan, candidates: Iterable[Candidate], *, reader: str, moment: datetime
) -> list[Ranked]:
    """Candidates in their final order; ties go to the newer entry. The same on every database."""
    scale = _Scale(plan.asked, {plan.language, reader}, moment)
    found = [Ranked(one.id, *scale.score(one)) for one in candidates]
    found = [one for one in found if one.score > 0]
    found.sort(key=lambda one: (-round(one.score, 9), -one.id))
    return found


class _Scale:
    """A query laid out by keys, so that a document is weighed by what it holds of them alone."""

    def __init__(self, groups: Sequence[Group], languages: set[str], moment: datetime) -> None:
        self.groups = groups
        self.languages = languages
        self.moment = moment
        # By key: the groups it stands for alone, whether as typed, and what it is worth.
        self.single: dict[int, list[tuple[int, bool, float]]] = {}
        self.several: list[tuple[tuple[int, ...], int, float]] = []
        self.possible = 0.0
        for at, group in enumerate(groups):
            for one in group.readings:
                self.single.setdefault(one.keys[0], []).append((at, True, one.worth))
            for one in group.expansions:
                if len(one.keys) == 1:
                    self.single.setdefault(one.keys[0], []).append((at, False, one.worth))
                else:
                    self.several.append((one.keys, at, one.worth))
            if group.is_word:
                self.possible += group.rarity
        self.wanted = {
            *self.single,
            *(key for keys, _at, _worth in self.several for key in keys),
            *(group.exact for group in groups),
        }
        self.first = {one.keys[0]: at for at, group in enumerate(groups) for one in group.readings}

    def score(self, candidate: Candidate) -> tuple[float, float]:
        """What a candidate is worth (0 when it holds nothing of the query), and how much of the
        query it holds."""
        document = coding.unpacked(candidate.packed, self.wanted)
        typed, other = self._strengths(document)
        total = covered = 0.0
        for at, group in enumerate(self.groups):
            first, second = typed[at], other[at]
            if not first and not second:
                continue
            score = max(first, second) + _BOTH * min(first, second)
            if first and group.exact in document.counts:
                score *= 1 + _EXACT
            total += score
            if group.is_word:
                covered += group.rarity * (1.0 if first else _COVERED_BY_OTHER)
        if not total:
            return 0.0, 0.0
        total += _NEAR * self._nearness(document)
        holds = covered / self.possible if self.possible else 1.0
        total *= 1 - _COVERAGE + _COVERAGE * holds
        if candidate.language in self.languages:
            total *= 1 + _OWN_LANGUAGE
        return total * (1 + _RECENT * _recency(candidate.published_at, self.moment)), holds

    def _strengths(self, document: coding.Document) -> tuple[list[float], list[float]]:
        """For each group the worth of the best of what was typed, and of its other names."""
        typed, other = [0.0] * len(self.groups), [0.0] * len(self.groups)
        spread = _spread(document.lengths)
        weighed: dict[int, float] = {}
        for key, packed in document.counts.items():
            weighed[key] = value = _weighted(packed, spread)
            part = value / (value + _SATURATION)
            for at, as_typed, worth in self.single.get(key, ()):
                side = typed if as_typed else other
                side[at] = max(side[at], worth * part)
        for keys, at, worth in self.several:
            value = min(weighed.get(key, 0.0) for key in keys)
            if value:
                other[at] = max(other[at], worth * value / (value + _SATURATION))
        return typed, other

    def _nearness(self, document: coding.Document) -> float:
        """Neighbouring words of the query that are neighbours in the title as well."""
        places: dict[int, int] = {}
        for place, key in enumerate(document.title):
            if key in self.first:
                places.setdefault(self.first[key], place)
        if len(places) < 2:
            return 0.0
        total = 0.0
        for at, place in places.items():
            before = places.get(at - 1)
            group, last = self.groups[at], self.groups[at - 1]
            if before is not None and group.place - last.place <= _CLOSE:
                gap = place - before
                if 0 < gap <= _CLOSE:
                    total += min(group.rarity, last.rarity) / gap
        return total


def _spread(lengths: tuple[int, int, int, int]) -> tuple[float, ...]:
    title, keywords, summary, body = lengths
    felt = body if body <= _LONG else _LONG * (1 + math.log(body / _LONG))
    counted = (title, keywords, summary, felt)
    return tuple(
        weight / (1 - lean + lean * length / typical)
        for weight, lean, length, typical in zip(WEIGHTS, _LEAN, counted, _TYPICAL, strict=True)
    )


def _weighted(packed: int, spread: tuple[float, ...]) -> float:
    title, keywords, summary, body = coding.counts(packed)
    weighted = title * spread[0] + keywords * spread[1] + summary * spread[2]
    return weighted + math.log1p(body) * spread[3] if body else weighted


def _recency(published_at: datetime | None, moment: datetime) -> float:
    if published_at is None:
        return 0.0
    years = max(0.0, (moment - published_at).total_seconds() / _SECONDS)
    return math.exp(-years / _RECENT_YEARS)
