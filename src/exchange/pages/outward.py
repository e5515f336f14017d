"""The doors of this room: home, topics, countries and people.
Loaded by apps.py; opened by the test of every door."""

from django.urls import reverse

from exchange.core import doors

doors.by_page("home", pages=lambda marked: [reverse("pages:home")], routes=["pages:home"])
doors.by_page(
    "page of its topic",
    pages=lambda marked: [reverse("pages:topic", args=[marked.topic])],
    routes=["pages:topic"],
)
doors.by_page(
    "page of its country",
    pages=lambda marked: [reverse("pages:country", args=[marked.country.lower()])],
    routes=["pages:country"],
)
doors.by_page(
    "page of its author",
    pages=lambda marked: [reverse("pages:profile", args=[marked.author_id])],
    routes=["pages:profile"],
)
