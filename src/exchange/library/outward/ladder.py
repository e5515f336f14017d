"""Doors of the library: the short versions of a record, and the letters about what was offered.
Loaded by outward/__init__.py."""

from django.urls import reverse

from exchange.core import doors
from exchange.mail.queries import words_held

doors.by_page(
    "short versions of a record",
    pages=lambda marked: [
        reverse("library:short-versions", args=[marked.pk]),
    ],
    routes=["library:short-versions"],
    kinds=["resource"],
)
doors.by_page(
    "writing a short version",
    pages=lambda marked: [reverse("library:short-version-write", args=[marked.pk, "sentence"])],
    routes=["library:short-version-write"],
    kinds=["resource"],
)
# What is quoted in them is its own reader's; the title of the record leaves with the record.
doors.by_hand(
    "letters of the library",
    reads=lambda marked: words_held(containing=marked.word),
    consumers=["library.tell_writer", "library.tell_of_use"],
    purposes=["library"],
)
