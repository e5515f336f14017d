"""Whole answers kept in memory for visitors, ready to send again while nothing public changed.
Called by the page cache middleware alone; knows bytes and headers, not requests."""

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import blake2b

LIMIT_BYTES = 24_000_000
LIMIT_ONE = 300_000
SECONDS = 60


@dataclass(frozen=True)
class Kept:
    """One answer as it went out, and the state of the public texts when it was made."""

    body: bytes
    headers: tuple[tuple[str, str], ...]
    etag: str
    stamp: int
    until: float


class Shelf:
    """Answers by key, the least used thrown away first when they weigh too much."""

    def __init__(self, limit: int = LIMIT_BYTES) -> None:
        self._limit = limit
        self._weight = 0
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str, stamp: int) -> Kept | None:
        """The answer, only if nothing public changed since and it is young enough."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is None:
                return None
            if kept.stamp != stamp or kept.until < time.monotonic():
                self._drop(key)
                return None
            self._kept.move_to_end(key)
            return kept

    def put(self, key: str, body: bytes, headers: tuple[tuple[str, str], ...], stamp: int) -> None:
        """Keep an answer made when the stamp was this one."""
        if len(body) > LIMIT_ONE:
            return
        kept = Kept(body, headers, etag_of(body), stamp, time.monotonic() + SECONDS)
        with self._lock:
            self._drop(key)
            self._kept[key] = kept
            self._weight += _weight(key, kept)
            while self._weight > self._limit:
                self._drop(next(iter(self._kept)))

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self._weight = 0

    def __len__(self) -> int:
        return len(self._kept)

    def _drop(self, key: str) -> None:
        kept = self._kept.pop(key, None)
        if kept is not None:
            self._weight -= _weight(key, kept)


def etag_of(body: bytes) -> str:
    """The strong mark of exactly these bytes."""
    return f'"{blake2b(body, digest_size=12).hexdigest()}"'


def _weight(key: str, kept: Kept) -> int:
    return len(key) + len(kept.body) + 1500


shelf = Shelf()
