"""The doors of this room: the list of each kind.
Loaded by apps.py; opened by the test of every door."""

from django.urls import reverse

from exchange.core import doors

LISTED = ("question", "experience", "idea", "discussion", "notice")


def _lists(marked: doors.Marked) -> list[str]:
    listing = reverse(f"contributions:{marked.kind}-list")
    return [listing, f"{listing}?country={marked.country}", f"{listing}?topic={marked.topic}"]


doors.by_page(
    "list of its kind",
    pages=_lists,
    routes=[f"contributions:{kind}-list" for kind in LISTED],
    kinds=LISTED,
)
doors.by_page(
    "the page to pass it on by",
    pages=lambda marked: [reverse("contributions:pass-on", args=[marked.pk])],
    routes=["contributions:pass-on"],
)
