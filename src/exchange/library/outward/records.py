"""Doors of the library: the shelves, the record, and records beside what people share.
Loaded by outward/__init__.py."""

from django.urls import reverse

from exchange.core import doors

doors.by_page(
    "shelves of the library",
    pages=lambda marked: [reverse("library:resource-list")],
    routes=["library:resource-list"],
    kinds=["resource"],
)
doors.by_page(
    "page of a record",
    pages=lambda marked: [marked.address],
    routes=["library:resource-page"],
    kinds=["resource"],
    answers_too=True,
)
doors.by_page(
    "cards beside a text on the same matter",
    pages=lambda marked: [marked.neighbour],
    routes=[],
    kinds=["resource"],
)
