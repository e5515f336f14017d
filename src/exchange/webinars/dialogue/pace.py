"""How much one seat may do in how short a time: enough for anybody who means it.
Called by the actions beside it, and by the views before they ask the database anything."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from exchange.core.time import now
from exchange.webinars.errors import TooFast

_REMEMBERED = 20_000


@dataclass(frozen=True)
class Pace:
    """So many in so many seconds."""

    most: int
    seconds: int

    def check(self, rows: Any) -> None:
        """Raises TooFast with the seconds until the oldest of the last ones is long enough ago.
        `rows` are those of one seat; at most as many as the pace allows are read."""
        begun = now() - timedelta(seconds=self.seconds)
        last = list(
            rows.filter(at__gt=begun).order_by("-at").values_list("at", flat=True)[: self.most]
        )
        if len(last) >= self.most:
            raise TooFast(1 + int((last[-1] - begun).total_seconds()))


QUESTIONS = Pace(5, 600)
LINES = Pace(6, 60)
HANDS = Pace(6, 60)


class Meter:
    """Counts in this process alone, before a database is asked: a flood costs next to nothing.
    The exact limits are those above."""

    def __init__(self, pace: Pace) -> None:
        self.pace = pace
        self._counts: dict[str, tuple[int, int]] = {}
        self._lock = threading.Lock()

    def tap(self, who: str) -> None:
        """Raises TooFast beyond the pace."""
        window, since = divmod(int(time.time()), self.pace.seconds)
        with self._lock:
            earlier, count = self._counts.get(who, (window, 0))
            count = count + 1 if earlier == window else 1
            if len(self._counts) >= _REMEMBERED:
                self._counts.clear()
            self._counts[who] = (window, count)
        if count > self.pace.most:
            raise TooFast(self.pace.seconds - since)

    def forget(self) -> None:
        with self._lock:
            self._counts.clear()


# Whatever one browser sends to the dialogue; a listening club on one line is many browsers.
BROWSER = Meter(Pace(120, 60))
VOTES = Meter(Pace(60, 60))
CHOICES = Meter(Pace(30, 60))
# What is changed at one place: each change may write a letter, or make kept pages old.
PLACE = Meter(Pace(20, 60))
# What comes by one line: a training room of thirty may share it.
LINE = Meter(Pace(60, 600))
