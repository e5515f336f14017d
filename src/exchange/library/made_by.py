"""The records an organisation made, for its own page.
Registered by hooks; asked by the page of an organisation."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode

from exchange.contributions.cards import cards
from exchange.contributions.models import State
from exchange.core.remembering import remembered
from exchange.library.models import Creator, Resource
from exchange.organisations.models import Organisation
from exchange.organisations.showing import Asked

_MOST = 6


def records(asked: Asked) -> dict[str, Any] | None:
    """The newest that name it as who made or published them, and the way to all."""
    one = asked.organisation
    key = ("records_of_organisation", one.pk, one.version)
    rows = remembered(key, lambda: _newest(one))
    if not rows:
        return None
    return {
        "cards": cards(rows),
        "url": f"{reverse('discovery:search')}?{urlencode({'q': one.name})}",
    }


def _newest(organisation: Organisation) -> list[Resource]:
    names = [organisation.name, organisation.acronym, *organisation.also_known_as]
    if organisation.acronym:
        names.append(f"{organisation.name} ({organisation.acronym})")
    named, published = Q(), Q()
    for name in filter(None, names):
        named |= Q(name__iexact=name)
        published |= Q(publisher__iexact=name)
    made = Creator.objects.filter(named, is_organisation=True).values("resource_id")
    rows: Any = Resource.objects.filter(published | Q(pk__in=made), state=State.PUBLISHED)
    return list(rows.for_lists().order_by("-published_at", "-pk")[:_MOST])
