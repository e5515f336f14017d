"""All that is counted of a period; and of it what cannot be added up from its months.
Called by `keeping` alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from exchange.desk.figures.counting import people, questions, rooms, words, work
from exchange.desk.figures.counting.cells import Cell, Scope
from exchange.desk.figures.periods import Period

# Distinct people, and times of which a half and nine tenths are told.
NOT_ADDED: tuple[Callable[[Period, Scope], Iterator[Cell]], ...] = (
    people.count,
    questions.count,
    words.count,
    work.load,
    work.concerns,
)
_ADDED = (rooms.count, work.mail)


def of_month(period: Period, scope: Scope) -> list[Cell]:
    return [cell for count in (*NOT_ADDED, *_ADDED) for cell in count(period, scope)]


def of_several(period: Period, scope: Scope) -> list[Cell]:
    return [cell for count in NOT_ADDED for cell in count(period, scope)]
