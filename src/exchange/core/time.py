"""The one clock: aware times in UTC.
Called by every room; tests move it with time-machine."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return timezone.now()
