"""Which pages are measured: for each kind, addresses of real rows of the database at hand.
Called by the pages measurement, and by `bench addresses` for another database."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from django.urls import reverse

from exchange.contributions.models import ContextTerm, Contribution, State
from exchange.library.models import Resource

OF_EACH = 40
_WORD = re.compile(r"[^\W\d_]{4,}")


def addresses() -> dict[str, list[str]]:
    """Up to forty addresses of each kind of page; kinds nothing exists of are left out."""
    listed = Contribution.objects.listed()
    questions = listed.filter(kind="question")
    library, search = reverse("library:resource-list"), reverse("discovery:search")
    found = {
        "home": [reverse("pages:home")],
        "question list": [reverse("contributions:question-list")],
        "question list of a topic": [
            f"{reverse('contributions:question-list')}?topic={slug}" for slug in _slugs("topic")
        ],
        "question, 50 replies": _pages(questions.filter(reply_count__range=(45, 60))),
        "experience": _pages(listed.filter(kind="experience")),
        "library": [library],
        "library, one facet": [f"{library}?topic={slug}" for slug in _slugs("topic")],
        "library, two facets": [
            f"{library}?country={code}&type={slug}&order=year"
            for code in _slugs("country")[:8]
            for slug in _slugs("type")[:5]
        ],
        "library by title": [f"{library}?order=title", f"{library}?order=title&page=40"],
        "record": _pages(Resource.objects.listed()),
        "search": [f"{search}?q={quote(words)}" for words in _queries(listed)],
        "ask": [reverse("contributions:ask")],
    }
    return {name: paths for name, paths in found.items() if paths}


def _pages(rows: Any) -> list[str]:
    """Pages spread over all rows, not the newest alone: those would all be in memory."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[:20_000])
    step = max(1, len(keys) // OF_EACH)
    return [row.get_absolute_url() for row in rows.filter(pk__in=keys[::step][:OF_EACH])]


def _slugs(vocabulary: str) -> list[str]:
    """The terms records have, in no order of size: some are broad and some narrow."""
    rows = ContextTerm.objects.filter(
        term__vocabulary=vocabulary, kind="resource", state=State.PUBLISHED
    )
    return sorted(set(rows.order_by("-pk").values_list("term__slug", flat=True)[:500]))[:OF_EACH]


def _queries(listed: Any) -> list[str]:
    """One to three words out of titles."""
    found = []
    for place, title in enumerate(listed.order_by("-pk").values_list("title", flat=True)[:200]):
        words = _WORD.findall(title)
        if words:
            found.append(" ".join(words[: place % 3 + 1]))
    return list(dict.fromkeys(found))[:OF_EACH]
