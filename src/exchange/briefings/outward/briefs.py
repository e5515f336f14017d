"""The outward doors of briefs and of those whose words stand in them.
Loaded by outward/__init__.py."""

from django.urls import reverse

from exchange.core import doors

doors.by_page(
    "briefings: the page of a brief",
    pages=lambda marked: [marked.address],
    routes=["briefings:brief"],
    kinds=["brief"],
)
doors.by_page(
    "briefings: the list of briefs",
    pages=lambda marked: [reverse("briefings:briefs")],
    routes=["briefings:briefs"],
    kinds=["brief"],
)
