"""The outward doors of briefs and of those whose words stand in them.
Loaded by outward/__init__.py."""

from django.urls import reverse

from exchange.core import doors
from exchange.mail.queries import words_held


def _lists(marked: doors.Marked) -> list[str]:
    listing = reverse("briefings:briefs")
    return [listing, f"{listing}?country={marked.country}", f"{listing}?topic={marked.topic}"]


doors.by_page(
    "briefings: the page of a brief",
    pages=lambda marked: [marked.address],
    routes=["briefings:brief"],
    kinds=["brief"],
)
doors.by_page(
    "briefings: the list of briefs", pages=_lists, routes=["briefings:briefs"], kinds=["brief"]
)
doors.by_page(
    "briefings: the feed of briefs",
    pages=lambda marked: [reverse("briefings-feed")],
    routes=["briefings-feed"],
    kinds=["brief"],
)
# The words are those of whoever is asked; tests of quoting show that they leave with their source.
doors.by_hand(
    "briefings: letters to those who are quoted",
    reads=lambda marked: words_held(containing=marked.word),
    routes=["briefings:quote", "briefings:quotes"],
    consumers=["briefings.ask_quoted", "briefings.remind_quoted"],
    purposes=["quote"],
    kinds=["brief"],
)
