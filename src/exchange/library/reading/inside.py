"""The words of documents for search: all of them to be indexed, one passage to be shown.
Registered with the kind "resource" by hooks; only what anybody may read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import pairwise

from django.db.models import Case, F, IntegerField, Value, When
from django.utils.translation import gettext as _

from exchange.contributions.kinds import Passage
from exchange.core.words import number
from exchange.library.models import Reading, ReadingPart
from exchange.library.reading import queries
from exchange.library.reading.queries import View

_MOST_NEEDLES = 5
_MOST_PAIRS = 3
_SHORTEST_NEEDLE = 3
# Parts of one document that are looked at for the words following one another.
_LOOKED_AT = 3
_FEWEST_TOGETHER = 5
# Between two words of a query: no letters, or single ones, which queries are read without.
_BETWEEN = r"[\W_]+(?:[^\W_][\W_]+){0,3}"


class Documents:
    """What lies beside records: their light views."""

    def texts(self, pks: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
        """Language and words of every part that anybody may read."""
        found: dict[int, list[tuple[str, str]]] = {}
        rows = queries.public_parts(pks).order_by("reading__file__added_at", "reading", "number")
        for pk, language, text in rows.values_list(
            "reading__resource_id", "reading__language", "text"
        ):
            found.setdefault(pk, []).append((language, text))
        return found

    def passages(self, pks: Sequence[int], words: Sequence[str]) -> dict[int, Passage]:
        """The part of each record's light views where most of the words stand together."""
        needles = _needles(words)
        if not needles or not pks:
            return {}
        best = _best_parts(pks, needles)
        chosen = [part for parts in best.values() for part in parts]
        rows = ReadingPart.objects.filter(pk__in=chosen).select_related(
            "reading__file", "reading__resource"
        )
        by_id = {row.pk: row for row in rows.defer("html", "reading__contents")}
        together = _together(words)
        found = {}
        for pk, parts in best.items():
            there = [by_id[part] for part in parts if part in by_id]
            if there:
                found[pk] = _passage(there, together)
        return found


def _needles(words: Sequence[str]) -> dict[str, int]:
    """What to look for, and what finding it counts: pieces of the longest words, which are most
    likely the rarest, without the first letter, which a sentence may write large, and without the
    last ones, which may bend. Of a whole sentence, neighbours as they were typed: among many parts
    that hold all of the words, few hold these."""
    pairs = [f"{one} {other}" for one, other in pairwise(words)]
    is_sentence = len(words) >= _FEWEST_TOGETHER
    longest = sorted(dict.fromkeys(pairs), key=len)[-_MOST_PAIRS:] if is_sentence else []
    found = {pair[1:]: _MOST_NEEDLES for pair in longest}
    for word in sorted(dict.fromkeys(words), key=lambda one: -len(one)):
        piece = word[1 : max(4, len(word) - 2)] if len(word) > 4 else word
        if len(piece) >= _SHORTEST_NEEDLE or not piece.isascii():
            found.setdefault(piece, 1)
        if len(found) >= _MOST_NEEDLES:
            break
    return found


def _best_parts(pks: Sequence[int], needles: Mapping[str, int]) -> dict[int, list[int]]:
    """By record the parts that hold most of the needles, the best first; none that holds none."""
    hits: dict[str, Case] = {
        f"hit_{at}": Case(
            When(text__contains=needle, then=Value(counts)),
            default=Value(0),
            output_field=IntegerField(),
        )
        for at, (needle, counts) in enumerate(needles.items())
    }
    rows = queries.public_parts(pks).annotate(record=F("reading__resource_id"), **hits)
    ranked: dict[int, list[tuple[int, int]]] = {}
    for pk, record, *counts in rows.values_list("pk", "record", *hits):
        if held := sum(counts):
            ranked.setdefault(record, []).append((-held, pk))
    best = {}
    for record, parts in ranked.items():
        parts.sort()
        most = parts[0][0]
        best[record] = [pk for held, pk in parts if held == most][:_LOOKED_AT]
    return best


def _together(words: Sequence[str]) -> re.Pattern[str] | None:
    """Finds the words one after another, whatever stands between them but letters."""
    if len(words) < _FEWEST_TOGETHER:
        return None
    return re.compile(_BETWEEN.join(re.escape(word) for word in words), re.IGNORECASE)


def _passage(parts: Sequence[ReadingPart], together: re.Pattern[str] | None) -> Passage:
    for part in parts:
        whole = together.search(part.text) if together else None
        if whole:
            # The sentence alone: it is what is to be shown.
            start = max(0, whole.start() - 60)
            text = part.text[start : whole.end() + 160]
            place = partial(_place, part, start)
            return Passage(text, part.reading.language, place, is_whole=True)
    part = parts[0]
    return Passage(part.text, part.reading.language, partial(_place, part, 0))


def _place(part: ReadingPart, start: int, at: int) -> tuple[str, str]:
    """Where a place of the passage is, in words, and the address to read on there."""
    reading = part.reading
    url = _url(reading, part.number)
    if not part.first_page:
        return _("in the text"), url
    page = part.first_page + part.text[: start + at].count("\f")
    anchor = f"#p{page}" if page > part.first_page else ""
    return _("in the text, page %(number)s") % {"number": number(page)}, url + anchor


def _url(reading: Reading, part: int) -> str:
    if reading.resource is None:
        return ""
    return View(reading.file, reading, reading.resource, is_first=False).part_url(part)
