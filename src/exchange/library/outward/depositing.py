"""Doors of adding and changing a record: what is here already is shown to whoever brings it again.
Loaded by outward/__init__.py."""

from urllib.parse import urlencode

from django.urls import reverse

from exchange.core import doors

doors.by_page(
    "records like one that is being added",
    pages=lambda marked: [
        f"{reverse('library:deposit-similar')}?{urlencode({'text': f'{marked.word} {marked.companion}'})}"
    ],
    routes=["library:deposit-similar"],
    kinds=["resource"],
)
