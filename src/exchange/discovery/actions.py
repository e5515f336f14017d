"""Keeping the index true: put in, take out, make anew. Everything happens in one transaction.
Called by hooks, the `reindex` command, imports and the generator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice

from django.db import connection, transaction

from exchange.contributions.models import Contribution
from exchange.discovery import coding, documents
from exchange.discovery.engine import engine
from exchange.discovery.models import Neighbour, SearchEntry, SearchTerms, Vocabulary
from exchange.discovery.spelling import spellings

BATCH = 2_000
_COUNT = (
    "INSERT INTO discovery_vocabulary (key, found_in, titles, word, language)"
    " VALUES (%s, %s, %s, %s, %s) ON CONFLICT (key) DO UPDATE SET"
    " found_in = discovery_vocabulary.found_in + excluded.found_in,"
    " titles = discovery_vocabulary.titles + excluded.titles,"
    " word = CASE WHEN discovery_vocabulary.word = '' THEN excluded.word"
    " ELSE discovery_vocabulary.word END,"
    " language = CASE WHEN discovery_vocabulary.language = '' THEN excluded.language"
    " ELSE discovery_vocabulary.language END"
)
_NEAR = "INSERT INTO discovery_neighbour (spelling, word) VALUES (%s, %s) ON CONFLICT DO NOTHING"
_FAR = "DELETE FROM discovery_neighbour WHERE spelling = %s AND word = %s"
_COLUMNS = [str(field.column) for field in SearchEntry._meta.concrete_fields]
_ENTRY = (
    f"INSERT INTO discovery_searchentry ({', '.join(_COLUMNS)})"  # noqa: S608 - fixed names
    f" VALUES ({', '.join(['%s'] * len(_COLUMNS))})"
)
_TERMS = "INSERT INTO discovery_searchterms (entry_id, packed, filters) VALUES (%s, %s, %s)"
_ASKED_AT_ONCE = 5_000
_SHORTEST, _LONGEST = 4, 20


def index_many(contributions: Iterable[Contribution]) -> int:
    """Put contributions into the index, anew where they are in it; those that are not listed are
    taken out. Returns how many are in it now."""
    count = 0
    source = iter(contributions)
    while batch := list(islice(source, BATCH)):
        with transaction.atomic():
            keys = _take_out([one.pk for one in batch])
            count += _put_in([one for one in batch if one.state == "published"])
            _forget_words(keys)
    return count


def remove_many(ids: Sequence[int]) -> None:
    """Take contributions out of the index, and the words only they had out of the vocabulary;
    those that are not in it do not matter."""
    with transaction.atomic():
        _forget_words(_take_out(ids))


def rebuild(*, fresh: bool = False) -> int:
    """Index everything that is listed. Without `fresh` the old index answers until each batch is
    replaced; with it the index is emptied first, which is several times faster."""
    if fresh:
        clear()
    listed = Contribution.objects.listed().order_by("pk")
    with loading(into_empty=fresh):
        count = index_many(_in_batches(listed))
    _forget_the_gone()
    return count


def clear() -> None:
    """Empty the index and all that belongs to it."""
    with transaction.atomic():
        engine().clear()
        for model in (SearchTerms, SearchEntry, Neighbour, Vocabulary):
            model.objects.all()._raw_delete("default")


@contextmanager
def loading(*, into_empty: bool = False) -> Iterator[None]:
    """Around a bulk load: the engine may put off its own bookkeeping until the end."""
    if into_empty:
        engine().begin_load()
    try:
        yield
    finally:
        if into_empty:
            engine().end_load()
    engine().settle()


def _in_batches(rows: object) -> Iterator[Contribution]:
    """Rows by their keys, a batch at a time: no cursor stays open over the writes between."""
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):  # type: ignore[attr-defined]
        yield from batch
        last = batch[-1].pk


def _forget_the_gone() -> None:
    """Take out what is in the index and no longer listed."""
    while True:
        gone = list(
            SearchEntry.objects.exclude(contribution__state="published").values_list(
                "pk", flat=True
            )[:BATCH]
        )
        if not gone:
            return
        remove_many(gone)


def _take_out(ids: Sequence[int]) -> set[int]:
    """The keys of the vocabulary that now count less."""
    rows = [
        (pk, bytes(packed), documents.filters_of(bytes(filters)))
        for pk, packed, filters in SearchTerms.objects.filter(entry__in=ids).values_list(
            "entry_id", "packed", "filters"
        )
    ]
    if not rows:
        return set()
    engine().remove([(pk, coding.index_words(packed, filters)) for pk, packed, filters in rows])
    SearchTerms.objects.filter(entry__in=ids).delete()
    SearchEntry.objects.filter(pk__in=ids).delete()
    _count([packed for _pk, packed, _filters in rows], sign=-1, words={})
    return {key for _pk, packed, _filters in rows for key in coding.keys(packed)[0]}


def _forget_words(keys: set[int]) -> None:
    """A word that stands nowhere any more is no word of ours, nor is it near another. The row
    with key 0 counts the entries and stays."""
    asked = sorted(keys - {0})
    for start in range(0, len(asked), _ASKED_AT_ONCE):
        gone = Vocabulary.objects.filter(
            pk__in=asked[start : start + _ASKED_AT_ONCE], found_in__lte=0
        )
        words = set(gone.exclude(word="").values_list("word", flat=True))
        gone.delete()
        words -= set(Vocabulary.objects.filter(word__in=words).values_list("word", flat=True))
        rows = [(spelling, word) for word in sorted(words) for spelling in sorted(spellings(word))]
        with connection.cursor() as cursor:
            cursor.executemany(_FAR, rows)


def _put_in(contributions: Sequence[Contribution]) -> int:
    if not contributions:
        return 0
    prepared = sorted(documents.prepare(contributions), key=lambda one: one.entry.pk)
    with connection.cursor() as cursor:
        # bulk_create would take longer than all the rest of the writing.
        cursor.executemany(_ENTRY, [_entry_values(one.entry) for one in prepared])
        cursor.executemany(
            _TERMS,
            [(one.entry.pk, one.packed, documents.filters_packed(one.filters)) for one in prepared],
        )
    engine().add(
        [
            (one.entry.pk, coding.index_words(one.packed, one.filters), one.entry.facts)
            for one in prepared
        ]
    )
    words: dict[int, tuple[str, str]] = {}
    for one in prepared:
        words.update(one.words)
    _add_neighbours(words)
    _count([one.packed for one in prepared], sign=1, words=words)
    return len(prepared)


def _entry_values(entry: SearchEntry) -> tuple[str | int | datetime | None, ...]:
    return tuple(
        field.get_db_prep_save(getattr(entry, field.attname), connection)
        for field in SearchEntry._meta.concrete_fields
    )


def _count(packed: Sequence[bytes], *, sign: int, words: dict[int, tuple[str, str]]) -> None:
    """Add to or take from the vocabulary what some entries hold."""
    found: Counter[int] = Counter({0: len(packed)})
    titles: Counter[int] = Counter()
    for one in packed:
        everywhere, in_title = coding.keys(one)
        found.update(everywhere)
        titles.update(in_title)
    # In one order everywhere, so that two workers never wait for each other in a circle.
    rows = [
        (key, sign * found[key], sign * titles[key], *words.get(key, ("", "")))
        for key in sorted(found)
    ]
    with connection.cursor() as cursor:
        cursor.executemany(_COUNT, rows)


def _add_neighbours(words: dict[int, tuple[str, str]]) -> None:
    """Near spellings of words that are new to the vocabulary."""
    known = _known(list(words))
    fresh = {word for key, (word, _language) in words.items() if key not in known}
    rows = [
        (spelling, word)
        for word in sorted(fresh)
        if _SHORTEST <= len(word) <= _LONGEST and not any(c.isdecimal() for c in word)
        for spelling in sorted(spellings(word))
    ]
    with connection.cursor() as cursor:
        cursor.executemany(_NEAR, rows)


def _known(keys: list[int]) -> set[int]:
    """Which of these keys the vocabulary already has as words."""
    found: set[int] = set()
    with connection.cursor() as cursor:
        for start in range(0, len(keys), _ASKED_AT_ONCE):
            numbers = ",".join(map(str, keys[start : start + _ASKED_AT_ONCE]))
            cursor.execute(
                "SELECT key FROM discovery_vocabulary"  # noqa: S608 - numbers we made ourselves
                f" WHERE word <> '' AND key IN ({numbers})"
            )
            found.update(key for (key,) in cursor.fetchall())
    return found
