"""Other libraries a host named: looked at when a host asks, or by the clock once switched on.
Called by the hosts' pages, the command, the worker and the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from exchange.core.time import now
from exchange.ledger.actions import record as record_event
from exchange.library.bringing.actions import keep
from exchange.library.bringing.harvesting import FIRST_LOOK, MOST_RECORDS, Harvest, harvested
from exchange.library.models import HarvestSource, ImportRun
from exchange.members.models import Member

# A look asked for longer ago than this was lost; it may be asked for again.
WAITS_AT_MOST = timedelta(minutes=10)


def add_source(*, url: str, set_spec: str = "", name: str = "", by: Member | None) -> HarvestSource:
    """Name another library. Nothing is read before a host asks for it."""
    try:
        with transaction.atomic():
            return HarvestSource.objects.create(
                url=url, set_spec=set_spec, name=name[:200], added_by=by
            )
    except IntegrityError:
        return HarvestSource.objects.get(url=url, set_spec=set_spec)


def ask_for_look(*, source: HarvestSource, whole: bool, by: Member | None) -> bool:
    """Let the worker read it: the first records, or all it has. False when it is being read."""
    with transaction.atomic():
        row = HarvestSource.objects.select_for_update().get(pk=source.pk)
        if is_waiting(row):
            return False
        row.asked_at, row.asked_by, row.trouble = now(), by, ""
        row.save()
        _ask(row, by, whole=whole, since=False)
    return True


def is_waiting(source: HarvestSource) -> bool:
    return source.asked_at is not None and source.asked_at > now() - WAITS_AT_MOST


def switch(*, source: HarvestSource, is_on: bool) -> None:
    """Let the clock look for new records there, or no longer."""
    source.is_on = is_on
    source.next_at = now() + timedelta(days=source.every_days) if is_on else None
    source.save(update_fields=["is_on", "next_at"])


def remove_source(*, source: HarvestSource) -> None:
    """Forget a library. What came from it stays."""
    source.delete()


def look_at(
    *, source: HarvestSource, most: int, since: datetime | None, by: Member | None
) -> Callable[[], ImportRun | None]:
    """Read there, with no transaction open; what is given back keeps it, inside one."""
    found = harvested(source.url, set_spec=source.set_spec, since=since, most=most)
    return lambda: _kept(source, found, by)


def look_asked_for(*, source_id: int, whole: bool, since: bool) -> Callable[[], None] | None:
    """What the worker does about a look that was asked for."""
    source = HarvestSource.objects.filter(pk=source_id).first()
    if source is None or source.asked_at is None:
        return None
    settle = look_at(
        source=source,
        most=MOST_RECORDS if whole else FIRST_LOOK,
        since=source.harvested_until if since else None,
        by=source.asked_by,
    )

    def done() -> None:
        settle()

    return done


def ask_by_clock(*, moment: datetime) -> int:
    """Libraries that are switched on and due, unless what the clock found before still waits."""
    asked = 0
    for source in HarvestSource.objects.filter(is_on=True, next_at__lte=moment):
        with transaction.atomic():
            source.next_at = moment + timedelta(days=max(source.every_days, 1))
            unseen = source.runs.filter(by=None, state=ImportRun.State.PREVIEW).exclude(records=[])
            if not unseen.exists() and not is_waiting(source):
                source.asked_at, source.asked_by, source.trouble = moment, None, ""
                _ask(source, None, whole=True, since=True)
                asked += 1
            source.save()
    return asked


def _ask(source: HarvestSource, by: Member | None, *, whole: bool, since: bool) -> None:
    record_event(
        "harvest.asked",
        subject_type="source",
        subject_id=source.pk,
        actor_id=by.pk if by else None,
        detail={"whole": whole, "since": since},
        public=False,
    )


def _kept(source: HarvestSource, found: Harvest, by: Member | None) -> ImportRun | None:
    """Keep what was read as rows to be looked through; nothing when nothing was read."""
    with transaction.atomic():
        row = HarvestSource.objects.select_for_update().filter(pk=source.pk).first()
        if row is None:
            return None
        row.asked_at, row.asked_by = None, None
        row.name = row.name or found.name
        row.formats = ", ".join(found.formats)[:300]
        row.trouble = found.trouble[:500]
        row.harvested_until = found.until or row.harvested_until
        row.save()
        if not found.rows:
            return None
        words = "\n".join(filter(None, [found.trouble, *found.words]))
        name = row.name or row.url
        run = keep(form="oai", name=name, rows=found.rows, by=by, words=words, source=row)
    if by is None and not _asks_anything(run):
        # The clock shows hosts only what they have to decide.
        run.delete()
        return None
    return run


def _asks_anything(run: ImportRun) -> bool:
    return any(run.counts.get(one) for one in ("new", "changed", "twin", "needs", "gone", "wrong"))
