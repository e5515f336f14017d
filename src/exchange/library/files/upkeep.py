"""What the clock does for files: look whether they are whole, scan what waits, clear what is old.
Called by the hooks of files, the desk and the command; each file is a transaction of its own."""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from exchange.contributions import sealing
from exchange.contributions.models import State
from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.library.files import actions, scanning, store
from exchange.library.models import File

log = logging.getLogger(__name__)

# A slice each hour: so much is read, and what was looked at within a month is passed over.
BYTES_AT_ONCE = 400_000_000
FILES_AT_ONCE = 500
LOOKED_AT_AGAIN = timedelta(days=30)
SCANS_AT_ONCE = 40
# Files of a draft that nobody came back to, and of a record that was withdrawn.
DRAFTS_STAY = timedelta(days=90)
WITHDRAWN_STAY = timedelta(days=30)


def check_some(*, moment: datetime, most: int = BYTES_AT_ONCE) -> int:
    """Look at those nobody looked at for longest; how many were looked at."""
    due = File.objects.filter(state=File.State.KEPT)
    due = due.filter(Q(fixity_at=None) | Q(fixity_at__lt=moment - LOOKED_AT_AGAIN))
    rows = due.order_by(F("fixity_at").asc(nulls_first=True), "id")
    read = looked = 0
    for row in rows[:FILES_AT_ONCE].iterator():
        if read and read + row.size > most:
            break
        check(file=row)
        read += row.size
        looked += 1
    return looked


def check(*, file: File) -> str:
    """Read one file again and compare. An error of the storage itself is raised, for it says
    nothing about the file."""
    found = _found(file)
    with transaction.atomic():
        rows = File.objects.filter(pk=file.pk, state=File.State.KEPT)
        if rows.update(fixity=found, fixity_at=now()) and found != file.fixity:
            if found != File.Fixity.WHOLE:
                log.error("file %s of the library is %s", file.pk, found)
            record(
                "file.looked_at",
                subject_type="file",
                subject_id=file.pk,
                detail={"resource": file.resource_id, "found": found},
            )
    return found


def scan_waiting() -> int:
    """Have the scanner look at what it could not see when it came; how many it has seen. It stops
    when the scanner does not answer."""
    if not settings.SCANNER:
        return 0
    seen = 0
    rows = File.objects.filter(state=File.State.KEPT, scanned_at=None).order_by("id")
    for row in rows[:SCANS_AT_ONCE]:
        try:
            with store.opened(row.store_key) as file:
                found = scanning.ask(file)
        except scanning.Unreachable:
            break
        except FileNotFoundError:
            continue
        if found:
            log.error("the virus scanner found something in file %s; it is removed", row.pk)
            actions.remove(file=row, why=File.Fixity.INFECTED)
        else:
            actions.scanned(file=row)
        seen += 1
    return seen


def clear_old(*, moment: datetime) -> int:
    """Bytes of records withdrawn a month ago, unless a case needs them, and of forgotten drafts."""
    withdrawn = Q(resource__state=State.WITHDRAWN, resource__changed_at__lt=moment - WITHDRAWN_STAY)
    needed = sealing.needed_rows()
    for rows in needed:
        withdrawn &= ~Q(resource__in=rows)
    if not needed:
        withdrawn &= Q(resource__sealed_at=None)
    forgotten = Q(resource=None, added_at__lt=moment - DRAFTS_STAY)
    kept = File.objects.filter(state=File.State.KEPT)
    due = list(kept.filter(withdrawn | forgotten).order_by("pk")[:200])
    for row in due:
        actions.remove(file=row)
    return len(due)


def sweep() -> int:
    """Bytes of files that are gone or never came to be; how many lay there."""
    swept, some = 0, list[str]()
    for key in store.old_keys("files"):
        some.append(key)
        if len(some) == 500:
            swept, some = swept + _swept(some), []
    return swept + _swept(some)


def _swept(keys: list[str]) -> int:
    names = {key.partition("/")[2]: key for key in keys}
    rows = File.objects.filter(key__in=names, state=File.State.KEPT)
    stray = set(names) - set(rows.values_list("key", flat=True))
    for name in stray:
        store.remove(names[name])
    return len(stray)


def _found(file: File) -> File.Fixity:
    mark = hashlib.sha256()
    try:
        if store.size(file.store_key) != file.size:
            return File.Fixity.CHANGED
        for piece in store.pieces(file.store_key, 0, file.size):
            mark.update(piece)
    except FileNotFoundError:
        return File.Fixity.MISSING
    return File.Fixity.WHOLE if mark.hexdigest() == file.sha256 else File.Fixity.CHANGED
