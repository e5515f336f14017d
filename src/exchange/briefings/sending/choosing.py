"""Which edition of an issue somebody gets: their hub's in their language, their hub's, their
language's, the first. Pure; called by the queries of sending."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

from django.db.models import Q

from exchange.briefings.models import Newsletter

# Stands for every hub and every language that has no edition.
OTHER = "*"


def edition_for(editions: Sequence[Newsletter], *, hub: str, language: str) -> Newsletter | None:
    """One of these; None when all are for hubs of others."""
    theirs = [one for one in editions if hub and one.hub == hub]
    general = [one for one in editions if not one.hub]
    ways: Iterable[list[Newsletter]] = (
        [one for one in theirs if one.language == language],
        theirs,
        [one for one in general if one.language == language],
        general,
    )
    return next((min(way, key=lambda one: one.pk) for way in ways if way), None)


def whose(editions: Sequence[Newsletter], edition: Newsletter) -> Q:
    """The subscribers for whom this edition is the one, as a condition."""
    hubs = {one.hub for one in editions if one.hub}
    languages = {one.language for one in editions}
    found = Q(pk__in=[])
    for hub, language in product([*sorted(hubs), OTHER], [*sorted(languages), OTHER]):
        if edition_for(editions, hub=hub, language=language) == edition:
            found |= _among("hub", hub, hubs) & _among("language", language, languages)
    return found


def _among(name: str, value: str, known: set[str]) -> Q:
    return ~Q(**{f"{name}__in": known}) if value == OTHER else Q(**{name: value})
