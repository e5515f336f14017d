"""How much of the library waits for hosts, by the page where it waits. One query for all of it.
Called by the desk's line and by the overview."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Count, QuerySet, Value

from exchange.core.remembering import remembered
from exchange.library.models import (
    File,
    GiveBack,
    ImportRun,
    ReadingProblem,
    Recommendation,
    Rung,
    Shelf,
    Standing,
)
from exchange.library.shelving.queries import waits

MATTERS = ("files", "readings", "offered", "shelves", "bring")


def numbers() -> dict[str, int]:
    """{"files": 2, "readings": 0, …}; remembered until something public changes."""
    return dict(remembered(("library-waiting",), _counted))


def _counted() -> dict[str, int]:
    first, *others = (_of(matter, rows) for matter, rows in _waiting())
    found = dict.fromkeys(MATTERS, 0)
    for matter, n in first.union(*others, all=True):
        found[matter] += n
    return found


def _waiting() -> list[tuple[str, QuerySet[Any]]]:
    offered = [
        (
            "offered",
            model._default_manager.filter(standing=Standing.WAITING, resource__sealed_at=None),
        )
        for model in (Rung, Recommendation, GiveBack)
    ]
    looks = ImportRun.objects.filter(form="oai", by=None, state=ImportRun.State.PREVIEW)
    return [
        ("files", File.objects.waiting()),
        ("files", File.objects.amiss()),
        ("readings", ReadingProblem.objects.filter(settled_at=None)),
        *offered,
        ("shelves", Shelf.objects.filter(waits())),
        ("bring", looks.exclude(records=[])),
    ]


def _of(matter: str, rows: QuerySet[Any]) -> QuerySet[Any]:
    named = rows.order_by().annotate(matter=Value(matter, output_field=CharField()))
    counted: QuerySet[Any] = named.values_list("matter").annotate(n=Count("pk", distinct=True))
    return counted
