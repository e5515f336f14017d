"""The days of what hosts chose begin and end by the clock: then kept pages are made anew.
Called by the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from exchange.ledger.actions import record
from exchange.pages.models import Choice

# A little more than the clock's own step; a page is kept for a minute at most anyway.
STEP = timedelta(minutes=2)


def turn(*, at: datetime) -> bool:
    """Say that something public changed, if a day of something began or ended just now."""
    within = Q(starts_at__gt=at - STEP, starts_at__lte=at) | Q(
        ends_at__gt=at - STEP, ends_at__lte=at
    )
    row = Choice.objects.standing().filter(within).order_by("pk").first()
    if row is None:
        return False
    with transaction.atomic():
        record("home.turned", subject_type="choice", subject_id=row.pk)
    return True
