"""Keeps what months that are over were counted to be, so that no page counts them again.
Called by the clock, a few seconds each time: the worker has more urgent things to do. The last
thirteen months are counted anew every day, and the quarters and years they lie in: what was
withdrawn or answered later changes them. What is older stays as it was last counted."""

from __future__ import annotations

import time

from django.db import transaction
from django.db.models import Max

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
AT_ONCE = 5.0


def count_months(*, seconds: float = AT_ONCE) -> int:
    """Count what is due, the latest first, until so much time is over; at least one. Returns how
    many months, quarters and years were counted."""
    if queries.scope().pretended:
        # Pretended people are counted on the spot, and never kept.
        return 0
    done, until = 0, time.monotonic() + seconds
    for period in _due():
        counts = everything.of_month if period.size == 1 else everything.of_several
        keep(period, counts(period, Scope()))
        done += 1
        if time.monotonic() >= until:
            break
    if done:
        queries.forget()
    return done


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
    """What was never counted, and what is young and was not counted today."""
    begun, last = queries.beginning(), moved(this_month(), -1)
    if begun is None or begun > last:
        return []
    kept = {
        (month, months): at
        for month, months, at in MonthFigure.objects.values_list("month", "months").annotate(
            at=Max("counted_at")
        )
    }
    young = moved(last, 1 - AGAIN)
    today = now().replace(hour=0, minute=0, second=0, microsecond=0)
    found: dict[Period, None] = {}
    for month in reversed(Period(begun, last).months):
        for period in (one(month), quarter_of(month), year_of(month)):
            counted = kept.get((period.first, period.size))
            is_due = counted is None or (period.last >= young and counted < today)
            if period.is_over and is_due:
                found[period] = None
    return list(found)
