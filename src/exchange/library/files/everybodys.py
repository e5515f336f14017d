"""The files of records that anybody may open, asked for once on a page however many matters show
them. Called by the matters of the library that show files to everybody."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Prefetch, prefetch_related_objects

from exchange.library.lacking import lacks
from exchange.library.models import File, Resource


def with_readings(resource: Resource) -> list[File]:
    """Those of one record, each with its light view and the version that replaces it."""
    _fetched([resource], "replaced_by", "reading")
    return _of(resource)


def of_many(resources: Sequence[Resource]) -> dict[int, list[File]]:
    """Those of many records, by the record's number; the files alone."""
    _fetched(resources)
    return {one.pk: _of(one) for one in resources}


def _fetched(resources: Sequence[Resource], *beside: str) -> None:
    """Django asks nothing for rows that have theirs already."""
    rows = File.objects.visible_to(None).order_by("added_at", "id")
    rows = rows.select_related(*beside) if beside else rows
    some = [one for one in resources if not lacks(one, "files")]
    prefetch_related_objects(some, Prefetch("files", rows, to_attr="open_files"))


def _of(resource: Resource) -> list[File]:
    found: list[File] = getattr(resource, "open_files", [])
    return found
