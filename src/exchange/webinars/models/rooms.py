"""That the engine of a room told us something, once: which room, what sort of thing, when.
Written by `rooms` alone; neither who nor from where is kept."""

from __future__ import annotations

from django.db import models

from exchange.core.time import now
from exchange.webinars.models.webinar import Webinar


class EngineCall(models.Model):
    """One call. The same call again, however it came by, is known by its mark."""

    webinar = models.ForeignKey(Webinar, on_delete=models.CASCADE, related_name="engine_calls")
    mark = models.CharField(max_length=64, unique=True)
    # "meeting-ended", "user-raise-hand-changed", "rap-published" …
    what = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["webinar", "what", "-at"], name="engine_call_of")]

    def __str__(self) -> str:
        return f"{self.what} of {self.webinar_id}"
