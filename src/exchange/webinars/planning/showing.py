"""How webinars are laid out for readers: cards, facets, what machines are told of one.
Called by the views of planning and by pages; asks the database nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC
from urllib.parse import urlencode

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from exchange.contributions.cards import Card, Part, cards
from exchange.core import languages
from exchange.core.facets import Group, Numbered, Option
from exchange.taxonomy import vocabulary
from exchange.webinars.models import Phase, Presenter, Webinar
from exchange.webinars.planning import saying
from exchange.webinars.planning.queries import FACETS, Listed

_STATUS = {Phase.CANCELLED: "EventCancelled"}
# What could end a script or begin a mark, as JSON writes it instead.
_ESCAPED = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def webinar_cards(rows: Iterable[Webinar], *, with_excerpt: bool = True) -> list[Card]:
    """When · how far it has come · languages spoken · hub."""
    rows = list(rows)
    made = cards(rows, with_excerpt=with_excerpt)
    return [
        replace(card, context=line(row), published_at=None)
        for card, row in zip(made, rows, strict=True)
    ]


def line(row: Webinar) -> tuple[Part, ...]:
    parts = [Part(saying.on_a_card(row), "led")]
    if row.phase in (Phase.LIVE, Phase.CANCELLED, Phase.SUMMED, Phase.OPEN):
        parts.append(Part(str(row.get_phase_display()), "live" if row.is_live else ""))
    parts.append(Part(", ".join(saying.spoken(row))))
    if row.hub:
        parts.append(Part(vocabulary.label(f"region:{row.hub}")))
    return tuple(parts)


def groups(found: Listed, narrowing: Mapping[str, str]) -> list[Group]:
    """The facets with their counts; one with a single choice that is not taken says nothing."""
    titles = {
        "language": _("Language"),
        "hub": _("Hub"),
        "series": _("Series"),
        "topic": _("Topic"),
    }
    made = []
    for facet in FACETS:
        options = _options(facet, found, narrowing)
        if len(options) > 1 or narrowing.get(facet):
            made.append(Group(titles[facet], options))
    return made


def active(found: Listed, narrowing: Mapping[str, str]) -> list[Option]:
    """What narrows the list now; each link takes one away."""
    return [
        Option(_label(facet, word, found), address(narrowing, {facet: ""}), active=True)
        for facet, word in narrowing.items()
    ]


def numbered(found: Listed, narrowing: Mapping[str, str]) -> list[Numbered]:
    if found.pages == 1:
        return []
    near = {1, 2, found.page - 1, found.page, found.page + 1, found.pages}
    return [
        Numbered(n, address(narrowing, {"page": str(n) if n > 1 else ""}), n == found.page)
        for n in sorted(near)
        if 1 <= n <= found.pages
    ]


def address(asked: Mapping[str, str], changed: Mapping[str, str]) -> str:
    query = urlencode({name: value for name, value in {**asked, **changed}.items() if value})
    return f"?{query}" if query else "?"


def for_machines(webinar: Webinar, presenters: Iterable[Presenter]) -> SafeString:
    """An Event of schema.org: nothing that opens a room, and nobody who has not agreed."""
    status = _STATUS.get(Phase(webinar.phase))
    status = status or ("EventRescheduled" if webinar.sequence else "EventScheduled")
    told = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": webinar.title,
        "description": webinar.excerpt,
        "startDate": f"{webinar.starts_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "endDate": f"{webinar.ends_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "eventStatus": f"https://schema.org/{status}",
        "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
        "isAccessibleForFree": True,
        "inLanguage": webinar.spoken_codes,
        "location": {"@type": "VirtualLocation", "url": page_address(webinar)},
        "organizer": {"@type": "Organization", "name": settings.SITE_NAME},
        "performer": [{"@type": "Person", "name": one.name} for one in presenters],
    }
    written = json.dumps(told, ensure_ascii=False).translate(_ESCAPED)
    return mark_safe(written)


def page_address(webinar: Webinar) -> str:
    return f"{settings.BASE_URL}{webinar.get_absolute_url()}"


def _options(facet: str, found: Listed, narrowing: Mapping[str, str]) -> tuple[Option, ...]:
    chosen, counts = narrowing.get(facet, ""), found.counts[facet]
    words = sorted(counts, key=lambda word: (-counts[word], _label(facet, word, found)))
    return tuple(
        Option(
            _label(facet, word, found),
            address(narrowing, {facet: "" if word == chosen else word}),
            counts[word],
            word == chosen,
        )
        for word in words
    )


def _label(facet: str, word: str, found: Listed) -> str:
    if facet == "language":
        return languages.named(word)
    if facet == "series":
        return found.series.get(word, word)
    return vocabulary.label(f"{'region' if facet == 'hub' else facet}:{word}")
