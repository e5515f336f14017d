"""The outward doors of the live page and of lanes.
Loaded by outward/__init__.py."""

from django.urls import reverse

from exchange.core import doors

doors.by_page(
    "webinars: the live page",
    pages=lambda marked: [
        reverse("webinars:live", args=[marked.pk]),
        reverse("webinars:state", args=[marked.pk]) + "?as=page",
    ],
    routes=["webinars:live", "webinars:state"],
    kinds=["webinar"],
)
