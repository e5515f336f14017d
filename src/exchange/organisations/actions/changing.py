"""Correcting the facts and the words of a page, with its history.
Each verb is one transaction and one entry in the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from exchange.core.time import now
from exchange.members.models import Member
from exchange.organisations import naming, queries, rules
from exchange.organisations.actions.rows import entry, hosts_only, locked
from exchange.organisations.errors import ChangedMeanwhile, NotAllowed, ThereAlready
from exchange.organisations.judging import passes
from exchange.organisations.models import Change, Organisation

_State = Change.State


def change(
    *,
    organisation: Organisation,
    fields: Mapping[str, Any],
    language: str,
    by: Member,
    version: int,
    insist: bool = False,
) -> bool:
    """Other facts or words. True when they stand at once, False when they wait for a host.
    Raises NotAllowed, ThereAlready, ChangedMeanwhile, Refused, Noticed."""
    allowed = rules.OF_HOSTS if by.is_host else rules.OF_SPEAKERS
    if not rules.may_change(by, queries.belonging_of(by, organisation)):
        raise NotAllowed
    after = {name: fields[name] for name in allowed if name in fields}
    if "name" in after:
        twin = queries.same_name(after["name"], besides=organisation.pk)
        if twin is not None:
            raise ThereAlready(twin)
    passed = _passes(organisation, after, language, by, insist)
    with transaction.atomic():
        row = locked(organisation)
        if row.version != version:
            raise ChangedMeanwhile
        after = {name: value for name, value in after.items() if getattr(row, name) != value}
        if "about" in after:
            after["about_language"] = language
        if not after:
            return True
        before = {name: getattr(row, name) for name in after}
        # A change that still waits gives way to the newer one.
        row.changes.filter(state=_State.WAITS).delete()
        state = _State.STANDS if passed else _State.WAITS
        Change.objects.create(organisation=row, by=by, before=before, after=after, state=state)
        if passed:
            _write(row, after)
        entry("organisation.changed" if passed else "organisation.change_waits", row.pk, by)
    return passed


def let_stand(*, change: Change, by: Member) -> None:
    """A host lets words stand that a gate held. Raises NotAllowed, ChangedMeanwhile."""
    hosts_only(by)
    with transaction.atomic():
        row = locked(change.organisation)
        if not row.changes.filter(pk=change.pk, state=_State.WAITS).update(state=_State.STANDS):
            raise ChangedMeanwhile
        _write(row, change.after)
        entry("organisation.changed", row.pk, by, change=change.pk)


def not_taken(*, change: Change, by: Member, note: str) -> None:
    """A host does not let them stand, and says why. Raises NotAllowed, ChangedMeanwhile."""
    hosts_only(by)
    with transaction.atomic():
        rows = Change.objects.filter(pk=change.pk, state=_State.WAITS)
        if not rows.update(state=_State.DECLINED, note=note, at=now()):
            raise ChangedMeanwhile
        entry(
            "organisation.change_declined",
            change.organisation_id,
            by,
            public=False,
            change=change.pk,
        )


def _passes(
    organisation: Organisation, after: Mapping[str, Any], language: str, by: Member, insist: bool
) -> bool:
    changed = {name: value for name, value in after.items() if getattr(organisation, name) != value}
    return passes(
        names=_joined(changed, rules.NAMES),
        words=_joined(changed, rules.WORDS),
        language=language,
        by=by,
        insist=insist,
    )


def _joined(changed: Mapping[str, Any], names: Iterable[str]) -> str:
    found = (changed.get(name) or "" for name in names)
    return "\n\n".join("\n".join(one) if isinstance(one, list) else one for one in found if one)


def _write(row: Organisation, after: Mapping[str, Any]) -> None:
    for name, value in after.items():
        setattr(row, name, value)
    row.sort_key = naming.sort_key(row.name)
    row.found_by = naming.found_by(row.name, row.acronym, row.also_known_as)
    row.version += 1
    row.save()
