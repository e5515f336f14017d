"""Webinars with a room at BigBlueButton, also those nobody may see any more: their rooms must close.
Called by `actions`, `callbacks` and the hooks; never by a page."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from exchange.webinars.models import Engine, Phase, Webinar
from exchange.webinars.queries import numbered

# Goodbyes take their time; then the room is closed.
LINGER = timedelta(minutes=15)
LOOKED_AT = timedelta(hours=3)
_AT_ONCE = 50


def by_number(pk: int) -> Webinar | None:
    found: Webinar | None = numbered(_rows(), pk).first()
    return found


def to_look_after(moment: datetime) -> list[Webinar]:
    """Those that are live, and those that ended a while ago."""
    over = _rows().filter(
        phase__in=(Phase.OVER, Phase.SUMMED, Phase.CANCELLED),
        ended_at__gt=moment - LOOKED_AT,
        ended_at__lte=moment - LINGER,
    )
    live = _rows().filter(phase=Phase.LIVE)
    return list((live | over).order_by("pk")[:_AT_ONCE])


def _rows() -> Any:
    """The manager comes from the parent, so types would say Contribution."""
    return Webinar.objects.filter(engine=Engine.BBB)
