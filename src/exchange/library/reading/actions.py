"""Every change to a light view: make, make anew, hide, report a problem, settle it.
Called by pages, by listeners of the ledger, by the clock and by the command."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction

from exchange.contributions.errors import NotAllowed, SpineError
from exchange.core import sandbox
from exchange.core.text import clean
from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.ledger.registry import Later
from exchange.library.files import store
from exchange.library.models import File, Reading, ReadingFigure, ReadingProblem
from exchange.library.reading import keeping, making, recognising, rules
from exchange.members.models import Member

HOUR = timedelta(hours=1)


class TooMany(SpineError):
    """So many problems in one hour that this one was not taken."""


def prepare(*, file_id: int, again: bool = False) -> Callable[[], None] | None:
    """Make the light view of a file; what is to be done in the transaction that ends this. Slow,
    with no transaction open. Asked twice, the second finds it made. Raises Later."""
    rows = File.objects.filter(pk=file_id, state=File.State.KEPT).select_related("resource")
    file: File | None = rows.first()
    if file is None or not making.can_be_read(file.media_type):
        return None
    known = Reading.objects.filter(file=file).first()
    if known and known.maker >= making.MAKER and not again:
        return None if known.resource_id == file.resource_id else lambda: _moved(known.pk)
    spoken = file.language or (file.resource.language if file.resource else "")
    try:
        with store.opened(file.store_key) as opened:
            made = making.make(opened, file.media_type, spoken, known.recognised if known else None)
    except sandbox.Busy as busy:
        raise Later("busy") from busy
    except FileNotFoundError as missing:
        raise Later("file-missing") from missing
    return keeping.kept(file, made)


def recognise(*, reading_id: int) -> Callable[[], None] | None:
    """Recognise the next few scanned pages and make the light view anew with them; more are asked
    for at the end. Slow, with no transaction open. Raises Later."""
    rows = Reading.objects.filter(pk=reading_id).select_related("file__resource")
    reading = rows.first()
    pages = recognising.due(reading) if reading else []
    if reading is None or not pages:
        return None
    file = reading.file
    try:
        with store.opened(file.store_key) as opened:
            fresh = recognising.recognised(opened, pages, reading.language or "en")
            known = {**reading.recognised, **fresh}
            opened.seek(0)
            made = making.make(opened, file.media_type, reading.language, known)
    except sandbox.Busy as busy:
        raise Later("busy") from busy
    except FileNotFoundError as missing:
        raise Later("file-missing") from missing
    return keeping.kept(file, made, recognised=known)


def forget(*, file_id: int) -> None:
    """The file is gone."""
    with transaction.atomic():
        for reading in Reading.objects.filter(file_id=file_id).select_for_update(of=("self",)):
            keeping.dropped(reading)


def tell_it_is_out(*, file_id: int) -> None:
    """The file may be seen now: search learns its words."""
    with transaction.atomic():
        for reading in Reading.objects.filter(file_id=file_id):
            keeping.tell(reading)


def ask_again(*, reading: Reading, by: Member) -> None:
    """A host wishes it made anew; the worker does it. Raises NotAllowed."""
    if not rules.may_look_after(by):
        raise NotAllowed
    with transaction.atomic():
        _entry("reading.asked_again", reading, by)


def hide(*, reading: Reading, by: Member, hidden: bool) -> None:
    """Too poor to be offered: only the original is; or let it be offered again.
    Raises NotAllowed."""
    if not rules.may_look_after(by):
        raise NotAllowed
    with transaction.atomic():
        row = Reading.objects.select_for_update(of=("self",)).get(pk=reading.pk)
        if bool(row.hidden_at) == hidden:
            return
        row.hidden_at = now() if hidden else None
        row.save(update_fields=["hidden_at"])
        _entry("reading.hidden" if hidden else "reading.shown", row, by)
        keeping.tell(row)


def report_problem(
    *,
    reading: Reading,
    part: int,
    anchor: str,
    what: str,
    note: str = "",
    by: Member | None,
    line: str = "",
) -> ReadingProblem:
    """A reader says what is wrong; the same reader saying the same of the same place says it once.
    A visitor's own words are not taken. Raises TooMany."""
    mine = ReadingProblem.objects.filter(by=by) if by else ReadingProblem.objects.filter(line=line)
    same = mine.filter(reading=reading, part=part, anchor=anchor[:30], what=what, settled_at=None)
    if found := same.first():
        return found
    if mine.filter(at__gt=now() - HOUR).count() >= (rules.A_MEMBER if by else rules.A_LINE):
        raise TooMany
    with transaction.atomic():
        problem = ReadingProblem.objects.create(
            reading=reading,
            part=part,
            anchor=anchor[:30],
            what=what,
            note=clean(note)[:500] if by else "",
            by=by,
            line="" if by else line,
        )
        record(
            "reading.problem",
            subject_type="reading",
            subject_id=reading.pk,
            actor_id=by.pk if by else None,
            public=False,
        )
    return problem


def settle(*, problem: ReadingProblem, by: Member) -> None:
    """A host has looked at it. Raises NotAllowed."""
    if not rules.may_look_after(by):
        raise NotAllowed
    with transaction.atomic():
        open_one = ReadingProblem.objects.filter(pk=problem.pk, settled_at=None)
        if open_one.update(settled_at=now(), settled_by=by, line=""):
            _entry("reading.settled", problem.reading, by)


def sweep() -> int:
    """Bytes of pictures that no light view has; how many lay there."""
    keys = list(store.old_keys("figures"))
    swept = 0
    for start in range(0, len(keys), 500):
        some = {key.partition("/")[2]: key for key in keys[start : start + 500]}
        known = ReadingFigure.objects.filter(key__in=some).values_list("key", flat=True)
        for name in set(some) - set(known):
            store.remove(some[name])
            swept += 1
    return swept


def _moved(pk: int) -> None:
    """The file stands beside a record now, or beside another one."""
    reading = Reading.objects.select_related("file").get(pk=pk)
    reading.resource_id = reading.file.resource_id
    reading.save(update_fields=["resource"])
    keeping.tell(reading)


def _entry(kind: str, reading: Reading, by: Member) -> None:
    record(kind, subject_type="reading", subject_id=reading.pk, actor_id=by.pk, public=False)
