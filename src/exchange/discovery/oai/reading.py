"""Reads for the answers: a page of the list, one record, the sets, the first stamp.
Every description is made from what is public at this moment, whatever the list still says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Min, Q, QuerySet

from exchange.contributions import kinds
from exchange.contributions.describing import Description
from exchange.contributions.models import ContextTerm, Contribution, State
from exchange.core.remembering import remembered
from exchange.core.time import now
from exchange.discovery.models import Harvestable
from exchange.discovery.oai import sets
from exchange.discovery.oai.asking import Fault

PAGE = 100


def in_order(
    *, since: datetime | None, until: datetime | None, in_set: str
) -> QuerySet[Harvestable]:
    """What a list holds, in the order of its stamps; none whose moment has not come."""
    moment = now()
    rows = Harvestable.objects.filter(datestamp__lte=min(until, moment) if until else moment)
    if since is not None:
        rows = rows.filter(datestamp__gte=since)
    if in_set:
        if not sets.may_exist(in_set):
            return rows.none()
        rows = rows.filter(sets__contains=f" {in_set} ")
    return rows.order_by("datestamp", "number")


def after(rows: QuerySet[Harvestable], stamp: datetime, number: int) -> QuerySet[Harvestable]:
    """The rest of a list behind one record of it."""
    later = Q(datestamp__gt=stamp) | Q(datestamp=stamp, number__gt=number)
    return rows.filter(later, datestamp__gte=stamp)


def one(identifier: str) -> Harvestable:
    """The record of an identifier. Raises Fault when there is none."""
    start = f"oai:{domain()}:"
    kind, _slash, number = identifier.removeprefix(start).partition("/")
    if (
        kind.isalpha()
        and identifier.startswith(start)
        and number.isascii()
        and number.isdecimal()
        and len(number) < 19
    ):
        found = Harvestable.objects.filter(kind=kind, number=int(number)).first()
        if found is not None and identifier == identifier_of(found):
            return found
    raise Fault("idDoesNotExist", "We have no record of that name.")


def identifier_of(row: Harvestable) -> str:
    return f"oai:{domain()}:{row.kind}/{row.number}"


def domain() -> str:
    return urlsplit(settings.BASE_URL).hostname or "localhost"


def descriptions(rows: Sequence[Harvestable]) -> dict[int, Description]:
    """What may be said of those that are public; the others are not in it."""
    numbers = [row.number for row in rows if not row.is_deleted]
    public: Any = Contribution.objects.public().filter(pk__in=numbers).for_lists()
    by_kind: dict[str, list[Contribution]] = {}
    for contribution in public:
        by_kind.setdefault(contribution.kind, []).append(contribution)
    found: dict[int, Description] = {}
    for slug, some in by_kind.items():
        describes = kinds.get(slug).describes
        found.update(describes(some) if describes else {})
    return found


def public_numbers(rows: Sequence[Harvestable]) -> set[int]:
    """Those of them that anybody may read now."""
    numbers = [row.number for row in rows if not row.is_deleted]
    public = Contribution.objects.public().filter(pk__in=numbers)
    return set(public.values_list("pk", flat=True))


def specs() -> frozenset[str]:
    """The names of all sets that hold something."""
    return remembered(("oai", "sets"), _specs)


def earliest() -> datetime:
    """No stamp is before this one."""
    first: datetime | None = Harvestable.objects.aggregate(first=Min("datestamp"))["first"]
    return min(first, now()) if first else now()


def _specs() -> frozenset[str]:
    harvested = [kind.slug for kind in kinds.every() if kind.describes]
    rows = Contribution.objects.listed().filter(kind__in=harvested).order_by()
    languages = rows.values_list("language", flat=True).distinct()
    placed = ContextTerm.objects.filter(kind__in=harvested, state=State.PUBLISHED).order_by()
    terms = list(placed.values_list("term_id", flat=True).distinct())
    return frozenset(spec for one in languages for spec in sets.of(terms, one).split())
