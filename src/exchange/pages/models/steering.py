"""What hosts chose to show: something featured, the theme of the month, the announcement, the order
of the home, addresses elsewhere. Rows are never changed: a newer one takes the place of the old."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models

from exchange.contributions.models import Contribution
from exchange.core import ids
from exchange.core.time import now
from exchange.members.models import Member


class ChoiceQuerySet(models.QuerySet["Choice"]):
    def standing(self) -> ChoiceQuerySet:
        """Nobody has taken them down or put another in their place; some begin later."""
        return self.filter(gone_at=None)

    def newest(self) -> ChoiceQuerySet:
        return self.order_by("-at", "-pk")


class Choice(models.Model):
    """One thing a host chose, for one place, from one day to another."""

    class Sort(models.TextChoices):
        FEATURED = "featured"
        THEME = "theme"
        # The announcement.
        BAR = "bar"
        SECTION = "section"
        # Of the parts of the home.
        ORDER = "order"
        ELSEWHERE = "elsewhere"

    sort = models.CharField(max_length=10)
    # The section it is for; empty on the home page.
    place = models.CharField(max_length=20, blank=True)
    # What is featured, or the brief of the theme: shown as far as everybody may read it then.
    contribution = models.ForeignKey(
        Contribution, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # A slug of the vocabulary "topic".
    topic = models.CharField(max_length=60, blank=True)
    # By language: {"en": {"title": "…", "words": "…"}}.
    words = models.JSONField(default=dict, blank=True)
    link = models.CharField(max_length=500, blank=True)
    is_important = models.BooleanField(default=False)
    is_everywhere = models.BooleanField(default=False)
    # Codes of the home's parts in their order, or addresses elsewhere.
    items = models.JSONField(default=list, blank=True)
    starts_at = models.DateTimeField(default=now)
    # Words have an end; an order and addresses have none.
    ends_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_name = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(default=now)
    gone_at = models.DateTimeField(null=True, blank=True)
    gone_by_name = models.CharField(max_length=120, blank=True)
    once_key = models.CharField(max_length=40, unique=True, default=ids.new_id)

    objects: ClassVar = ChoiceQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["gone_at", "sort"], name="choice_standing")]

    def __str__(self) -> str:
        return f"{self.sort} {self.place} {self.pk}"

    def is_on(self, moment: datetime) -> bool:
        """Whether it is shown at this moment."""
        begun = self.gone_at is None and self.starts_at <= moment
        return begun and (self.ends_at is None or moment < self.ends_at)
