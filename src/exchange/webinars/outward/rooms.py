"""The outward doors of rooms: the title of a webinar stands at the door of its room.
Loaded by outward/__init__.py."""

from django.urls import reverse

from exchange.core import doors

doors.by_page(
    "webinars: the door of the video room",
    pages=lambda marked: [reverse("webinars:join", args=[marked.pk])],
    routes=["webinars:join"],
    kinds=["webinar"],
)
