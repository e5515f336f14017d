"""The `begins_with` tag: how a section begins, as hosts chose it.
Used by this room's piece in the slot of sections."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from exchange.pages.steering import queries
from exchange.pages.steering.queries import Featured

register = template.Library()
_SECTIONS = {
    "questions": "contributions:question-list",
    "experiences": "contributions:experience-list",
    "library": "library:resource-list",
    "webinars": "webinars:list",
    "briefs": "briefings:briefs",
}


@register.simple_tag(takes_context=True)
def begins_with(context: Any) -> Featured | None:
    """Only on the first page of a section, where nothing is narrowed down."""
    request = context.get("request")
    if request is None or request.GET:
        return None
    at = request.path
    place = next((code for code, name in _SECTIONS.items() if reverse(name) == at), "")
    return queries.section(place) if place else None
