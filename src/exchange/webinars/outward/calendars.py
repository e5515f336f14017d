"""The outward doors of calendars: files, the feed, and the letters that move what stands in them.
Loaded by outward/__init__.py."""

from django.urls import reverse

from exchange.core import doors
from exchange.mail.queries import words_held
from exchange.webinars.calendars import telling

doors.by_page(
    "webinars: the calendar file of one",
    pages=lambda marked: [reverse("webinars:ics", args=[marked.pk])],
    routes=["webinars:ics"],
    kinds=["webinar"],
)
doors.by_page(
    "webinars: the calendar to subscribe to",
    pages=lambda marked: [reverse("calendar")],
    routes=["calendar"],
    kinds=["webinar"],
)
doors.by_hand(
    "webinars: letters about another hour",
    reads=lambda marked: words_held(containing=marked.word),
    consumers=["webinars.tell_time"],
    purposes=[telling.PURPOSE],
    kinds=["webinar"],
)
