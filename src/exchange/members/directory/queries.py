"""Finding people who chose to be found: filters that combine, counts, pages.
Called by the view of the directory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet

from exchange.core.paging import PAGE_SIZE, Page
from exchange.core.remembering import remembered
from exchange.core.time import now
from exchange.members import apart
from exchange.members.directory import rules
from exchange.members.models import Member, Trait

# The filters of the page, in its order.
FACETS = (Trait.What.COUNTRY, Trait.What.TOPIC, Trait.What.SETTING, Trait.What.LANGUAGE)
# Up to so many people who fit, the other filters say how many of them they leave.
COUNTED_AT_MOST = 400


@dataclass(frozen=True)
class Wish:
    """Whom somebody looks for: one value of each facet, words, settings like their own."""

    facets: Mapping[str, str] = field(default_factory=dict)
    words: str = ""
    like: tuple[str, ...] = ()

    @property
    def is_any(self) -> bool:
        return not (self.facets or self.words or self.like)


def people(wish: Wish, reader: object) -> QuerySet[Member]:
    """Everybody who fits all of it, by what this reader may see of them; the newest first."""
    rows: QuerySet[Member] = Member.objects.active().filter(
        _has(reader, Trait.What.HERE, [""]), is_listed=True
    )
    rows = rows.exclude(paused_until__gt=now())
    for what, value in wish.facets.items():
        rows = rows.filter(_has(reader, what, [value]))
    for stem in rules.stems(wish.words)[: rules.ASKED_AT_MOST]:
        rows = rows.filter(_has(reader, Trait.What.WORD, [stem]))
    if wish.like:
        rows = rows.filter(_has(reader, Trait.What.SETTING, wish.like))
    if isinstance(reader, Member):
        hidden = {*apart.from_(reader), *([reader.pk] if wish.like else [])}
        rows = rows.exclude(pk__in=hidden) if hidden else rows
    return rows.order_by("-pk")


def page(rows: QuerySet[Member], *, after: str = "", before: str = "") -> Page[Member]:
    """A page of people after or before a number; what is no number counts as none."""
    older, newer = _number(after), _number(before)
    if newer and not older:
        found = list(rows.filter(pk__gt=newer).order_by("pk")[: PAGE_SIZE + 1])
        more, found = len(found) > PAGE_SIZE, list(reversed(found[:PAGE_SIZE]))
        if found:
            newest = str(found[0].pk) if more else ""
            return Page(found, older=str(found[-1].pk), newer=newest, is_first=not more)
        older = 0
    found = list((rows.filter(pk__lt=older) if older else rows)[: PAGE_SIZE + 1])
    more, found = len(found) > PAGE_SIZE, found[:PAGE_SIZE]
    return Page(
        found,
        older=str(found[-1].pk) if more else "",
        newer=str(found[0].pk) if older and found else "",
        is_first=not older,
    )


def counted(wish: Wish, reader: object) -> dict[str, list[tuple[str, int | None]]]:
    """The values there are among those who fit, the most frequent first, with how many; without
    when so many fit that counting them for this wish alone would take long."""
    if wish.is_any:
        return _all(reader)
    fitting = list(people(wish, reader).values_list("pk", flat=True)[: COUNTED_AT_MOST + 1])
    if len(fitting) <= COUNTED_AT_MOST:
        return _counted(fitting, reader)
    return {what: [(value, None) for value, _many in told] for what, told in _all(reader).items()}


def _all(reader: object) -> dict[str, list[tuple[str, int | None]]]:
    hidden = apart.from_(reader) if isinstance(reader, Member) else frozenset()
    everybody = people(Wish(), reader).order_by().values("pk")
    if hidden:
        return _counted(everybody, reader)
    return remembered(("people", isinstance(reader, Member)), lambda: _counted(everybody, reader))


def _counted(fitting: Any, reader: object) -> dict[str, list[tuple[str, int | None]]]:
    rows = Trait.objects.filter(_seen(reader), what__in=FACETS, member__in=fitting)
    told: dict[str, list[tuple[str, int | None]]] = {what: [] for what in FACETS}
    for what, value, many in (
        rows.values_list("what", "value").annotate(many=Count("pk")).order_by("-many", "value")
    ):
        told[what].append((value, many))
    return told


def _has(reader: object, what: str, values: Iterable[str]) -> Q:
    """By the index of the traits: the rarest wish says how many people are looked at."""
    found = Trait.objects.filter(_seen(reader), what=what, value__in=list(values))
    return Q(pk__in=found.values("member"))


def _seen(reader: object) -> Q:
    return Q() if isinstance(reader, Member) else Q(is_for_all=True)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 19 else 0
