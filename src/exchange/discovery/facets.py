"""Counting what was found by kind, topic, country and so on. A facet's own filter does not narrow
its own counts. Called by queries of this room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from exchange.discovery import legs
from exchange.discovery.engine import engine
from exchange.discovery.plan import Plan

COUNTED_AT_MOST = 5_000
FACETS = ("kind", "topic", "country", "leadership", "language", "type", "year")
_OWN_COUNTS_AT_MOST = 3

Counts = dict[str, dict[str, int]]


def counted(plan: Plan, filters: legs.Filters) -> tuple[int, Counts, dict[str, int]]:
    """How many were found (at most COUNTED_AT_MOST), the counts of each facet, and for each
    chosen filter how many there would be without it (under "", without any of several)."""
    if not any(filters.values()):
        rows = _facts(plan, {})
        return len(rows), _count(rows), {}
    if legs.at_most(plan) <= COUNTED_AT_MOST:
        return _from_all(_facts(plan, {}), filters)
    return _one_by_one(plan, filters)


def _facts(plan: Plan, filters: legs.Filters, without: str = "") -> list[str]:
    leg = legs.any_word(plan, filters, COUNTED_AT_MOST, without=without)
    return engine().facts(leg)


def _from_all(rows: list[str], filters: legs.Filters) -> tuple[int, Counts, dict[str, int]]:
    """All counts from one reading: every row says which of the filters it does not pass."""
    wanted = {facet: {f"{facet}:{value}" for value in values} for facet, values in filters.items()}
    by_missed: dict[tuple[str, ...], list[str]] = {}
    for row in rows:
        here = set(row.split())
        missed = tuple(facet for facet, values in wanted.items() if not here & values)
        by_missed.setdefault(missed, []).append(row)
    inside = by_missed.get((), [])
    counts = _count(inside)
    without: dict[str, int] = {"": len(rows)} if len(filters) > 1 else {}
    for facet in filters:
        nearly = inside + by_missed.get((facet,), [])
        counts[facet] = _count(nearly)[facet]
        without[facet] = len(nearly)
    return len(inside), counts, without


def _one_by_one(plan: Plan, filters: legs.Filters) -> tuple[int, Counts, dict[str, int]]:
    rows = _facts(plan, filters)
    counts = _count(rows)
    without: dict[str, int] = {}
    for facet in list(filters)[:_OWN_COUNTS_AT_MOST]:
        others = _facts(plan, filters, without=facet)
        counts[facet] = _count(others)[facet]
        without[facet] = len(others)
    return len(rows), counts, without


def _count(rows: Sequence[str]) -> Counts:
    counts: Counts = {facet: {} for facet in FACETS}
    # One long text is split and counted without a step of Python for each row.
    for token, count in Counter(" ".join(rows).split()).items():
        facet, _colon, value = token.partition(":")
        if facet in counts:
            counts[facet][value] = count
    return counts
