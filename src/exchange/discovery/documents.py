"""From a contribution to what search keeps of it: packed terms, filters, the words it brings.
Called by actions of this room; reads kinds, writes nothing."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from exchange.contributions import kinds, renderings
from exchange.contributions.models import ContextTerm, Contribution
from exchange.contributions.renderings import Rendering
from exchange.discovery import analyser, coding
from exchange.discovery.models import SearchEntry

_MOST = (60, 200, 200, 5_000)
# Of long texts beside a contribution (the words of a document), and how many of these are read at
# once; a word must come again to be one that searches are completed and mended to.
_MOST_INSIDE = 60_000
_INSIDE_AT_ONCE = 20
_TIMES_TO_BE_KNOWN = 3


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
    made = []
    source = iter(_full(contributions))
    while some := list(islice(source, _INSIDE_AT_ONCE)):
        inside = _inside(some)
        carried = renderings.public_texts(some)
        made += [
            _prepared(one, terms[one.pk], inside.get(one.pk, []), carried.get(one.pk, []))
            for one in some
        ]
    return made


def _inside(rows: Sequence[Contribution]) -> dict[int, list[tuple[str, str]]]:
    """The long texts beside these rows, one question a kind."""
    by_kind: dict[str, list[int]] = {}
    for row in rows:
        by_kind.setdefault(row.kind, []).append(row.pk)
    found: dict[int, list[tuple[str, str]]] = {}
    for slug, pks in by_kind.items():
        if inside := kinds.get(slug).inside:
            found.update(inside.texts(pks))
    return found


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


def _prepared(
    row: Contribution,
    terms: list[str],
    inside: Sequence[tuple[str, str]] = (),
    carried: Sequence[Rendering] = (),
) -> Prepared:
    language = row.language.split("-")[0]
    text = kinds.get(row.kind).search_text(row)
    packer = coding.Packer()
    words: dict[int, tuple[str, str]] = {}
    fields = (text.title, text.keywords, text.summary, text.body)
    for place, value in enumerate(fields):
        _add(packer, words, place, analyser.written(value)[: _MOST[place]], language)
    _add_inside(packer, words, inside)
    _add_carried(packer, words, carried)
    entry = _entry(row, [*terms, *(f"language:{one.language}" for one in carried)])
    # The facts are terms as well: their counts tell how narrow a filter is.
    for token in dict.fromkeys([*entry.facts.split(), f"language:{language}"]):
        packer.add(1, coding.key(token))
    filters = [coding.key(token) for token in entry.facts.split()]
    return Prepared(entry, packer.packed(), filters, words)


def _add(
    packer: coding.Packer,
    words: dict[int, tuple[str, str]],
    place: int,
    written: list[str],
    language: str,
) -> None:
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


def _add_inside(
    packer: coding.Packer,
    words: dict[int, tuple[str, str]],
    inside: Sequence[tuple[str, str]],
) -> None:
    """Long texts count as body, each by the rules of its own language."""
    left = _MOST_INSIDE
    known: Counter[int] = Counter()
    forms: dict[int, tuple[str, str]] = {}
    for language, text in inside:
        base = language.split("-")[0]
        written = analyser.written(text)[:left]
        left -= len(written)
        for word, times in Counter(written).items():
            for key, _exact, form, rules in _keys(word, base):
                known[key] += times
                forms.setdefault(key, (form, rules))
        if left <= 0:
            break
    for key, times in known.items():
        packer.add(3, key, times)
        if times >= _TIMES_TO_BE_KNOWN:
            words.setdefault(key, forms[key])
    packer.lengths[3] += known.total()


def _add_carried(
    packer: coding.Packer, words: dict[int, tuple[str, str]], carried: Sequence[Rendering]
) -> None:
    """A translation is found by its own words in its own language: its title as a summary."""
    for one in carried:
        language = one.language.split("-")[0]
        for place, text in ((2, one.title), (3, one.whole)):
            _add(packer, words, place, analyser.written(text)[: _MOST[place]], language)


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
