"""The search page and what it suggests while somebody types.
Called by urls.py alone."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import strip_tags
from django.views.decorators.http import require_safe

from exchange.contributions.cards import Card
from exchange.core import languages, time
from exchange.discovery import facets, forms, layout, queries
from exchange.members.models import Member
from exchange.taxonomy import vocabulary

TITLE_FOR_ASKING = 200
SUGGESTED = 5


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results for typed words and chosen filters; without either, ways to begin."""
    asked = forms.read(request.GET)
    context = {"asked": asked, "ask_url": _ask_url(asked.typed), "facets": facets.FACETS}
    if asked.is_empty:
        context["topics"] = vocabulary.terms("topic")
        return render(request, "discovery/search.html", context)
    found = queries.search(
        typed=asked.typed,
        filters=asked.filters,
        page=asked.page,
        member=_reader(request),
        moment=time.now(),
    )
    context |= {
        "found": found,
        "cards": found.cards,
        "groups": layout.groups(found, asked),
        "active": layout.active(asked),
        "offered": layout.offered(found.offers, found, asked),
        "wider": layout.wider(found, asked) if not found.cards else [],
        "pages": layout.numbered(found, asked),
        "capped": facets.COUNTED_AT_MOST if found.is_capped else None,
        "deepest": queries.DEEPEST if found.total > queries.DEEPEST else None,
        "chosen": [(facet, one) for facet, values in asked.filters.items() for one in values],
        "meant_url": layout.address(found.meant, asked.filters) if found.meant else "",
    }
    return render(request, "discovery/search.html", context)


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """{"words": [...], "found": [{title, url, kind, language}]}: how the text may go on, and what
    is here on the same matter. Small, and the same for everybody who is not signed in."""
    typed = forms.typed(request.GET)
    if len(typed) < 2:
        return JsonResponse({"words": [], "found": []})
    words = queries.completed(typed)
    near: list[Card] = []
    for meant in (typed, *words[:1]):
        near = near or queries.similar(
            meant, language=languages.current(), member=_reader(request), limit=SUGGESTED
        )
    found = [
        {
            "title": strip_tags(one.title),
            "url": one.url,
            "kind": one.kind_label,
            "language": one.language,
        }
        for one in near
    ]
    return JsonResponse({"words": words, "found": found})


@require_safe
def similar(request: HttpRequest) -> HttpResponse:
    """A piece of a page: what is here already on the matter of a question being written."""
    text = forms.typed(request.GET, "text")
    near = queries.similar(text, language=languages.current(), member=_reader(request))
    return render(request, "discovery/similar.html", {"cards": near})


def _ask_url(typed: str) -> str:
    title = typed[:TITLE_FOR_ASKING]
    return reverse("contributions:ask") + (f"?{urlencode({'title': title})}" if title else "")


def _reader(request: HttpRequest) -> Member | None:
    return request.user if request.user.is_authenticated else None
