"""How an answer of a link is judged, and when it is asked again. Pure.
Called by `links` beside it and by tests."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from exchange.library.models import LinkCheck

State = LinkCheck.State
# Gone is said only after so many failures over so many days.
FAILURES = 3
FAILING_FOR = timedelta(days=7)
_AGAIN = {
    State.WORKS: timedelta(days=7),
    State.MOVED: timedelta(days=7),
    State.ROBOTS: timedelta(days=30),
    State.GONE: timedelta(days=30),
    State.UNKNOWN: timedelta(days=30),
}
_SOONER = (timedelta(days=1), timedelta(days=3), timedelta(days=4))
# It answers, and lets no programs in: nobody can say from here whether it works for people.
_NOT_FOR_PROGRAMS = frozenset([401, 402, 403, 407, 429, 451, 999])


@dataclass(frozen=True)
class Answer:
    """What a link said. `trouble` is a word where it said nothing: "silent", "loop", "private",
    "robots", "later"."""

    status: int = 0
    leads_to: str = ""
    has_moved: bool = False
    trouble: str = ""


@dataclass(frozen=True)
class Judged:
    """What is kept of it."""

    state: str
    failures: int
    first_failed_at: datetime | None
    next_at: datetime


def mark_of(url: str) -> str:
    """By what an address is found: long ones do not fit an index."""
    return hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()


def judged(link: LinkCheck, answer: Answer, moment: datetime) -> Judged:
    """Fine, moved, not for programs; or one more failure, which may be the last one needed."""
    if answer.trouble == "later":
        later = moment + timedelta(days=1)
        return Judged(link.state, link.failures, link.first_failed_at, later)
    state = _standing(answer)
    if state is not None:
        return Judged(state, 0, None, moment + _AGAIN[state])
    failures = link.failures + 1
    first = link.first_failed_at or moment
    if failures >= FAILURES and moment - first >= FAILING_FOR:
        return Judged(State.GONE, failures, first, moment + _AGAIN[State.GONE])
    wait = _SOONER[min(failures, len(_SOONER)) - 1]
    return Judged(State.SILENT, failures, first, moment + wait)


def _standing(answer: Answer) -> LinkCheck.State | None:
    """What it is when it has not failed."""
    if answer.trouble == "private":
        return State.UNKNOWN
    if answer.trouble == "robots" or answer.status in _NOT_FOR_PROGRAMS:
        return State.ROBOTS
    if 200 <= answer.status < 300:
        return State.MOVED if answer.has_moved else State.WORKS
    return None
