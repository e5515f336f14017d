"""What hosts chose, in memory: every page asks for it, and none asks the database.
Called by the queries and actions beside it."""

from __future__ import annotations

import threading
import time

from django.db import connection

from exchange.core import freshness
from exchange.pages.models import Choice

# Another machine's change does not reach our counter; then this is how long we may be behind.
SECONDS = 60.0

_lock = threading.Lock()
_kept: tuple[int, float, tuple[Choice, ...]] | None = None


def choices() -> tuple[Choice, ...]:
    """All that stands or is still to begin, the newest first. Within a transaction what is known
    is used, and nothing is remembered: it may see what others cannot."""
    stamp, moment = freshness.stamp(), time.monotonic()
    known = _kept
    if known is not None and known[0] == stamp and moment - known[1] < SECONDS:
        return known[2]
    found = tuple(Choice.objects.standing().order_by("-starts_at", "-pk"))
    if not connection.in_atomic_block:
        presume(found, stamp=stamp)
    return found


def presume(found: tuple[Choice, ...] = (), *, stamp: int | None = None) -> None:
    """Take this for what stands, until something public changes."""
    global _kept
    with _lock:
        _kept = (freshness.stamp() if stamp is None else stamp, time.monotonic(), found)


def forget() -> None:
    """Read anew at the next question."""
    global _kept
    with _lock:
        _kept = None
