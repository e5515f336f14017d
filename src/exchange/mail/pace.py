"""How fast mail leaves: so many a second in all, so many to one domain, by all workers together.
Called by `mail.actions` alone; without EXCHANGE_MAIL_RATE it asks nobody and costs nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from django.conf import settings
from django.db import transaction

from exchange.core.time import now
from exchange.mail.models import Pace

ALL = "*"
_PART = re.compile(r"(?:([a-z0-9.-]+)=)?(\d+(?:\.\d+)?)")


@dataclass(frozen=True)
class Turn:
    """Whether a mail may go, in how many seconds, and what it waits for ("*" or a domain)."""

    taken: bool
    seconds: float = 0.0
    because: str = ""


FREE = Turn(taken=True)


@lru_cache
def rates(setting: str) -> dict[str, float]:
    """{"*": 20, "gmail.com": 2} of "20 gmail.com=2"; what cannot be read slows nothing down."""
    found: dict[str, float] = {}
    for part in setting.lower().split():
        match = _PART.fullmatch(part)
        if match and float(match[2]) > 0:
            found[match[1] or ALL] = float(match[2])
    return found


def take_turn(address: str, *, ahead: float) -> Turn:
    """The next free moment for this address, if it is at most `ahead` seconds away: then it is
    ours, and whoever asks next gets a later one. Bulk, which takes nothing ahead, fills the gaps."""
    rate = rates(settings.MAIL_RATE)
    domain = address.rpartition("@")[2].lower()
    names = [name for name in (ALL, domain) if name in rate]
    if not names:
        return FREE
    moment = now()
    with transaction.atomic():
        Pace.objects.bulk_create(
            [Pace(name=name, free_at=moment) for name in names], ignore_conflicts=True
        )
        rows = list(Pace.objects.select_for_update().filter(name__in=names).order_by("name"))
        last = max(rows, key=lambda row: row.free_at)
        wait = max(0.0, (last.free_at - moment).total_seconds())
        if wait > ahead:
            return Turn(taken=False, seconds=wait, because=last.name)
        for row in rows:
            row.free_at = moment + timedelta(seconds=wait + 1 / rate[row.name])
        Pace.objects.bulk_update(rows, ["free_at"])
    return Turn(taken=True, seconds=wait)
