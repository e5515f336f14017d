"""How a page stands outside the room: which version it goes back to, and what a gate said to it.
Not part of the page, so that an older draft that is taken up again does not bring old answers."""

from __future__ import annotations

from django.db import models
from wagtail.models import Page

from exchange.core.time import now


class Standing(models.Model):
    """Codes and places alone; the words stand in the page."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="+")
    # Of the row that readers see: what the draft began with.
    version = models.PositiveIntegerField(default=0)
    # Why it did not go out at the last try; empty when nothing stands in its way.
    code = models.CharField(max_length=20, blank=True)
    # [[code, start, end, field], …] of the words with this digest.
    reasons = models.JSONField(default=list, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"page {self.page_id}: {self.code or 'nothing in its way'}"
