"""Tells at the pace of a real hour: texts, a tally every five seconds, now and then a handful at once.
Called by `live.bench`, in a program of its own that knows its own database."""

from __future__ import annotations

import json
import random
import time
from typing import Any

from django.db import transaction

from exchange.contributions.models import State
from exchange.core.time import now
from exchange.webinars.live.actions import tell
from exchange.webinars.models import Phase, Webinar

# A row made up in a database of its own: no action lets it out, no gate is asked.
_OUT = {"state": State.PUBLISHED}
TEXTS_A_MINUTE, TALLY_EVERY, HANDFUL, HANDFULS_A_MINUTE = 6, 5.0, 4, 1
_WORDS = "When nobody wanted to speak first we sat in a circle and passed a stone around. "


def make() -> int:
    """The webinar that is measured."""
    begun = now()
    row = Webinar.objects.create(
        **_OUT, kind="webinar", title="Measured", starts_at=begun, phase=Phase.LIVE
    )
    return int(row.pk)


def told(webinar: int, seconds: float) -> str:
    """Tell for so long. Gives each number with the moment after its commit, as JSON."""
    moments: dict[int, float] = {}
    chance = random.Random(7)  # noqa: S311 - made-up words
    for due, what in _hour(seconds):
        time.sleep(max(0.0, due - (time.monotonic() - _began)))
        _tell(webinar, what, chance, moments)
    time.sleep(max(0.0, seconds - (time.monotonic() - _began)))
    return json.dumps(moments)


_began = time.monotonic()


def _hour(seconds: float) -> list[tuple[float, str]]:
    """What is told when, in order."""
    plan = [(at * 60 / TEXTS_A_MINUTE, "text") for at in range(int(seconds * TEXTS_A_MINUTE / 60))]
    plan += [(at * TALLY_EVERY, "tally") for at in range(int(seconds / TALLY_EVERY))]
    handfuls = int(seconds * HANDFULS_A_MINUTE / 60)
    plan += [
        (at * 60 / HANDFULS_A_MINUTE + 7.5, "question")
        for at in range(handfuls)
        for _one in range(HANDFUL)
    ]
    return sorted(plan)


def _tell(webinar: int, what: str, chance: Any, moments: dict[int, float]) -> None:
    said: dict[str, object] = {"id": chance.randrange(1000)}
    if what == "tally":
        votes = {str(chance.randrange(200)): chance.randrange(90) for _one in range(6)}
        said = {"votes": votes, "polls": {}, "hands": 3, "seats": 4800, "people": 6100}
    else:
        said |= {"text": (_WORDS * 3)[:200], "lang": "en", "dir": "ltr"}
    committed: list[float] = []
    with transaction.atomic():
        transaction.on_commit(lambda: committed.append(time.monotonic()))
        number = tell(webinar_id=webinar, kind=what, payload=said)
    moments[number] = committed[0]
