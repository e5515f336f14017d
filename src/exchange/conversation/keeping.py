"""Small verbs on searches people keep, for rooms that cannot see `discovery.saving`.
Called by `alerts.stopping`."""

from __future__ import annotations

from datetime import datetime

from exchange.conversation.models import SavedSearch
from exchange.core.time import now


def stop(*, search: SavedSearch) -> None:
    """Nothing is sent until its owner says so again."""
    SavedSearch.objects.filter(pk=search.pk, stopped_at=None).update(stopped_at=now())


def pause(*, search: SavedSearch, until: datetime) -> None:
    """Nothing is sent until then."""
    SavedSearch.objects.filter(pk=search.pk).update(paused_until=until)


def go_on(*, search: SavedSearch) -> None:
    """After a pause or a stop."""
    SavedSearch.objects.filter(pk=search.pk).update(stopped_at=None, paused_until=None)


def set_level(*, search: SavedSearch, level: str) -> None:
    """In a mail of its own, or in the digest."""
    SavedSearch.objects.filter(pk=search.pk).update(level=SavedSearch.Level(level))
