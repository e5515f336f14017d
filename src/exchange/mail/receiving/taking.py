"""From the spool to a row: each mail once, whenever a worker may be killed.
Called through `mail.receiving.actions`."""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.mail.models import IncomingMail
from exchange.mail.receiving import keeping
from exchange.mail.receiving.keeping import Notes, Unreadable

AT_A_GLANCE = 50
# How far back a lost row is looked for.
_BACK = timedelta(days=3)

log = logging.getLogger(__name__)


def take(
    raw: bytes,
    *,
    via: str,
    envelope_from: str,
    envelope_to: str,
    peer: str = "",
    helo: str = "",
) -> str:
    """Put a mail into the spool from the program itself; when this returns it is safe. Gives back
    its arrival. `envelope_to` is one address of ours."""
    return keeping.put(raw, Notes(via, envelope_from, envelope_to, peer, helo))


def take_in() -> int:
    """Take what is complete in the spool: a row, what follows, then the file goes to its month.

    Who dies between the two finds the row again by the name of the file. Returns how many."""
    paths = keeping.complete(AT_A_GLANCE)
    for path in paths:
        _take_one(path)
    return len(paths)


def bring_back_lost(*, at: datetime) -> int:
    """A database that a power cut or a restored backup set back may not know of a mail whose file
    was kept: it goes through the spool once more. What is younger than a minute is left."""
    known_since = at - _BACK
    recent = IncomingMail.objects.filter(received_at__gt=known_since - timedelta(days=1))
    known = set(recent.values_list("arrival", flat=True))
    until = f"{at - timedelta(minutes=1):%Y%m%dT%H%M%S}"
    lost = [
        path for path in keeping.strays(known_since) if path.stem not in known and path.stem < until
    ]
    for path in lost:
        keeping.bring_back(path)
    return len(lost)


def _take_one(path: Path) -> None:
    try:
        raw, notes = keeping.open_file(path)
    except FileNotFoundError:
        return  # another worker was faster
    except Unreadable:
        log.warning("a file in the spool could not be read; it lies in broken now")
        keeping.put_aside(path)
        return
    _make_row(path.stem, raw, notes)
    keeping.keep(path)


def _make_row(arrival: str, raw: bytes, notes: Notes) -> None:
    with transaction.atomic():
        mail, is_new = IncomingMail.objects.get_or_create(
            arrival=arrival,
            defaults={
                "via": _short(notes.via, 12),
                "sha256": hashlib.sha256(raw).hexdigest(),
                "size": len(raw),
                "envelope_from": _short(notes.sender, 254),
                "envelope_to": _short(notes.recipient, 254),
                "received_at": notes.at or now(),
            },
        )
        if is_new:
            record("mail.arrived", subject_type="incoming", subject_id=mail.pk, public=False)


def _short(words: str, longest: int) -> str:
    """What a column of the database can hold."""
    plain = words.encode("utf-8", "replace").decode("utf-8").replace("\0", "")
    return " ".join(plain.split())[:longest]
