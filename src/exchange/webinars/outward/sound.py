"""The outward doors of sound.
Loaded by outward/__init__.py."""

from django.urls import reverse

from exchange.core import doors

doors.by_page(
    "webinars: the page of its sound",
    pages=lambda marked: [reverse("webinars:sound", args=[marked.pk])],
    routes=["webinars:sound"],
    kinds=["webinar"],
)
