"""The library's list: the shelf under its facets.
Called by urls alone."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exchange.contributions import kinds
from exchange.library import queries, shelf
from exchange.library.giving.forms import OF_LISTS
from exchange.library.models import Evidence
from exchange.library.views.asked import number
from exchange.taxonomy import vocabulary


@require_safe
def resource_list(request: HttpRequest) -> HttpResponse:
    """The shelf, narrowed and ordered as the address asks; words nobody knows are passed over."""
    narrowing = narrowing_of(request)
    order = request.GET.get("order", "")
    order = order if order in queries.ORDERS else queries.ORDERS[0]
    found = queries.found(narrowing, order=order, page=number(request))
    asked = {
        **narrowing,
        "order": order if order != queries.ORDERS[0] else "",
        "all": request.GET.get("all", "") if request.GET.get("all") in shelf.SHOWN_AT_FIRST else "",
        "page": str(found.page) if found.page > 1 else "",
    }
    context = {
        "found": found,
        "cards": shelf.shelf_cards(found.rows),
        "groups": shelf.groups(found, narrowing, asked),
        "active": shelf.active(narrowing, asked),
        "pages": shelf.numbered(found, asked),
        "orders": _orders(order, asked),
        "capped": queries.COUNTED_AT_MOST if found.is_capped else None,
        "open": bool(asked["all"]),
        "kind": kinds.get("resource"),
        "giving_forms": OF_LISTS,
        "giving_query": shelf.address(narrowing, {}) if narrowing else "",
    }
    return render(request, "library/list.html", context)


def narrowing_of(request: HttpRequest) -> dict[str, str]:
    """What the address asks for; the list and its exports understand the same."""
    narrowing = {}
    for facet in queries.FACETS:
        word = request.GET.get(facet, "")
        if _is_known(facet, word):
            narrowing[facet] = word
    return narrowing


def _is_known(facet: str, word: str) -> bool:
    if not word or len(word) > 60:
        return False
    if facet == "here":
        return word == queries.YES
    if facet == "evidence":
        return word in Evidence.values
    if facet == "year":
        return word.isascii() and word.isdecimal() and len(word) <= 4
    if facet == "language":
        return word.isascii() and word.isalpha() and len(word) <= 3
    return vocabulary.term(f"{facet}:{word}") is not None


def _orders(order: str, asked: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "url": shelf.address(asked, {"order": name if place else "", "page": ""}),
            "current": name == order,
        }
        for place, name in enumerate(queries.ORDERS)
    ]
