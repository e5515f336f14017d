"""Channels as the hosts' pages show them.
Called by views. Neither the whole address nor the secret leaves here."""

from __future__ import annotations

from django.db.models import QuerySet

from exchange.announcing.models import Channel, Telling
from exchange.contributions import kinds
from exchange.core import languages
from exchange.taxonomy import vocabulary

SHOWN = 30


def channels() -> QuerySet[Channel]:
    return Channel.objects.order_by("name", "pk")


def tellings(channel: Channel) -> list[Telling]:
    """What it was told last; titles are not kept here, so none is shown."""
    rows = Telling.objects.filter(channel=channel).select_related("announcement")
    return list(rows.order_by("-at", "-pk")[:SHOWN])


def kind_choices() -> list[tuple[str, str]]:
    return [(kind.slug, str(kind.plural)) for kind in kinds.every() if kind.is_by_hosts]


def wants(channel: Channel) -> list[str]:
    """What it is told of, in words, one for each choice that was made."""
    named = dict(kind_choices())
    return [
        *(named.get(slug, slug) for slug in channel.kinds.split()),
        *(languages.named(code) for code in channel.languages.split()),
        *(vocabulary.label(f"region:{slug}") for slug in channel.hubs.split()),
    ]
