"""What somebody wishes of mail that they did not ask for at this minute: how much of others' words
stands in it, when, or not at all. Asked by rooms that write to people; one room answers, by its hooks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

FULL, TEASER, NOTICE = "full", "teaser", "notice"


@dataclass(frozen=True)
class Wished:
    """`content`: the whole text, the first lines, or only that there is something. `never`: they
    said stop. `at`: not before this moment, because of a pause or of quiet hours."""

    content: str = FULL
    never: bool = False
    at: datetime | None = None


Answer = Callable[[int, datetime], Wished]
_answers: list[Answer] = []


def register(answer: Answer) -> None:
    """`answer` says it for the number of a person, at a moment."""
    _answers[:] = [answer]


def of(person: int, moment: datetime) -> Wished:
    """What this person wishes; all at once where nobody can tell."""
    return _answers[0](person, moment) if _answers else Wished()
