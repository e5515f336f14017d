"""Reads of the library: the list under its facets, their counts, and what stands beside a record.
Called by views. Everything goes through the wide bridge, newest first, and counts stop at 5,000."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast

from exchange.contributions.models import ContextTerm, Contribution, State
from exchange.contributions.queries import in_order
from exchange.core.remembering import remembered
from exchange.library.models import Resource

COUNTED_AT_MOST = 5000
PAGE_SIZE = 20
# The narrowest usually come first, so that the bridge is entered where it is thin.
BY_TERM = ("country", "topic", "region", "type", "audience", "setting", "leadership")
FACETS = (
    *("here", "type", "topic", "country", "region", "leadership", "setting"),
    *("evidence", "language", "year"),
)
# What the facet "here" (it can be read here, in a light view) is narrowed by.
YES = "yes"
ORDERS = ("newest", "year", "title")
BESIDE_AT_MOST = 5
_NEWEST_OF_EACH = 300


@dataclass(frozen=True)
class Found:
    """One page of the list, how many there are, and the counts of every facet."""

    rows: list[Resource]
    total: int
    page: int
    pages: int
    counts: dict[str, dict[str, int]]

    @property
    def is_capped(self) -> bool:
        return self.total > COUNTED_AT_MOST


def found(narrowing: Mapping[str, str], *, order: str, page: int) -> Found:
    """The page asked for (the last one when there are fewer). Three queries, however many rows."""
    key = ("library", COUNTED_AT_MOST, *sorted(narrowing.items()))
    counts = dict(remembered(key, lambda: _counts(narrowing)))
    total = counts.pop("total").get("total", 0)
    reachable = min(total, COUNTED_AT_MOST)
    pages = max(1, -(-reachable // PAGE_SIZE))
    page = min(max(1, page), pages)
    rows = _rows(narrowing, order, total, (page - 1) * PAGE_SIZE) if total else []
    return Found(rows=rows, total=total, page=page, pages=pages, counts=counts)


def ids(narrowing: Mapping[str, str], *, most: int) -> list[int]:
    """The records that match, newest first, without a page."""
    return list(_matching(narrowing)[:most])


def beside(resource: Resource) -> list[Resource]:
    """Records that share the most topics (and then countries) with this one."""
    return list(remembered(("beside", resource.pk, resource.version), lambda: _beside(resource)))


def _beside(resource: Resource) -> list[Resource]:
    keys = [f"topic:{slug}" for slug in resource.topic_slugs[:4]]
    keys += [f"country:{code}" for code in resource.country_codes[:2]]
    if not keys:
        return []
    near = Q()
    for key in keys:
        near |= Q(pk__in=_of_term(key).values("pk")[:_NEWEST_OF_EACH])
    shared = (
        ContextTerm.objects.filter(near)
        .exclude(contribution_id=resource.pk)
        .values_list("contribution_id")
        .annotate(n=Count("pk"))
        .order_by("-n", "-contribution_id")[:BESIDE_AT_MOST]
    )
    return in_order([pk for pk, _n in shared], _resources().for_lists())


def _resources() -> Any:
    # The manager comes from the parent, so types would say Contribution.
    return Resource.objects.all()


def _rows(narrowing: Mapping[str, str], order: str, total: int, start: int) -> list[Resource]:
    if order == "newest":
        ids = _matching(narrowing)[start : start + PAGE_SIZE]
        return in_order(list(ids), _resources().for_lists())
    rows = _resources().listed().for_lists()
    if total > COUNTED_AT_MOST:
        rows = _walked(rows, narrowing)
    elif narrowing:
        # Few enough to take them all from the bridge and sort them.
        rows = rows.filter(pk__in=_matching(narrowing))
    by = ("-year", "-pk") if order == "year" else ("sort_title", "pk")
    return list(rows.order_by(*by)[start : start + PAGE_SIZE])


def _walked(rows: Any, narrowing: Mapping[str, str]) -> Any:
    """Broad: walk the list in its order and ask the bridge about each row."""
    for name in BY_TERM:
        if narrowing.get(name):
            rows = rows.filter(_placed_at(f"{name}:{narrowing[name]}", "pk"))
    if narrowing.get("language"):
        rows = rows.filter(language=narrowing["language"])
    return rows.filter(**_of_row(narrowing))


def _of_row(narrowing: Mapping[str, str]) -> dict[str, Any]:
    """What a record's own row must say."""
    wanted: dict[str, Any] = {}
    if narrowing.get("year"):
        wanted["year"] = int(narrowing["year"])
    if narrowing.get("evidence"):
        wanted["evidence"] = narrowing["evidence"]
    if narrowing.get("here"):
        wanted["readable_size__gt"] = 0
    return wanted


