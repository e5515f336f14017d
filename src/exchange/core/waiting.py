"""What waits for a host in the rooms: each registers one look, and the desk's morning shows them all.
Rooms call `register` from their hooks; the desk calls `standing`."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language


@dataclass(frozen=True)
class Wait:
    """Some things of one sort: in words with their number ("3 messages to the hosts"), where they
    are worked on, and since when the oldest waits."""

    label: str
    url: str
    count: int
    oldest: datetime | None = None


# One question to the database at most; nothing, or a count of 0, when nothing waits.
Look = Callable[[], Wait | None]
# A host who comes back from working something off sees it gone; others may be so much behind.
SECONDS = 15.0

_looks: dict[str, tuple[int, Look]] = {}
_lock = threading.Lock()
_kept: dict[str, tuple[float, list[Wait]]] = {}


def register(name: str, look: Look, order: int = 50) -> None:
    """Add a look; lower order stands first. The same name again takes its place."""
    _looks[name] = (order, look)


def standing() -> list[Wait]:
    """Everything that waits now, in the language of this moment; kept for some seconds."""
    language = get_language() or ""
    with _lock:
        at, waits = _kept.get(language, (0.0, []))
    if at and time.monotonic() - at < SECONDS:
        return waits
    looks = sorted(_looks.items(), key=lambda one: (one[1][0], one[0]))
    found = [wait for _name, (_order, look) in looks if (wait := look()) and wait.count]
    with _lock:
        _kept[language] = (time.monotonic(), found)
    return found


def forget() -> None:
    """Look anew at the next question."""
    with _lock:
        _kept.clear()
