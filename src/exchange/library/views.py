"""The library's list and the page of one record.
Called by urls.py alone."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exchange.contributions import kinds, rules
from exchange.contributions.cards import Part, context_line
from exchange.contributions.pictures.forms import PictureForm
from exchange.contributions.pictures.queries import beside as pictures_beside
from exchange.conversation.forms import AnswerForm
from exchange.conversation.queries import begun_answer, talk
from exchange.core import ids
from exchange.core.languages import named
from exchange.library import queries, shelf
from exchange.library.citation import apa
from exchange.library.models import LinkKind, Resource
from exchange.members.doors import unsent
from exchange.members.models import Member
from exchange.taxonomy import vocabulary


@require_safe
def resource_list(request: HttpRequest) -> HttpResponse:
    """The shelf, narrowed and ordered as the address asks; words nobody knows are passed over."""
    narrowing = _narrowing(request)
    order = request.GET.get("order", "")
    order = order if order in queries.ORDERS else queries.ORDERS[0]
    found = queries.found(narrowing, order=order, page=_number(request))
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
    }
    return render(request, "library/list.html", context)


@require_safe
def resource_page(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One record: what it is, who made it, where it stands, how to cite it, what stands beside."""
    resource = _resource(request, pk)
    if slug != (resource.slug or "-"):
        return HttpResponseRedirect(resource.get_absolute_url())
    reader = _reader(request)
    context = {
        **_talk(request, resource, reader),
        "contribution": resource,
        "resource": resource,
        "kind": kinds.get("resource"),
        "context_line": (Part(str(kinds.get("resource").label)), *context_line(resource)),
        "types": [vocabulary.label(f"type:{one}") for one in resource.type_slugs],
        "topics": _linked("topic", resource.topic_slugs),
        "countries": _linked("country", resource.country_codes),
        "regions": _linked("region", resource.region_slugs),
        "written_in": named(resource.language),
        "host": shelf.host_of(resource.url),
        "is_mirror": resource.link_kind == LinkKind.MIRROR,
        "citation": apa(resource),
        "beside": shelf.shelf_cards(queries.beside(resource)),
    }
    if not resource.is_public:
        context["decision"] = resource.decisions.first()
    response = render(request, "library/record.html", context)
    if not resource.is_public:
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex"
    return response


def _talk(request: HttpRequest, resource: Resource, reader: Member | None) -> dict[str, Any]:
    """What people said to the record, and what this reader may do with it."""
    given = unsent(request)
    if not given and "draft" in request.GET:
        given = begun_answer(resource, reader, request.GET.get("to", ""))
    shown = {
        "talk": talk(resource, reader, _number(request)),
        "form": AnswerForm(initial=given),
        "picture": PictureForm.begun(given),
        "pictures": pictures_beside(resource.pk, reader),
        "parent": request.GET.get("to") or given.get("parent", ""),
        "once": given.get("once") or ids.new_id(),
    }
    if reader is not None:
        shown["may_close"] = rules.may_close(reader, resource)
        shown["may_withdraw"] = rules.may_withdraw(reader, resource)
    return shown


def _reader(request: HttpRequest) -> Member | None:
    return request.user if request.user.is_authenticated else None


def _resource(request: HttpRequest, pk: int) -> Resource:
    seen: Any = Resource.objects.visible_to(_reader(request)).filter(pk=pk).first()
    if seen is None:
        raise Http404
    resource: Resource = seen
    return resource


def _narrowing(request: HttpRequest) -> dict[str, str]:
    narrowing = {}
    for facet in queries.FACETS:
        word = request.GET.get(facet, "")
        if _is_known(facet, word):
            narrowing[facet] = word
    return narrowing


def _is_known(facet: str, word: str) -> bool:
    if not word or len(word) > 60:
        return False
    if facet == "year":
        return word.isascii() and word.isdigit() and len(word) <= 4
    if facet == "language":
        return word.isascii() and word.isalpha() and len(word) <= 3
    return vocabulary.term(f"{facet}:{word}") is not None


def _number(request: HttpRequest) -> int:
    given = request.GET.get("page", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 1


def _orders(order: str, asked: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "url": shelf.address(asked, {"order": name if place else "", "page": ""}),
            "current": name == order,
        }
        for place, name in enumerate(queries.ORDERS)
    ]


def _linked(facet: str, words: list[str]) -> list[dict[str, str]]:
    return [{"label": shelf.label_of(facet, word), "query": f"?{facet}={word}"} for word in words]