def _matching(narrowing: Mapping[str, str]) -> QuerySet[Any]:
    """The ids that match, newest first, from the bridge when a term narrows."""
    keys = [f"{name}:{narrowing[name]}" for name in BY_TERM if narrowing.get(name)]
    if not keys:
        return _matching_without_term(narrowing)
    rows = _of_term(keys[0])
    for key in keys[1:]:
        rows = rows.filter(_placed_at(key, "contribution_id"))
    if narrowing.get("language"):
        rows = rows.filter(language=narrowing["language"])
    if wanted := _of_row(narrowing):
        its_row = _resources().filter(pk=OuterRef("contribution_id"), **wanted)
        rows = rows.filter(Exists(its_row.order_by()))
    return rows.values_list("contribution_id", flat=True)


def _matching_without_term(narrowing: Mapping[str, str]) -> QuerySet[Any]:
    rows = Contribution.objects.listed().filter(kind="resource")
    if narrowing.get("language"):
        rows = rows.filter(language=narrowing["language"])
    wanted = {f"resource__{name}": value for name, value in _of_row(narrowing).items()}
    rows = rows.filter(**wanted)
    return rows.order_by("-published_at", "-pk").values_list("pk", flat=True)


def _of_term(key: str) -> QuerySet[ContextTerm]:
    rows = ContextTerm.objects.filter(term_id=key, kind="resource", state=State.PUBLISHED)
    return rows.order_by("-published_at", "-contribution_id")


def _placed_at(key: str, on: str) -> Exists:
    rows = ContextTerm.objects.filter(contribution_id=OuterRef(on), term_id=key)
    return Exists(rows)


def _counts(narrowing: Mapping[str, str]) -> dict[str, dict[str, int]]:
    """All counts in one query: {"topic": {"ethics": 3}, …, "total": {"total": 9}}. A facet that
    narrows counts what there would be without it, so that one can change one's mind."""
    branches = [_total(narrowing)]
    free = [name for name in FACETS if not narrowing.get(name)]
    branches += _branches(free, narrowing)
    for name in FACETS:
        if narrowing.get(name):
            others = {key: value for key, value in narrowing.items() if key != name}
            branches += _branches([name], others)
    counts: dict[str, dict[str, int]] = {name: {} for name in ("total", *FACETS)}
    for facets, word, n in branches[0].union(*branches[1:], all=True):
        vocabulary, _colon, slug = word.rpartition(":")
        # The bridge answers with every term of a row; only those asked for count. A choice that
        # leaves nothing is none.
        if n and (vocabulary in facets.split() or not vocabulary):
            counts[vocabulary or facets][slug] = n
    return counts


def _total(narrowing: Mapping[str, str]) -> QuerySet[Any]:
    ids = _matching(narrowing)[: COUNTED_AT_MOST + 1]
    rows = Contribution.objects.filter(pk__in=ids).order_by()
    return _counted(rows.annotate(word=Value("total", output_field=CharField())), "total")


def _branches(facets: Iterable[str], narrowing: Mapping[str, str]) -> list[QuerySet[Any]]:
    """Counts of these facets over the newest 5,000 that match."""
    names = list(facets)
    ids = _matching(narrowing)[:COUNTED_AT_MOST]
    terms = [name for name in names if name in BY_TERM]
    made = []
    if terms:
        rows = ContextTerm.objects.filter(contribution_id__in=ids)
        made.append(_counted(rows.annotate(word=F("term_id")), " ".join(terms)))
    if "language" in names:
        spoken = Contribution.objects.filter(pk__in=ids).order_by()
        made.append(_counted(spoken.annotate(word=F("language")), "language"))
    # The manager comes from the parent, so types would say Contribution.
    rows_of: Any = Resource.objects.filter(pk__in=ids).order_by()
    if "year" in names:
        made.append(_counted(rows_of.annotate(word=Cast("year", CharField())), "year"))
    if "evidence" in names:
        stated = rows_of.exclude(evidence="")
        made.append(_counted(stated.annotate(word=F("evidence")), "evidence"))
    if "here" in names:
        readable = rows_of.filter(readable_size__gt=0)
        yes = Value(YES, output_field=CharField())
        made.append(_counted(readable.annotate(word=yes), "here"))
    return made


def _counted(rows: QuerySet[Any], facets: str) -> QuerySet[Any]:
    named: Any = rows.annotate(facets=Value(facets, output_field=CharField()))
    counted: QuerySet[Any] = named.values_list("facets", "word").annotate(n=Count("pk"))
    return counted
