"""Questions of a period: answered, how soon, and which were left alone; by country and language.
Called by `counting.everything`. A question belongs to the month it was published in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from exchange.contributions.models import PUBLIC_STATES, Contribution
from exchange.core.time import now
from exchange.desk.figures.counting.cells import Cell, Scope, by_main_key, quantile
from exchange.desk.figures.periods import Period

LATE_AFTER = timedelta(hours=72)
HALF, MOST = 0.5, 0.9


@dataclass(frozen=True)
class Question:
    """What is counted of one question."""

    asked_at: datetime
    first_reply_at: datetime | None
    answered_at: datetime | None
    language: str
    author: int | None
    country: str
    by_host: bool

    @property
    def waited(self) -> timedelta | None:
        """Until the first answer by somebody else."""
        return None if self.first_reply_at is None else self.first_reply_at - self.asked_at


def count(period: Period, scope: Scope) -> Iterator[Cell]:
    """All questions, then those of each country and each language."""
    questions = _questions(period, scope)
    yield from _told(questions, "", 0)
    yield Cell("asked.hosts", sum(1 for one in questions if one.by_host))
    for axis, key_of in (("country", _country), ("language", _language)):
        placed: dict[str, list[Question]] = {}
        for one in questions:
            placed.setdefault(key_of(one), []).append(one)
        people = by_main_key((key_of(one), one.author, 1) for one in questions)
        for key, some in placed.items():
            yield from _told(some, f"{axis}:{key}", people[key])


def _told(questions: list[Question], key: str, people: int) -> Iterator[Cell]:
    moment = now()
    waits = sorted(int(one.waited.total_seconds()) for one in questions if one.waited is not None)
    found: Counter[str] = Counter()
    for one in questions:
        soon = one.waited is not None and one.waited <= LATE_AFTER
        found["asked.answered"] += one.waited is not None
        found["asked.in72"] += soon
        found["asked.late"] += not soon and moment - one.asked_at > LATE_AFTER
        found["asked.none"] += one.waited is None
        found["asked.solved"] += one.answered_at is not None
    yield Cell("asked", len(questions), key, people)
    for name in ("asked.answered", "asked.in72", "asked.late", "asked.none", "asked.solved"):
        yield Cell(name, found[name], key, people)
    yield Cell("asked.half", quantile(waits, len(questions), HALF), key, len(waits))
    yield Cell("asked.ninety", quantile(waits, len(questions), MOST), key, len(waits))


def _questions(period: Period, scope: Scope) -> list[Question]:
    rows = (
        Contribution.objects.filter(
            scope.rows(),
            kind="question",
            state__in=PUBLIC_STATES,
            published_at__gte=period.begins,
            published_at__lt=period.ends,
        )
        .exclude(origin="starter")
        .order_by()
        .values_list(
            *("published_at", "first_reply_at", "answered_at", "language", "author_id"),
            *("author__country", "author__hosting_since"),
        )
    )
    return [
        Question(at, reply, answered, language, who, country or "", bool(since and since < at))
        for at, reply, answered, language, who, country, since in rows.iterator(chunk_size=5000)
    ]


def _country(one: Question) -> str:
    return one.country


def _language(one: Question) -> str:
    return one.language
