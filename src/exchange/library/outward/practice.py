"""Doors of the library: the pages where people tell what they did with a record.
Loaded by outward/__init__.py."""

from django.urls import reverse

from exchange.core import doors

doors.by_page(
    "telling of a use, what a record recommends, and what was given back",
    pages=lambda marked: [
        reverse(f"library:{name}", args=[marked.pk])
        for name in ("use", "advice", "given-back", "give-back-write", "give-back-received")
    ],
    routes=[
        "library:use",
        "library:advice",
        "library:given-back",
        "library:give-back-write",
        "library:give-back-received",
    ],
    kinds=["resource"],
)
