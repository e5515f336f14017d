"""Following a place, changing how much, and no more. Each verb is one transaction.
Called by pages and by mail; `wishing` sees to it that a digest comes."""

from __future__ import annotations

from django.db import transaction

from exchange.alerts.models import Level, Watch
from exchange.alerts.watching import rules
from exchange.alerts.wishing.actions import expect_digest
from exchange.contributions.errors import TooMany
from exchange.core.time import now
from exchange.members.models import Member
from exchange.organisations.models import Organisation

Kind = Watch.Kind


class NoSuchPlace(ValueError):
    """There is no such topic, country, hub, person or organisation."""


def watch(
    *, member: Member, kind: str, value: str = "", level: str = Level.DIGEST, label: str = ""
) -> Watch:
    """Follow a place at a level; the same place again changes the level. An organisation is given
    by its name. Raises NoSuchPlace, TooMany."""
    kept = _kept(kind, value, member)
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=member.pk)
        others = Watch.objects.filter(member=member).exclude(kind=kind, value=kept)
        if others.exclude(level=Level.OFF).count() >= rules.MOST_WATCHED:
            raise TooMany
        wish = {"level": Level(level), "at": now()}
        if kind == Kind.ORGANISATION:
            wish["label"] = (label or value)[:160]
        row, _new = Watch.objects.update_or_create(
            member=member, kind=kind, value=kept, defaults=wish
        )
        if row.level == Level.DIGEST:
            expect_digest(member=member)
    return row


def follow_merged(*, gone: int, into: int) -> None:
    """Two entries of one organisation became one: who followed the first follows the other."""
    slugs = dict(Organisation.objects.filter(pk__in=(gone, into)).values_list("pk", "slug"))
    if len(slugs) < 2:
        return
    rows = Watch.objects.filter(kind=Kind.ORGANISATION)
    with transaction.atomic():
        there = list(rows.filter(value=slugs[into]).values_list("member_id", flat=True))
        moving = rows.filter(value=slugs[gone]).exclude(member_id__in=there)
        moving.update(value=slugs[into])
        rows.filter(value=slugs[gone]).delete()


def set_level(*, watch: Watch, level: str) -> Watch:
    """How much of this place from now on; "off" is nothing."""
    with transaction.atomic():
        watch.level = Level(level)
        watch.save(update_fields=["level"])
        if watch.level == Level.DIGEST:
            expect_digest(member=watch.member)
    return watch


def _kept(kind: str, value: str, member: Member) -> str:
    if kind not in Kind.values:
        raise NoSuchPlace
    if kind == Kind.HELP:
        return ""
    if kind == Kind.PERSON:
        found = (
            value.isascii() and value.isdecimal() and len(value) < 19 and int(value) != member.pk
        )
        if not found or not Member.objects.active().filter(pk=int(value)).exists():
            raise NoSuchPlace
        return str(int(value))
    kept = rules.organisation_slug(value) if kind == Kind.ORGANISATION else rules.known(kind, value)
    if not kept:
        raise NoSuchPlace
    return kept
