"""Keeping what harvesters are told: which records are out or gone, since when, and in which sets.
Called by hooks for each change, and by the command `oai`.

No change may be lost to a harvester that comes back for "everything since my last visit". A change
is therefore stamped ten seconds ahead, and no list shows a stamp before its moment has come: what
is written now is committed before anybody can ask past it. A clock that was set back is noticed by
the stamps and the clock jobs already there, and stamping then goes on from those."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from exchange.contributions import kinds
from exchange.contributions.models import PUBLIC_STATES, ContextTerm, Contribution
from exchange.core.time import now
from exchange.discovery.models import Harvestable
from exchange.discovery.oai import sets
from exchange.ledger.models import ClockJob

AHEAD = timedelta(seconds=10)
# How long after its slot a clock job may have been the newest sign of time.
_SLOT = timedelta(minutes=1)
_BATCH = 500


def keep(numbers: Iterable[int], *, anew: bool = True) -> int:
    """Say of these contributions what they are now. Without `anew` only what differs is stamped.
    Returns how many were."""
    wanted = sorted(set(numbers))
    with transaction.atomic():
        # Locked in one order: two changes of one record are told in the order they came.
        rows = Contribution.objects.select_for_update(of=("self",)).filter(pk__in=wanted)
        public = {row.pk: row for row in rows.order_by("pk") if _is_harvested(row)}
        known = Harvestable.objects.in_bulk(wanted)
        made = _let_out(public, known, anew=anew)
        gone = [one for pk, one in known.items() if pk not in public and not one.is_deleted]
        for one in gone:
            one.is_deleted = True
        if made or gone:
            _write([*made, *gone])
    return len(made) + len(gone)


def mend(*, anew: bool = False) -> int:
    """Look at everything: what nobody told us of is stamped now. With `anew` all of it is."""
    harvested = [kind.slug for kind in kinds.every() if kind.describes]
    public = Contribution.objects.filter(kind__in=harvested, state__in=PUBLIC_STATES)
    count = _in_batches(public.order_by("pk").values_list("pk", flat=True), anew=anew)
    known = Harvestable.objects.filter(is_deleted=False).order_by("pk")
    return count + _in_batches(known.values_list("pk", flat=True), anew=False)


def _in_batches(numbers: Any, *, anew: bool) -> int:
    """By their keys, a batch and a transaction at a time: none lasts longer than a stamp is ahead."""
    last, count = 0, 0
    while batch := list(numbers.filter(pk__gt=last)[:_BATCH]):
        count += keep(batch, anew=anew)
        last = batch[-1]
    return count


def _is_harvested(row: Contribution) -> bool:
    return row.is_public and row.kind in kinds.slugs() and bool(kinds.get(row.kind).describes)


def _let_out(
    public: dict[int, Contribution], known: dict[int, Harvestable], *, anew: bool
) -> list[Harvestable]:
    """The rows of what is public, those alone that say something new unless all are asked for."""
    terms: dict[int, list[str]] = {number: [] for number in public}
    rows = ContextTerm.objects.filter(contribution__in=list(terms))
    for number, key in rows.values_list("contribution_id", "term_id"):
        terms[number].append(key)
    made = []
    for number, row in public.items():
        names = sets.of(terms[number], row.language)
        before = known.get(number)
        if anew or before is None or before.is_deleted or before.sets != names:
            made.append(Harvestable(number=number, kind=row.kind, sets=names))
    return made


def _write(changed: list[Harvestable]) -> None:
    stamp = _stamp()
    for one in changed:
        one.datestamp = stamp
    Harvestable.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["number"],
        update_fields=["kind", "datestamp", "is_deleted", "sets"],
    )


def _stamp() -> datetime:
    """A moment that nobody has asked past yet, in whole seconds."""
    moment = now()
    slot = ClockJob.objects.aggregate(last=Max("last_slot"))["last"]
    if slot is not None and slot > moment:
        moment = slot + _SLOT
    ahead = (moment + AHEAD).replace(microsecond=0)
    latest = Harvestable.objects.aggregate(last=Max("datestamp"))["last"]
    return max(ahead, latest) if latest is not None else ahead
