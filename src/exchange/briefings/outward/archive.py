"""The outward doors of newsletters to read again.
Loaded by outward/__init__.py."""

from django.urls import reverse

from exchange.core import doors

doors.by_page(
    "briefings: a newsletter in the archive",
    pages=lambda marked: [marked.address],
    routes=["briefings:newsletter"],
    kinds=["newsletter"],
)
doors.by_page(
    "briefings: the list of newsletters",
    pages=lambda marked: [reverse("briefings:newsletters")],
    routes=["briefings:newsletters"],
    kinds=["newsletter"],
)
doors.by_page(
    "briefings: the feed of newsletters",
    pages=lambda marked: [reverse("newsletters-feed")],
    routes=["newsletters-feed"],
    kinds=["newsletter"],
)
