"""The outward doors of planning.
Loaded by outward/__init__.py."""

from django.urls import reverse

from exchange.core import doors

doors.by_page(
    "webinars: the page of one",
    pages=lambda marked: [marked.address],
    routes=["webinars:page"],
    kinds=["webinar"],
)
doors.by_page(
    "webinars: the list",
    pages=lambda marked: [reverse("webinars:list")],
    routes=["webinars:list"],
    kinds=["webinar"],
)
