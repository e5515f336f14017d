"""The doors of this room: the list of each kind.
Loaded by apps.py; opened by the test of every door."""

from django.urls import reverse

from exchange.contributions import of_organisations
from exchange.core import doors
from exchange.organisations.models import Belonging

LISTED = ("question", "experience", "idea", "discussion", "notice")


def _lists(marked: doors.Marked) -> list[str]:
    listing = reverse(f"contributions:{marked.kind}-list")
    return [listing, f"{listing}?country={marked.country}", f"{listing}?topic={marked.topic}"]


def _of_organisations(marked: doors.Marked) -> list[str]:
    rows = Belonging.objects.filter(member_id=marked.author_id).select_related("organisation")
    return [one.organisation.get_absolute_url() for one in rows]


doors.by_page(
    "list of its kind",
    pages=_lists,
    routes=[f"contributions:{kind}-list" for kind in LISTED],
    kinds=LISTED,
)
doors.by_page(
    "the days of a notice for a calendar",
    pages=lambda marked: [reverse("notice-ics", args=[marked.pk])],
    routes=["notice-ics"],
    kinds=["notice"],
    stays_when_ended=True,
)
doors.by_page(
    "page of an organisation its author works with",
    pages=_of_organisations,
    routes=["organisations:organisation"],
    kinds=of_organisations.SHARED,
)
doors.by_page(
    "the page to pass it on by",
    pages=lambda marked: [reverse("contributions:pass-on", args=[marked.pk])],
    routes=["contributions:pass-on"],
)
