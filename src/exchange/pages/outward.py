"""The doors of this room: home, topics, countries and people.
Loaded by apps.py; opened by the test of every door."""

from django.urls import reverse

from exchange.core import doors
from exchange.pages import hub_face

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
doors.by_page(
    "page of the hub of its country",
    pages=hub_face.pages_with,
    routes=["hubs:space"],
    kinds=["question", "experience"],
)
