"""The page of one record: what it is, what stands beside it, what people said to it.
Called by urls alone."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
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
from exchange.library.models import LinkKind, Resource
from exchange.library.views.asked import number, reader_of, resource_for
from exchange.library.views.beside import gathered
from exchange.members.doors import unsent
from exchange.members.models import Member
from exchange.taxonomy import vocabulary


@require_safe
def resource_page(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One record: what it is, who made it, where it stands, how to cite it, what stands beside."""
    resource = resource_for(request, pk)
    if slug != (resource.slug or "-"):
        return HttpResponseRedirect(resource.get_absolute_url())
    reader = reader_of(request)
    context = {
        **_talk(request, resource, reader),
        **gathered(resource, reader),
        "contribution": resource,
        "resource": resource,
        "kind": kinds.get("resource"),
        "context_line": (*_what_it_is(resource), *context_line(resource)),
        "types": _linked("type", resource.type_slugs),
        "hubs": _linked("region", resource.hub_slugs),
        "audiences": _linked("audience", resource.audience_slugs),
        "topics": _linked("topic", resource.topic_slugs),
        "countries": _linked("country", resource.country_codes),
        "regions": _linked("region", resource.region_slugs),
        "publisher": shelf.publisher_of(resource),
        "written_in": named(resource.language),
        "host": shelf.host_of(resource.url),
        "is_mirror": resource.link_kind == LinkKind.MIRROR,
        "read_beside": shelf.shelf_cards(queries.beside(resource)),
    }
    if not resource.is_public:
        context["decision"] = resource.decisions.first()
    response = render(request, "library/record.html", context)
    response["Link"] = context["giving_header"]
    if not resource.is_public:
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex"
    return response


def _what_it_is(resource: Resource) -> tuple[Part, ...]:
    words = [vocabulary.label(f"type:{one}") for one in resource.type_slugs[:2]]
    words = words or [str(kinds.get("resource").label)]
    return tuple(Part(word) for word in (*words, shelf.year_of(resource)) if word)


def _talk(request: HttpRequest, resource: Resource, reader: Member | None) -> dict[str, Any]:
    """What people said to the record, and what this reader may do with it."""
    given = unsent(request)
    if not given and "draft" in request.GET:
        given = begun_answer(resource, reader, request.GET.get("to", ""))
    shown = {
        "talk": talk(resource, reader, number(request)),
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


def _linked(facet: str, words: list[str]) -> list[dict[str, str]]:
    return [{"label": shelf.label_of(facet, word), "query": f"?{facet}={word}"} for word in words]
