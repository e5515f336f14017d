"""The doors of carrying records away: each form of one record, and the list as a file.
Loaded by outward/__init__.py."""

from django.urls import reverse

from exchange.core import doors
from exchange.library.giving import forms

doors.by_page(
    "a record in the forms it is carried away in",
    pages=lambda marked: [
        f"{marked.address}cite.{suffix}" for suffix in (*forms.OF_RECORDS, forms.LINKSET)
    ],
    routes=["library:resource-cite"],
    kinds=["resource"],
)
doors.by_page(
    "the library as a file",
    pages=lambda marked: [reverse("library:export", args=[form.suffix]) for form in forms.OF_LISTS],
    routes=["library:export"],
    kinds=["resource"],
)
