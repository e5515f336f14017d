"""New organisations, a host's check of them, two entries made one, and taking one out.
Each verb is one transaction and one entry in the ledger."""

from __future__ import annotations

from django.db import transaction

from exchange.core import ids
from exchange.core.time import now
from exchange.members.models import Member
from exchange.organisations import naming, queries, rules
from exchange.organisations.actions.belonging import say_works_there
from exchange.organisations.actions.rows import entry, hosts_only, locked
from exchange.organisations.errors import (
    ChangedMeanwhile,
    NotAllowed,
    ThereAlready,
    TooMany,
)
from exchange.organisations.judging import passes
from exchange.organisations.models import Belonging, Organisation

_SLUG_LENGTH = 60
# Pages of this room stand at these addresses.
_OF_THE_ROOM = frozenset(("mine", "new", "similar", "desk"))


def propose(
    *,
    name: str,
    by: Member,
    acronym: str = "",
    kind: str = "",
    country: str = "",
    website: str = "",
    works_there: bool = True,
    insist: bool = False,
) -> Organisation:
    """A page for an organisation that has none: seen by its proposer and by hosts until a host has
    looked; a host's own stands at once. Raises ThereAlready, TooMany, NotAllowed, Refused, Noticed."""
    if not rules.may_write(by):
        raise NotAllowed
    _not_there_yet(name, acronym)
    _not_too_many(by)
    names = f"{name}\n{acronym}\n{website}"
    passed = passes(names=names, words="", language="en", by=by, insist=insist)
    stands = passed and by.is_host
    with transaction.atomic():
        row = Organisation.objects.create(
            slug=_free_slug(name),
            name=name,
            sort_key=naming.sort_key(name),
            acronym=acronym,
            found_by=naming.found_by(name, acronym, ()),
            kind=kind,
            country=country,
            website=website,
            proposed_by=by,
            checked_at=now() if stands else None,
            checked_by=by if stands else None,
            is_demo=by.is_demo,
        )
        entry("organisation.proposed", row.pk, by, public=stands)
        if works_there:
            say_works_there(organisation=row, member=by)
    return row


def _not_there_yet(name: str, acronym: str) -> None:
    twin = queries.same_name(name) or (queries.same_name(acronym) if acronym else None)
    if twin is not None:
        raise ThereAlready(twin)


def _not_too_many(by: Member) -> None:
    waiting = Organisation.objects.filter(proposed_by=by, checked_at=None, gone_at=None)
    if not by.is_host and waiting.count() >= rules.MOST_PROPOSED:
        raise TooMany


def check(*, organisation: Organisation, by: Member) -> Organisation:
    """A host has looked at a proposal: everybody sees it. Raises NotAllowed, ChangedMeanwhile."""
    hosts_only(by)
    with transaction.atomic():
        row = _waiting(organisation)
        row.checked_at, row.checked_by = now(), by
        row.save(update_fields=["checked_at", "checked_by"])
        entry("organisation.checked", row.pk, by)
    return row


def decline(*, organisation: Organisation, by: Member, note: str) -> None:
    """Not taken; its proposer is told why. Raises NotAllowed, ChangedMeanwhile."""
    hosts_only(by)
    with transaction.atomic():
        row = _waiting(organisation)
        row.gone_at, row.note = now(), note
        row.save(update_fields=["gone_at", "note"])
        entry("organisation.declined", row.pk, by, public=False)


def take_out(*, organisation: Organisation, by: Member) -> None:
    """A host takes an organisation out; who said they work there keeps nothing of it."""
    hosts_only(by)
    with transaction.atomic():
        row = locked(organisation)
        row.gone_at = now()
        row.save(update_fields=["gone_at"])
        entry("organisation.gone", row.pk, by)


def merge(*, gone: Organisation, into: Organisation, by: Member) -> None:
    """Two entries of one organisation become one: its people and its notices go over, its names
    still find it, and its old address leads on. Raises NotAllowed."""
    hosts_only(by)
    if gone.pk == into.pk:
        raise NotAllowed
    with transaction.atomic():
        first, second = sorted((gone, into), key=lambda one: one.pk)
        rows = {row.pk: row for row in (locked(first), locked(second))}
        old, kept = rows[gone.pk], rows[into.pk]
        there = Belonging.objects.filter(organisation=kept).values("member_id")
        moving = Belonging.objects.filter(organisation=old).exclude(member_id__in=list(there))
        moving.update(organisation=kept)
        Belonging.objects.filter(organisation=old).delete()
        _take_names(kept, old)
        old.gone_at, old.merged_into = now(), kept
        old.save(update_fields=["gone_at", "merged_into"])
        Organisation.objects.filter(merged_into=old).update(merged_into=kept)
        entry("organisation.merged", old.pk, by, into=kept.pk)


def _take_names(kept: Organisation, old: Organisation) -> None:
    names = [*kept.also_known_as, old.name, old.acronym, *old.also_known_as]
    others = [name for name in dict.fromkeys(names) if name and name != kept.name]
    kept.also_known_as = others[: naming.MOST_NAMES]
    kept.found_by = naming.found_by(kept.name, kept.acronym, others)
    for name in ("website", "country", "kind", "about"):
        if not getattr(kept, name):
            setattr(kept, name, getattr(old, name))
    kept.is_founding = kept.is_founding or old.is_founding
    kept.version += 1
    kept.save()


def _waiting(organisation: Organisation) -> Organisation:
    row = locked(organisation)
    if row.checked_at is not None:
        raise ChangedMeanwhile
    return row


def _free_slug(name: str) -> str:
    wanted = ids.slug(name)
    taken = wanted in _OF_THE_ROOM or Organisation.objects.filter(slug=wanted).exists()
    if not taken:
        return wanted
    return f"{wanted[:_SLUG_LENGTH]}-{ids.new_id(4).lower().strip('-_') or 'x'}"
