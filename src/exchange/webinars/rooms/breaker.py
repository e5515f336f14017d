"""Remembers that an engine does not answer, so that nobody waits for it again and again.
Called by `asking`; one for each engine, in each process."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

FAILURES = 3
WITHIN = 60.0
REST = 30.0


class Breaker:
    """After three failures in a minute it says "not now" for half a minute; then one may try."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failed: list[float] = []
        self._rests_until = 0.0
        self._lock = threading.Lock()

    def is_resting(self) -> bool:
        """Whether it is of no use to ask at present. Once the rest is over the first who asks may
        try, and the others wait for what comes of it."""
        with self._lock:
            moment = self._clock()
            if not self._rests_until:
                return False
            if moment < self._rests_until:
                return True
            self._rests_until = moment + REST
            return False

    def failed(self) -> None:
        with self._lock:
            moment = self._clock()
            self._failed = [at for at in self._failed if at > moment - WITHIN] + [moment]
            if len(self._failed) >= FAILURES or self._rests_until:
                self._rests_until = moment + REST

    def answered(self) -> None:
        with self._lock:
            self._failed, self._rests_until = [], 0.0


_each: dict[str, Breaker] = {}


def of(engine: str) -> Breaker:
    """The one of an engine, by its address."""
    return _each.setdefault(engine, Breaker())


def forget() -> None:
    """Begin anew, as after a restart."""
    _each.clear()
