"""Doors of the library: collections and shelves.
Loaded by outward/__init__.py."""

from django.urls import reverse

from exchange.core import doors
from exchange.library.models import ShelfItem


def _shelves(marked: doors.Marked) -> list[str]:
    items = ShelfItem.objects.filter(resource_id=marked.pk).select_related("shelf")
    return [item.shelf.get_absolute_url() for item in items]


doors.by_page(
    "collections and shelves it stands on",
    pages=_shelves,
    routes=["library:collection", "library:collection-list", "library:hub-shelf"],
    kinds=["resource"],
)
doors.by_page(
    "putting it in a collection",
    pages=lambda marked: [reverse("library:collect", args=[marked.pk])],
    routes=["library:collect"],
    kinds=["resource"],
)
