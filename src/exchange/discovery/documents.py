"""From a contribution to what search keeps of it: packed terms, filters, the words it brings.
Called by actions of this room; reads kinds, writes nothing."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from exchange.contributions import kinds
from exchange.contributions.models import ContextTerm, Contribution
from exchange.discovery import analyser, coding
from exchange.discovery.models import SearchEntry

_MOST = (60, 200, 200, 5_000)


@dataclass(slots=True)
class Prepared:
    """Everything to be written for one entry."""

    entry: SearchEntry
    packed: bytes
    filters: list[int]
    words: dict[int, tuple[str, str]] = field(default_factory=dict)


@lru_cache(maxsize=131_072)
def _keys(written: str, language: str) -> tuple[tuple[int, int, str, str], ...]:
    """What a written word brings: term key, exact key (0 when the stem says it all), its form
    and whose rules it follows. Nothing for a stop word; several for scripts without spaces."""
    found = []
    for word in analyser.words(written):
        term = analyser.term(word.form, language)
        if term is not None:
            exact = coding.key("=" + word.form) if term.is_stem else 0
            found.append((coding.key(term.token), exact, word.form, term.token[:2]))
    return tuple(found)


def prepare(contributions: Sequence[Contribution]) -> list[Prepared]:
    """What to keep of contributions, in few queries however many they are."""
    terms: dict[int, list[str]] = {one.pk: [] for one in contributions}
    rows = ContextTerm.objects.filter(contribution__in=list(terms)).order_by("pk")
    for pk, key in rows.values_list("contribution_id", "term_id"):
        terms[pk].append(key)
    return [_prepared(one, terms[one.pk]) for one in _full(contributions)]


def _full(contributions: Sequence[Contribution]) -> Iterable[Contribution]:
    """The rows of the kinds' own models, one query a kind."""
    by_kind: dict[str, list[Contribution]] = {}
    for one in contributions:
        by_kind.setdefault(one.kind, []).append(one)
    for slug, rows in by_kind.items():
        first = kinds.get(slug).full(rows[0])
        yield first
        if type(first) is Contribution:
            yield from rows[1:]
        else:
            found = type(first)._default_manager.in_bulk([row.pk for row in rows[1:]])
            yield from found.values()


def _prepared(row: Contribution, terms: list[str]) -> Prepared:
    language = row.language.split("-")[0]
    text = kinds.get(row.kind).search_text(row)
    packer = coding.Packer()
    words: dict[int, tuple[str, str]] = {}
    fields = (text.title, text.keywords, text.summary, text.body)
    for place, value in enumerate(fields):
        _add(packer, words, place, value, language)
    entry = _entry(row, terms)
    # The facts are terms as well: their counts tell how narrow a filter is.
    for token in dict.fromkeys([*entry.facts.split(), f"language:{language}"]):
        packer.add(1, coding.key(token))
    filters = [coding.key(token) for token in entry.facts.split()]
    return Prepared(entry, packer.packed(), filters, words)


def _add(
    packer: coding.Packer, words: dict[int, tuple[str, str]], place: int, text: str, language: str
) -> None:
    written = analyser.written(text)[: _MOST[place]]
    if place == 0:
        keys = (key for word in written for key, *_rest in _keys(word, language))
        packer.title.extend(keys)
    count = 0
    for word, times in Counter(written).items():
        for key, exact, form, rules in _keys(word, language):
            count += times
            packer.add(place, key, times)
            if not exact:
                words[key] = (form, rules)
            elif place < 3:
                packer.add(place, exact, times)
                words[exact] = (form, rules)
    packer.lengths[place] += count


def _entry(row: Contribution, terms: list[str]) -> SearchEntry:
    shared = row.published_at.year if row.published_at else 0
    # A kind whose things were made elsewhere says in which year; 0 is undated.
    year = getattr(row, "year", shared) or 0
    facts = [f"kind:{row.kind}", f"language:{row.language}", *([f"year:{year}"] if year else [])]
    return SearchEntry(
        contribution_id=row.pk,
        kind=row.kind,
        language=row.language,
        facts=" ".join(dict.fromkeys([*facts, *terms])),
        published_at=row.published_at,
    )


def filters_packed(filters: list[int]) -> bytes:
    """Filter keys as bytes."""
    return array("Q", filters).tobytes()


def filters_of(packed: bytes) -> list[int]:
    """Filter keys from bytes."""
    found = array("Q")
    found.frombytes(packed)
    return list(found)
