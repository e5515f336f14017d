"""Channels as the hosts' pages show them.
Called by views. Neither the whole address nor the secret leaves here."""

from __future__ import annotations

from django.db.models import QuerySet

from exchange.announcing.models import Channel, Telling
from exchange.announcing.publications.queries import Told, told_of
from exchange.contributions import kinds
from exchange.core import languages
from exchange.taxonomy import vocabulary

SHOWN = 30


def channels() -> QuerySet[Channel]:
    return Channel.objects.order_by("name", "pk")


def tellings(channel: Channel) -> list[tuple[Telling, Told | None]]:
    """What it was told last, with the words of what is still public."""
    some = Telling.objects.filter(channel=channel).select_related("announcement")
    rows = list(some.order_by("-at", "-pk")[:SHOWN])
    found = told_of([row.announcement for row in rows])
    return [(row, found.get(row.announcement_id)) for row in rows]


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
