"""How fast search answers here: whole searches with facets and snippets, beside bare questions to
the engine. Called by bench of this room."""

from __future__ import annotations

import random
import statistics
import time as clock
from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import override

from exchange.contributions.models import Contribution
from exchange.core import time
from exchange.discovery import analyser, legs, queries
from exchange.discovery import plan as planning
from exchange.discovery.engine import engine
from exchange.discovery.models import SearchEntry

ASKED = 240
_WARM = 20
_SEED = 11
_RAW_ROWS = 20

# (language of the reader, typed words, chosen filters)
Sample = tuple[str, str, dict[str, tuple[str, ...]]]


def measure() -> dict[str, Any]:
    """Milliseconds of a search at the median and the 95th percentile, and of the engine alone."""
    asked = samples()
    if not asked:
        raise LookupError("nothing is indexed here")
    whole = _timed([_search(one) for one in asked])
    bare = _timed([_raw(one) for one in asked])
    return {
        "entries": SearchEntry.objects.count(),
        "searches": len(asked) - _WARM,
        "p50_ms": _at(whole, 0.5),
        "p95_ms": _at(whole, 0.95),
        "worst_ms": round(max(whole), 1),
        "raw_p50_ms": _at(bare, 0.5),
        "raw_p95_ms": _at(bare, 0.95),
        "p50_ratio_to_raw": round(statistics.median(whole) / max(statistics.median(bare), 0.01), 1),
    }


def samples() -> list[Sample]:
    """Searches as people make them, from words of what is here: a word or three, a whole
    question, some of them narrowed. The same for the same content."""
    chance = random.Random(_SEED)  # noqa: S311 - the same searches each time
    ids = list(SearchEntry.objects.order_by("pk").values_list("pk", flat=True))
    if not ids:
        return []
    chosen = [chance.choice(ids) for _time in range(ASKED + _WARM)]
    rows = Contribution.objects.in_bulk(chosen)
    return [_sample(rows[pk], chance) for pk in chosen if pk in rows]


def _sample(row: Contribution, chance: random.Random) -> Sample:
    size = chance.choices((1, 2, 3, 9), (30, 30, 25, 15))[0]
    source = row.title if size < 9 else f"{row.title} {row.body[:400]}"
    words = [source[word.start : word.end] for word in analyser.words(source)]
    start = chance.randrange(max(1, len(words) - size + 1))
    filters: dict[str, tuple[str, ...]] = {}
    if chance.random() < 0.3:
        facet, value = chance.choice(
            [("country", row.countries), ("kind", row.kind), ("language", row.language)]
        )
        if value:
            filters[facet] = (value.split()[0],)
    return row.language, " ".join(words[start : start + size]), filters


def _search(one: Sample) -> Callable[[], object]:
    language, typed, filters = one
    moment = time.now()

    def ask() -> object:
        with override(language if language in analyser.LANGUAGES else "en"):
            return queries.search(typed=typed, filters=filters, member=None, moment=moment)

    return ask


def _raw(one: Sample) -> Callable[[], object]:
    """The newest twenty that hold any of the words: the least any search must ask the engine."""
    language, typed, filters = one
    plan = planning.read(typed, language)
    planning.weigh(plan, queries.counts_of(planning.keys(plan)))
    leg = legs.any_word(plan, filters, _RAW_ROWS)

    def ask() -> object:
        return engine().facts(leg)

    return ask


def _timed(asked: Sequence[Callable[[], object]]) -> list[float]:
    for ask in asked[:_WARM]:
        ask()
    found = []
    for ask in asked[_WARM:]:
        began = clock.perf_counter()
        ask()
        found.append((clock.perf_counter() - began) * 1000)
    return found


def _at(found: list[float], part: float) -> float:
    ordered = sorted(found)
    return round(ordered[min(len(ordered) - 1, int(part * len(ordered)))], 1)
