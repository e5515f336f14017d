"""Keeps what months that are over were counted to be, so that no page counts them again.
Called by the clock at night. The last thirteen months are counted anew each night, and the
quarters and years they lie in: what was withdrawn or answered later changes them. What is older
stays as it was last counted."""

from __future__ import annotations

from django.db import transaction

from exchange.core.time import now
from exchange.desk.figures import queries
from exchange.desk.figures.counting import everything
from exchange.desk.figures.counting.cells import Cell, Scope
from exchange.desk.figures.periods import (
    Period,
    moved,
    one,
    quarter_of,
    this_month,
    year_of,
)
from exchange.desk.models import MonthFigure

AGAIN = 13


def count_months() -> int:
    """Count what changed and what is missing, the latest first. Returns how many periods."""
    if queries.scope().pretended:
        # Pretended people are counted on the spot, and never kept.
        return 0
    due = _due()
    for period in due:
        counts = everything.of_month if period.size == 1 else everything.of_several
        keep(period, counts(period, Scope()))
    queries.forget()
    return len(due)


def keep(period: Period, cells: list[Cell]) -> None:
    """These numbers instead of those that were kept of the period."""
    rows = [
        MonthFigure(
            month=period.first,
            months=period.size,
            name=cell.name,
            key=cell.key,
            value=cell.value,
            people=cell.people,
            counted_at=now(),
        )
        for cell in cells
    ]
    with transaction.atomic():
        MonthFigure.objects.filter(month=period.first, months=period.size).delete()
        MonthFigure.objects.bulk_create(rows, batch_size=500)


def _due() -> list[Period]:
    begun, last = queries.beginning(), moved(this_month(), -1)
    if begun is None or begun > last:
        return []
    kept = set(MonthFigure.objects.values_list("month", "months").distinct())
    fresh = moved(last, 1 - AGAIN)
    found: dict[Period, None] = {}
    for month in reversed(Period(begun, last).months):
        for period in (one(month), quarter_of(month), year_of(month)):
            is_kept = (period.first, period.size) in kept
            if period.is_over and (period.last >= fresh or not is_kept):
                found[period] = None
    return list(found)
