"""The words of documents for search: all of them to be indexed, one passage to be shown.
Registered with the kind "resource" by hooks; only what anybody may read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import islice

from django.db.models import Case, F, IntegerField, Q, Value, When
from django.utils.translation import gettext as _

from exchange.contributions.kinds import Passage
from exchange.core.words import number
from exchange.library.models import Reading, ReadingPart
from exchange.library.reading import queries
from exchange.library.reading.queries import View

_MOST_NEEDLES = 5
_SHORTEST_NEEDLE = 3
# So many words in a row are no chance; parts that are looked at for them.
_FEWEST_TOGETHER = 5
_LOOKED_AT = 40
_SHORTEST_RUN = 12
_BEFORE, _AFTER = 60, 160
_WINDOW = 900
_MOST_HITS = 200
_WORD = re.compile(r"\w+")
_BETWEEN = r"[\W_]+"
_RUN = re.compile(r"\w+(?:[ '’-]\w+){1,3}")


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

    def passages(self, pks: Sequence[int], typed: str) -> dict[int, Passage]:
        """The part of each record's light views where most of the words stand, or all in a row."""
        found = self.holding(pks, typed)
        left = [pk for pk in pks if pk not in found]
        needles = _needles(typed)
        best = _best_parts(left, needles) if left else {}
        for part in _loaded(best.values()):
            start = _thickest(part.text, needles)
            stretch = part.text[start : start + _WINDOW]
            place = partial(_place, part, start)
            found[_record_of(part)] = Passage(stretch, part.reading.language, place)
        return found

    def holding(self, pks: Sequence[int], typed: str) -> dict[int, Passage]:
        """Those in which the words follow one another: the stretch around them."""
        words = _WORD.findall(typed)
        pieces = _pieces(typed)
        if len(words) < _FEWEST_TOGETHER or not pieces or not pks:
            return {}
        together = re.compile(_BETWEEN.join(map(re.escape, words)), re.IGNORECASE)
        some = Q(*(("text__contains", piece) for piece in pieces), _connector=Q.OR)
        rows = queries.public_parts(pks).filter(some).order_by("-reading__resource_id", "number")
        found: dict[int, Passage] = {}
        for part in _loaded(rows.values_list("pk", flat=True)[:_LOOKED_AT]):
            whole = together.search(part.text)
            if whole:
                start = max(0, whole.start() - _BEFORE)
                stretch = part.text[start : whole.end() + _AFTER]
                place = partial(_place, part, start)
                passage = Passage(stretch, part.reading.language, place, is_whole=True)
                found.setdefault(_record_of(part), passage)
        return found


def _needles(typed: str) -> list[str]:
    """Pieces of the longest words, which are most likely the rarest: without the first letter,
    which a sentence may write large, and without the last ones, which may bend."""
    found: dict[str, None] = {}
    for word in sorted(dict.fromkeys(_WORD.findall(typed)), key=lambda one: -len(one)):
        piece = word[1 : max(4, len(word) - 2)] if len(word) > 4 else word
        if len(piece) >= _SHORTEST_NEEDLE or not piece.isascii():
            found[piece] = None
    return list(found)[:_MOST_NEEDLES]


def _pieces(typed: str) -> list[str]:
    """The two longest runs of a few words, as they were typed: few parts hold either of them."""
    runs = [found[0] for found in _RUN.finditer(" ".join(typed.split()))]
    longest = sorted(dict.fromkeys(runs), key=len, reverse=True)[:2]
    return [run[1:] for at, run in enumerate(longest) if not at or len(run) > _SHORTEST_RUN]


def _best_parts(pks: Sequence[int], needles: Sequence[str]) -> dict[int, int]:
    """By record the part that holds most of the needles; none that holds none."""
    if not needles:
        return {}
    hits: dict[str, Case] = {
        f"hit_{at}": Case(
            When(text__contains=needle, then=Value(1)),
            default=Value(0),
            output_field=IntegerField(),
        )
        for at, needle in enumerate(needles)
    }
    rows = queries.public_parts(pks).annotate(record=F("reading__resource_id"), **hits)
    best: dict[int, tuple[int, int]] = {}
    for pk, record, *counts in rows.order_by("number").values_list("pk", "record", *hits):
        held = sum(counts)
        if held and held > best.get(record, (0, 0))[0]:
            best[record] = (held, pk)
    return {record: pk for record, (_held, pk) in best.items()}


def _thickest(text: str, needles: Sequence[str]) -> int:
    """Where the window begins in which most of the needles stand."""
    folded = text.lower()
    hits = sorted(
        (found.start(), at)
        for at, needle in enumerate(needles)
        for found in islice(re.finditer(re.escape(needle.lower()), folded), _MOST_HITS)
    )
    best, best_at = 0, 0
    first = 0
    for last, (end, _at) in enumerate(hits):
        while hits[first][0] < end - _WINDOW // 2:
            first += 1
        if (held := len({at for _place_of, at in hits[first : last + 1]})) > best:
            best, best_at = held, hits[first][0]
    begins = max(0, best_at - _BEFORE)
    # Not in the middle of a word.
    return text.find(" ", begins) + 1 if begins else 0


def _loaded(pks: Iterable[int]) -> Iterable[ReadingPart]:
    """These parts with their words, and whose they are."""
    rows = ReadingPart.objects.filter(pk__in=list(pks))
    rows = rows.select_related("reading__file", "reading__resource")
    return rows.defer("html", "reading__contents").order_by("pk")


def _record_of(part: ReadingPart) -> int:
    return part.reading.resource_id or 0


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
