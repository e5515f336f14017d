"""Answers that stay right until something public changes: counts for facets, above all.
Called by queries of every room; each process remembers for itself."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

from django.db import connection

from exchange.core import freshness

T = TypeVar("T")
AT_MOST = 500
# Another machine's change does not reach our counter; then this is how long we may be behind.
SECONDS = 60.0

_lock = threading.Lock()
_kept: OrderedDict[Hashable, tuple[int, float, Any]] = OrderedDict()


def remembered(key: Hashable, make: Callable[[], T]) -> T:
    """What `make` gave for this key, if nothing public has changed since; else made anew.
    Inside a transaction nothing is remembered: it may see what others cannot."""
    if connection.in_atomic_block:
        return make()
    stamp, moment = freshness.stamp(), time.monotonic()
    with _lock:
        known = _kept.get(key)
        if known is not None and known[0] == stamp and moment - known[1] < SECONDS:
            _kept.move_to_end(key)
            return cast(T, known[2])
    made = make()
    with _lock:
        _kept[key] = (stamp, moment, made)
        _kept.move_to_end(key)
        while len(_kept) > AT_MOST:
            _kept.popitem(last=False)
    return made


def forget() -> None:
    """Forget everything, as after a restart."""
    with _lock:
        _kept.clear()
