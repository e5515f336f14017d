"""Whether the database has gone back in time: a backup was put back, and what waits in it may have
been sent since it was made. Called by `mail.hooks` alone, every few seconds.

Two marks of the present moment are kept, one in the database and then one in a file. The one in the
database is never older, unless the database was replaced by an older one. Then whatever was in the
queue up to the file's mark is not sent any more."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.mail.models import OutgoingMail, Pace

NAME = "mark"
# Whoever was sending to very many reads in it that the database has gone back.
KIND = "mail.held_back"
# A power cut may take the last moments out of a database, and leave the file.
SLACK = timedelta(minutes=2)
State = OutgoingMail.State


def keep() -> int:
    """Compare, then mark this moment. Returns how many mails were held back."""
    in_file = _read()  # first: what the file says was in the database before
    row = Pace.objects.filter(name=NAME).first()
    held = 0
    if in_file and row and in_file > row.free_at + SLACK:
        held = hold_back(until=in_file)
    moment = now()
    if row is None:
        Pace.objects.get_or_create(name=NAME, defaults={"free_at": moment})
    Pace.objects.filter(name=NAME, free_at__lt=moment).update(free_at=moment)
    _write(moment)
    return held


def hold_back(*, until: datetime) -> int:
    """What was queued up to this moment does not go: nobody knows whether it went already."""
    with transaction.atomic():
        record(KIND, subject_type="mail", subject_id=0, public=False)
        past = OutgoingMail.objects.filter(state=State.QUEUED, created_at__lte=until)
        return past.update(state=State.SUPPRESSED, last_error="restored")


def _path() -> Path:
    return Path(settings.DATA_DIR) / "mail-mark"


def _read() -> datetime | None:
    with suppress(OSError, ValueError):
        return datetime.fromisoformat(_path().read_text())
    return None


def _write(moment: datetime) -> None:
    fresh = _path().with_suffix(".new")
    with suppress(OSError):
        fresh.write_text(moment.isoformat())
        fresh.replace(_path())
