"""How often records are seen, read, taken and cited: counted in memory, written every ten seconds.
Listens to `core.onlookers`; nothing of who asked is ever written.

A reader never waits: counting is a look into a dictionary, and another thread writes all numbers
in one statement. A program that ends, killed or not, loses what it counted since: ten seconds at
most.

Two requests for the same thing by the same reader within thirty seconds count once (COUNTER Code
of Practice 5.1, double-click filtering); a light view is read in parts, so there half an hour
between two of them is one reading. "The same reader" is a keyed hash of address and program
under a key that is drawn anew every day and lies in memory alone, as does the hash."""

from __future__ import annotations

import hashlib
import logging
import secrets
import threading
import time
from collections import Counter, OrderedDict
from datetime import date

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from django.http import HttpRequest  # noqa: TID251 - a listener is given one

from exchange.core.time import now
from exchange.library.health.robots import is_robot
from exchange.library.models import Resource, UsageDay

DOUBLE_CLICK = 30.0
ONE_READING = 30 * 60.0
WRITTEN_EVERY = 10.0
# What is remembered of double clicks and of numbers the database would not take.
MOST_MARKS = 20_000
MOST_PENDING = 20_000
AT_ONCE = 2_000
_WRITE = (
    "INSERT INTO library_usageday (resource_id, day, what, times) VALUES {}"
    " ON CONFLICT (resource_id, day, what) DO UPDATE"
    " SET times = library_usageday.times + excluded.times"
)

log = logging.getLogger(__name__)
_Key = tuple[int, date, str]


class Tally:
    """What was counted and not yet written, and the marks of the last half minute."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pending: Counter[_Key] = Counter()
        self._marks: OrderedDict[bytes, float] = OrderedDict()
        self._key, self._key_day = b"", date.min

    def count(self, pk: int, what: str, *, reader: str, day: date, moment: float) -> bool:
        """Count one, unless the same reader did the same just now. Says whether it counted."""
        with self._lock:
            if day != self._key_day:
                self._key, self._key_day = secrets.token_bytes(16), day
                self._marks.clear()
            told = f"{pk} {what} {reader}".encode("utf-8", "replace")
            mark = hashlib.blake2b(told, key=self._key, digest_size=12).digest()
            last = self._marks.pop(mark, None)
            self._marks[mark] = moment
            while len(self._marks) > MOST_MARKS:
                self._marks.popitem(last=False)
            same = ONE_READING if what == UsageDay.What.READ else DOUBLE_CLICK
            if last is not None and moment - last < same:
                return False
            if len(self._pending) < MOST_PENDING:
                self._pending[pk, day, what] += 1
            return True

    def take(self) -> Counter[_Key]:
        """All that waits to be written; it waits no more."""
        with self._lock:
            taken, self._pending = self._pending, Counter()
            return taken

    def give_back(self, taken: Counter[_Key]) -> None:
        """The database would not have it now."""
        with self._lock:
            self._pending.update(taken)

    def forget(self) -> None:
        """Empty, as after a restart."""
        with self._lock:
            self._pending.clear()
            self._marks.clear()


tally = Tally()
_writer_lock = threading.Lock()
_writers: list[threading.Thread] = []


def noticed(request: HttpRequest, what: str, pk: int) -> None:
    """An answer went out: count it if a person asked for it by themselves."""
    meta = request.META
    agent = meta.get("HTTP_USER_AGENT", "")
    if what not in UsageDay.What.values or is_robot(agent) or _is_ahead(meta):
        return
    reader = f"{_address(meta)} {agent}"
    tally.count(pk, what, reader=reader, day=now().date(), moment=time.monotonic())
    _begin_writing()


def flush() -> int:
    """Write what was counted, a statement for each two thousand numbers. Gives how many changed."""
    taken = tally.take()
    # In one order everywhere, so that two processes never wait for each other in a circle.
    keys = sorted(taken)
    done = 0
    for start in range(0, len(keys), AT_ONCE):
        some = Counter({key: taken[key] for key in keys[start : start + AT_ONCE]})
        try:
            done += _written(some)
        except DatabaseError:
            log.warning("figures of use could not be written; tried again later")
            tally.give_back(some)
    return done


def _written(taken: Counter[_Key]) -> int:
    records = Resource.objects.filter(pk__in={pk for pk, _day, _what in taken})
    known = set(records.values_list("pk", flat=True))
    rows = [(*key, times) for key, times in taken.items() if key[0] in known]
    if not rows:
        return 0
    marks = ", ".join(["(%s, %s, %s, %s)"] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(_WRITE.format(marks), [value for row in rows for value in row])
    return len(rows)


def _begin_writing() -> None:
    """The thread that writes, begun with the first number; where it is turned off, nothing."""
    if _writers or not getattr(settings, "USAGE_IS_WRITTEN", True):
        return
    with _writer_lock:
        if not _writers:
            writer = threading.Thread(target=_write_on, name="usage", daemon=True)
            _writers.append(writer)
            writer.start()


def _write_on() -> None:
    while True:
        time.sleep(WRITTEN_EVERY)
        close_old_connections()
        flush()


def _address(meta: dict[str, str]) -> str:
    """Where a request came from; behind our proxy, what the proxy saw."""
    passed_on = meta.get("HTTP_X_FORWARDED_FOR", "") if settings.PRODUCTION else ""
    return passed_on.rpartition(",")[2].strip() or meta.get("REMOTE_ADDR", "")


def _is_ahead(meta: dict[str, str]) -> bool:
    """A browser that fetches before anybody asked."""
    said = f"{meta.get('HTTP_SEC_PURPOSE', '')} {meta.get('HTTP_PURPOSE', '')}".lower()
    return "prefetch" in said or "preview" in said
