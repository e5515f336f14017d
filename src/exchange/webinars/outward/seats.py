"""The outward doors of seats: the way to a place, and the letters about it.
Loaded by outward/__init__.py."""

from django.urls import reverse

from exchange.core import doors
from exchange.mail.queries import words_held
from exchange.webinars.seats import reminding, telling

doors.by_page(
    "webinars: the page where people register",
    pages=lambda marked: [reverse("webinars:register", args=[marked.pk])],
    routes=["webinars:register"],
    kinds=["webinar"],
)
doors.by_hand(
    "webinars: letters about a place",
    reads=lambda marked: words_held(containing=marked.word),
    consumers=["webinars.tell_seat", "webinars.tell_known", "webinars.remind"],
    purposes=[telling.PURPOSE, reminding.PURPOSE],
    kinds=["webinar"],
)
