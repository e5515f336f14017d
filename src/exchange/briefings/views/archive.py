"""Pages of newsletters to read again, and their feed.
Called through urls/archive.py."""

from dataclasses import replace
from itertools import groupby
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from exchange.briefings import queries as briefings
from exchange.briefings.archive import feed as feeds
from exchange.briefings.archive import queries
from exchange.briefings.builder import message, paper, saying
from exchange.briefings.builder.queries import editions_of
from exchange.briefings.models import Item, Newsletter
from exchange.contributions import kinds
from exchange.contributions.cards import Card, Part, cards
from exchange.contributions.pictures.queries import beside
from exchange.core import languages
from exchange.core.html import from_markdown
from exchange.core.paging import page as page_of
from exchange.taxonomy import vocabulary


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The newest first, by language and hub."""
    chosen = queries.narrowing(request.GET)
    found = page_of(
        queries.listed(chosen),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {
        "kind": kinds.get("newsletter"),
        "page": found,
        "cards": [
            _card(row, card) for row, card in zip(found.rows, cards(found.rows), strict=True)
        ],
        "groups": queries.groups(chosen, reverse("briefings:newsletters")),
        "chosen": chosen,
        "feed": _feed_of(chosen),
    }
    return render(request, "briefings/archive/list.html", context)


@require_safe
def page(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One newsletter: what stood in it and may still be read."""
    row = briefings.newsletter(pk, request.user)
    if row is None:
        raise Http404
    if slug != (row.slug or "-"):
        return HttpResponseRedirect(row.get_absolute_url())
    shown = paper.shown(row, language=languages.current())
    text = message.message(row, [one.item for one in shown])
    context = {
        # For what other rooms put under anything that people share: reporting, passing on.
        "contribution": row,
        "hub": vocabulary.label(f"region:{row.hub}") if row.hub else "",
        "tongue": languages.named(row.language) if row.language != languages.current() else "",
        "pictures": beside(row.pk, request.user),
        "local": from_markdown(row.local),
        "sections": _sections(shown),
        "others": [
            (one.get_absolute_url(), saying.name_of(one), one.language)
            for one in editions_of(row.issue)
            if one.is_public and one.pk != row.pk
        ],
        "message": text,
        "whatsapp": message.whatsapp(text),
        "feed": _feed_of({"language": row.language}),
    }
    return render(request, "briefings/archive/page.html", context)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Atom, by language and hub."""
    chosen = queries.narrowing(request.GET)
    page = reverse("briefings:newsletters")
    made = feeds.written(chosen, address=_feed_of(chosen), page=page)
    return HttpResponse(made, content_type="application/atom+xml; charset=utf-8")


def _sections(shown: list[paper.Shown]) -> list[tuple[str, list[paper.Shown]]]:
    return [
        (str(Item.Section(name).label), list(some))
        for name, some in groupby(shown, key=lambda one: one.item.section)
    ]


def _card(row: Newsletter, card: Card) -> Card:
    """With the hub it is for."""
    if not row.hub:
        return card
    hub = Part(vocabulary.label(f"region:{row.hub}"), "led")
    return replace(card, context=(hub, *card.context))


def _feed_of(chosen: dict[str, str]) -> str:
    query = urlencode(chosen)
    return f"{reverse('newsletters-feed')}?{query}" if query else reverse("newsletters-feed")
