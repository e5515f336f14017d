"""Keeping what a file or another library offers, and bringing in what a host chose of it.
Called by the hosts' pages, the command and the clock; one transaction each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from exchange.core.text import clean_line
from exchange.core.time import now
from exchange.ledger.actions import record as record_event
from exchange.library.actions import Held, add_record, change_record
from exchange.library.bringing.rows import Row
from exchange.library.importing import Filling, Judged, Outcome, Plan, plan
from exchange.library.models import ForeignRecord, HarvestSource, ImportRun, Resource
from exchange.library.records import Record, whole_record_of
from exchange.members.models import Member

KEPT_DAYS = 7
# What the clock found waits longer: it asked for it, and hosts may be away.
KEPT_DAYS_OF_THE_CLOCK = 60
# What a host may still bring in.
OPEN = (Outcome.NEW, Outcome.TWIN, Outcome.NEEDS, Outcome.CHANGED)


class Forgotten(Exception):
    """What was looked at is not kept any more; the file must be read again."""


@dataclass
class Done:
    """How many rows became what."""

    brought: int = 0
    waiting: int = 0
    updated: int = 0
    held: int = 0
    left: int = 0


@dataclass(frozen=True)
class _How:
    """Who lets rows in, and how far."""

    by: Member | None
    is_ticked: bool
    update: bool
    strict: bool


def foreign_of(source: HarvestSource | None, rows: Iterable[Row]) -> dict[str, Resource]:
    """Which records here came from a source under these names."""
    names = [row.identifier for row in rows if row.identifier]
    if source is None or not names:
        return {}
    found: dict[str, Resource] = {}
    for start in range(0, len(names), 500):
        some = ForeignRecord.objects.filter(
            source=source, identifier__in=names[start : start + 500], resource__isnull=False
        )
        for one in some.select_related("resource"):
            if one.resource is not None:
                found[one.identifier] = one.resource
    return found


def keep(
    *,
    form: str,
    name: str,
    rows: list[Row],
    by: Member | None,
    words: str = "",
    source: HarvestSource | None = None,
    filling: Filling | None = None,
) -> ImportRun:
    """Keep what was read, with what would become of it. Nothing is brought in."""
    if filling is not None:
        rows = [replace(row, cells=filling.into(row.cells)) for row in rows]
    made = plan(rows, is_table=form == "csv", foreign=foreign_of(source, rows))
    return keep_plan(form=form, name=name, made=made, by=by, words=words, source=source)


def keep_plan(
    *,
    form: str,
    name: str,
    made: Plan,
    by: Member | None,
    words: str = "",
    source: HarvestSource | None = None,
) -> ImportRun:
    """As `keep`, of what was judged already."""
    with transaction.atomic():
        run = ImportRun.objects.create(
            form=form,
            name=clean_line(name)[:200],
            by=by,
            source=source,
            words=words,
            records=[asdict(one.source) for one in made.judged if one.source],
            report=[_line(one) for one in made.judged],
            counts=made.counts(),
        )
        if source is not None:
            _remember_known(made, source)
    return run


def bring(
    *,
    run: ImportRun,
    by: Member | None,
    numbers: Collection[int] | None,
    update: bool = False,
    filling: Filling | None = None,
    strict: bool = False,
) -> Done:
    """Bring in the chosen rows of what was looked at; `numbers` None means every new one (and,
    with `update`, every changed one). What changed here since is not written over. `strict`: a
    held change lets nothing in, and Held is raised. Raises Forgotten."""
    with transaction.atomic():
        kept = ImportRun.objects.select_for_update().get(pk=run.pk)
        if not kept.records:
            raise Forgotten
        lines = {line["n"]: line for line in kept.report}
        chosen = _chosen(lines, numbers, update, filling)
        rows = [Row(**_tupled(one)) for one in kept.records if one["number"] in chosen]
        made = plan(
            rows,
            filling=filling,
            is_table=kept.form == "csv",
            foreign=foreign_of(kept.source, rows),
        )
        done = Done()
        for one in made.judged:
            how = _How(by, is_ticked=numbers is not None, update=update, strict=strict)
            lines[one.number] = _brought(one, lines[one.number], kept, how, done)
        _finish(kept, lines, done, by)
    return done


def forget_old(*, moment: datetime) -> int:
    """What was only looked at goes after a week; of what was brought in the report stays."""
    old = ImportRun.objects.filter(at__lt=moment - timedelta(days=KEPT_DAYS))
    by_clock = Q(form=ImportRun.Form.OAI, by=None)
    old = old.exclude(by_clock & Q(at__gte=moment - timedelta(days=KEPT_DAYS_OF_THE_CLOCK)))
    never = old.filter(state__in=(ImportRun.State.PREVIEW, ImportRun.State.FAILED))
    gone, _of_what = never.delete()
    emptied = old.filter(state=ImportRun.State.APPLIED).exclude(records=[]).update(records=[])
    return int(gone) + emptied


def remove(*, run: ImportRun) -> None:
    """A host needs what was looked at no more."""
    ImportRun.objects.filter(pk=run.pk, state__in=("preview", "failed")).delete()


def _chosen(
    lines: Mapping[int, dict[str, Any]],
    numbers: Collection[int] | None,
    update: bool,
    filling: Filling | None,
) -> set[int]:
    if numbers is not None:
        return {n for n in numbers if n in lines and lines[n]["o"] in OPEN}
    wanted = {Outcome.NEW}
    if update:
        wanted.add(Outcome.CHANGED)
    if filling not in (None, Filling()):
        wanted.add(Outcome.NEEDS)
    return {n for n, line in lines.items() if line["o"] in wanted}


def _brought(
    one: Judged,
    former: dict[str, Any],
    run: ImportRun,
    how: _How,
    done: Done,
) -> dict[str, Any]:
    """What became of one row, as a line of the report. Whoever ticked a row that changes a
    record, or that may be here already, means it."""
    is_new = one.outcome is Outcome.NEW or (one.outcome is Outcome.TWIN and how.is_ticked)
    if is_new and one.record:
        return _added(one, one.record, run, how, done)
    takes = how.update or how.is_ticked
    if one.outcome is Outcome.CHANGED and takes and one.row and one.record:
        if former.get("pk") == one.row.pk and former.get("v") not in (None, one.row.version):
            done.left += 1
            said = _("it was changed here after you looked; look at it once more")
            return {**_line(one), "w": [said, *one.words]}
        return _changed(one, one.row, run, how, done)
    done.left += 1
    return _line(one)


def _added(one: Judged, record: Record, run: ImportRun, how: _How, done: Done) -> dict[str, Any]:
    try:
        with transaction.atomic():
            row = add_record(record=record, by=how.by)
            _remember(one, run, row)
    except IntegrityError:
        done.left += 1
        said = _("somebody added a record of this title a moment ago")
        return {**_line(one), "o": Outcome.SAME.value, "w": [said]}
    done.brought += 1
    words = []
    if not row.is_public:
        done.waiting += 1
        words.append(_("it waits at the desk: a host must read it before it is seen"))
    return {**_line(one), "o": Outcome.BROUGHT.value, "pk": row.pk, "w": words}


def _changed(one: Judged, row: Resource, run: ImportRun, how: _How, done: Done) -> dict[str, Any]:
    record = one.record or whole_record_of(row)
    try:
        with transaction.atomic():
            change_record(row=row, record=record, by=how.by)
            _remember(one, run, row)
    except Held:
        if how.strict:
            raise
        done.held += 1
        said = _("its new words must be read by a host first; the record stays as it was")
        return {**_line(one), "o": Outcome.HELD.value, "w": [said]}
    except IntegrityError:
        done.left += 1
        return {**_line(one), "w": [_("another record here has this title")]}
    done.updated += 1
    return {**_line(one), "o": Outcome.UPDATED.value}


def _remember(one: Judged, run: ImportRun, row: Resource) -> None:
    """Under which name the other library has it, so that nothing comes twice."""
    if run.source is None or one.source is None or not one.source.identifier:
        return
    ForeignRecord.objects.update_or_create(
        source=run.source,
        identifier=one.source.identifier[:400],
        defaults={"resource": row, "datestamp": one.source.datestamp[:30], "is_deleted": False},
    )


def _remember_known(made: Plan, source: HarvestSource) -> None:
    """What is here already under a title of ours, and what the other library has deleted."""
    for one in made.judged:
        if one.source and one.source.identifier and one.row:
            if one.outcome is Outcome.SAME:
                ForeignRecord.objects.get_or_create(
                    source=source,
                    identifier=one.source.identifier[:400],
                    defaults={"resource": one.row, "datestamp": one.source.datestamp[:30]},
                )
            elif one.outcome is Outcome.GONE:
                ForeignRecord.objects.filter(
                    source=source, identifier=one.source.identifier[:400]
                ).update(is_deleted=True)


def _finish(
    run: ImportRun, lines: Mapping[int, dict[str, Any]], done: Done, by: Member | None
) -> None:
    run.report = [lines[n] for n in sorted(lines)]
    run.counts = {}
    for line in run.report:
        run.counts[line["o"]] = run.counts.get(line["o"], 0) + 1
    run.save(update_fields=["report", "counts"])
    if done.brought or done.updated:
        applied = ImportRun.State.APPLIED
        ImportRun.objects.filter(pk=run.pk).update(state=applied, applied_at=now())
        record_event(
            "import.applied",
            subject_type="import",
            subject_id=run.pk,
            actor_id=by.pk if by else None,
            detail={"brought": done.brought, "updated": done.updated},
            public=False,
        )


def _line(one: Judged) -> dict[str, Any]:
    line: dict[str, Any] = {
        "n": one.number,
        "o": one.outcome.value,
        "t": one.title[:300],
        "w": [words[:400] for words in one.words[:12]],
        "s": _said(one.record) if one.record else "",
    }
    if one.row is not None and one.outcome is not Outcome.KEPT_BACK:
        line.update(pk=one.row.pk, v=one.row.version)
    return line


def _said(record: Record) -> str:
    """Who made it, when, who published it: enough to know it by."""
    made_by = record.authors_line[:120]
    return " · ".join(filter(None, [made_by, str(record.year or ""), record.publisher[:80]]))


def _tupled(kept: dict[str, Any]) -> dict[str, Any]:
    return {**kept, "wrong": tuple(kept["wrong"]), "notes": tuple(kept["notes"])}
