"""The outward doors of planning.
Loaded by outward/__init__.py."""

from typing import Any

from django.urls import reverse

from exchange.core import doors
from exchange.mail.queries import words_held
from exchange.webinars.models import Webinar
from exchange.webinars.planning import letters


def _series(marked: doors.Marked) -> list[str]:
    known: Any = Webinar.objects
    rows = known.filter(pk=marked.pk).exclude(series=None).select_related("series")
    return [reverse("webinars:series", args=[row.series.slug]) for row in rows]


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
doors.by_page(
    "webinars: the series it stands in",
    pages=_series,
    routes=["webinars:series"],
    kinds=["webinar"],
)
doors.by_hand(
    "webinars: letters to presenters, to the team and to its hosts",
    reads=lambda marked: words_held(containing=marked.word),
    consumers=["webinars.keep_time", "webinars.keep_hours"],
    purposes=[letters.PURPOSE],
    kinds=["webinar"],
)
