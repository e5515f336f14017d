"""Counting what was found by kind, topic, country and so on. A facet's own filter does not narrow
its own counts. Called by queries of this room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain

from exchange.discovery import legs
from exchange.discovery.engine import engine
from exchange.discovery.engine.base import FACTS
from exchange.discovery.plan import Plan

COUNTED_AT_MOST = 5_000
_SEVERAL = ("topic", "country", "type")
_OWN_COUNTS_AT_MOST = 3

Row = tuple[object, ...]
Counts = dict[str, dict[str, int]]


def counted(plan: Plan, filters: legs.Filters) -> tuple[int, Counts, dict[str, int]]:
    """How many were found (at most COUNTED_AT_MOST), the counts of each facet, and for each
    chosen filter how many there would be without it (under "", without any of several)."""
    if not any(filters.values()):
        rows = _facts(plan, {})
        return len(rows), {facet: _count(rows, facet) for facet in FACTS}, {}
    if legs.any_word(plan, {}, 1).expected <= COUNTED_AT_MOST:
        return _from_all(_facts(plan, {}), filters)
    return _one_by_one(plan, filters)


def _facts(plan: Plan, filters: legs.Filters, without: str = "") -> list[Row]:
    leg = legs.any_word(plan, filters, COUNTED_AT_MOST, without=without)
    return engine().facts(leg)


def _from_all(rows: list[Row], filters: legs.Filters) -> tuple[int, Counts, dict[str, int]]:
    """All counts from one reading: every row says which of the filters it does not pass."""
    missed = [_missed(row, filters) for row in rows]
    inside = [row for row, names in zip(rows, missed, strict=True) if not names]
    counts: Counts = {}
    without: dict[str, int] = {"": len(rows)} if len(filters) > 1 else {}
    for facet in FACTS:
        if filters.get(facet):
            nearly = [r for r, names in zip(rows, missed, strict=True) if not names - {facet}]
            counts[facet] = _count(nearly, facet)
            without[facet] = len(nearly)
        else:
            counts[facet] = _count(inside, facet)
    return len(inside), counts, without


def _one_by_one(plan: Plan, filters: legs.Filters) -> tuple[int, Counts, dict[str, int]]:
    rows = _facts(plan, filters)
    counts = {facet: _count(rows, facet) for facet in FACTS}
    without: dict[str, int] = {}
    chosen = [facet for facet in FACTS if filters.get(facet)]
    for facet in chosen[:_OWN_COUNTS_AT_MOST]:
        others = _facts(plan, filters, without=facet)
        counts[facet] = _count(others, facet)
        without[facet] = len(others)
    return len(rows), counts, without


def _missed(row: Row, filters: legs.Filters) -> set[str]:
    missed = set()
    for facet, wanted in filters.items():
        if not wanted:
            continue
        value = str(row[FACTS.index(facet)])
        values = value.split() if facet in _SEVERAL else [value]
        if not set(values) & set(wanted):
            missed.add(facet)
    return missed


def _count(rows: Sequence[Row], facet: str) -> dict[str, int]:
    place = FACTS.index(facet)
    column = [row[place] for row in rows]
    if facet in _SEVERAL:
        return dict(Counter(chain.from_iterable(map(str.split, map(str, column)))))
    found: Mapping[object, int] = Counter(column)
    return {str(value): count for value, count in found.items() if value}
