"""Voices, ballots, hands and people, told together: at most every five seconds in one webinar, and
only what changed. Called by the actions beside it, and by the worker's glance."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction

from exchange.core.time import now
from exchange.webinars.dialogue import queries
from exchange.webinars.live.actions import tell
from exchange.webinars.models import LiveCount, Phase, Webinar

SECONDS = 5
_EVERY = timedelta(seconds=SECONDS)


def tally_soon(*, webinar_id: int) -> None:
    """At once, if the last one is long enough ago; else the next glance does it."""
    last = LiveCount.objects.filter(pk=webinar_id).values_list("tallied_at", flat=True).first()
    if last is None or last <= now() - _EVERY:
        tally(webinar_id=webinar_id)


def tally(*, webinar_id: int) -> bool:
    """Tell what changed since the last time. Gives whether anything was told."""
    with transaction.atomic():
        rows = LiveCount.objects.select_for_update(of=("self",), no_key=True)
        count, _new = rows.get_or_create(webinar_id=webinar_id)
        if count.tallied_at is not None and count.tallied_at > now() - _EVERY:
            return False
        figures = queries.figures(webinar_id)
        if figures == count.tallied:
            return False
        told = _changed(count.tallied, figures)
        count.tallied, count.tallied_at = figures, now()
        count.save(update_fields=["tallied", "tallied_at"])
        tell(webinar_id=webinar_id, kind="tally", payload=told)
    return True


def tally_all() -> None:
    """Every webinar that is live: what came within the five seconds."""
    live = Webinar.objects.filter(phase=Phase.LIVE).order_by("pk").values_list("pk", flat=True)
    for webinar_id in live:
        tally(webinar_id=webinar_id)


def _changed(before: dict[str, Any], figures: dict[str, Any]) -> dict[str, Any]:
    """Hands, seats and people are three small numbers; voices and ballots only where they moved."""
    told = dict(figures)
    for name in ("votes", "polls"):
        known = before.get(name, {})
        told[name] = {key: value for key, value in figures[name].items() if known.get(key) != value}
    return told
