"""What can be wished of mail. Pure: plain values in; raises for what cannot be.
Called by the actions of this matter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from exchange.alerts.models import Wishes
from exchange.core import zones
from exchange.core.time import now

LONGEST_PAUSE = timedelta(days=366)
MOST_A_WEEK = 100
_CHOICES = {"content": Wishes.Content.values, "rhythm": Wishes.Rhythm.values}
_NUMBERS = {
    "weekday": range(7),
    "hour": range(24),
    "quiet_from": range(24),
    "quiet_until": range(24),
    "most_a_week": range(MOST_A_WEEK + 1),
}
_MAY_BE_EMPTY = {"quiet_from", "quiet_until", "paused_until"}


class BadWish(ValueError):
    """This cannot be wished; `name` says which."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def check(wished: Mapping[str, object]) -> None:
    """Every value is one that can be kept. Raises BadWish."""
    for name, value in wished.items():
        if not (value is None and name in _MAY_BE_EMPTY) and not _is_good(name, value):
            raise BadWish(name)


def _is_good(name: str, value: object) -> bool:
    if name in _CHOICES:
        return value in _CHOICES[name]
    if name in _NUMBERS:
        return isinstance(value, int) and value in _NUMBERS[name]
    if name == "timezone":
        return isinstance(value, str) and zones.is_known(value)
    if name == "paused_until":
        return isinstance(value, datetime) and now() < value <= now() + LONGEST_PAUSE
    return False
