"""When a recording is out. Pure.
Called by `actions`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from exchange.webinars.models import Recording

State = Recording.State
# Two pairs of ears, of two people: whoever sent the sound is one of them at most.
EARS = 2
# What was refused, or stands with a webinar that was withdrawn, is destroyed after a month.
KEPT_IF_REFUSED = timedelta(days=30)
SORTS = {"mp3": "audio/mpeg", "opus": "audio/ogg"}


def state_by(answers: Iterable[bool]) -> State:
    """What follows from what hosts have said, one answer a host."""
    given = list(answers)
    if not all(given):
        return State.REFUSED
    return State.RELEASED if len(given) >= EARS else State.WAITING


def may_be_heard(state: str) -> bool:
    """By hosts: once it is made, and as long as it is there."""
    return state in (State.WAITING, State.RELEASED, State.REFUSED)
