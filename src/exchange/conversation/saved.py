"""Searches people keep, to hear when something new comes, and what was found for them.
Changed by `discovery.saving` alone; `alerts` sends what was found."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exchange.contributions.models import Contribution
from exchange.core import ids
from exchange.core.time import now
from exchange.members.models import Member


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def of(self, member: Member) -> SavedSearchQuerySet:
        return self.filter(member=member).order_by("-created_at", "-pk")

    def due(self, moment: datetime) -> SavedSearchQuerySet:
        """Those to be looked at now, the longest waiting first."""
        awake = Q(paused_until=None) | Q(paused_until__lte=moment)
        return self.filter(awake, next_at__lte=moment, stopped_at=None).order_by("next_at", "pk")


class SavedSearch(models.Model):
    """Words and filters as they were asked, how often to look, and how much to send."""

    class Cadence(models.TextChoices):
        DAILY = "daily", _("at most once a day")
        WEEKLY = "weekly", _("at most once a week")

    class Level(models.TextChoices):
        # In one mail with all else they follow, or in a mail of its own.
        DIGEST = "digest", _("in my digest")
        EACH = "each", _("in a mail of its own")

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="saved_searches")
    name = models.CharField(max_length=120)
    words = models.CharField(max_length=1000, blank=True)
    # {"topic": ["ethics"], …}: facets and values that were known when it was kept.
    filters = models.JSONField(default=dict, blank=True)
    # In which language the words are read.
    language = models.CharField(max_length=8, default="en")
    level = models.CharField(max_length=8, choices=Level, default=Level.DIGEST)
    # For mails of its own.
    cadence = models.CharField(max_length=8, choices=Cadence, default=Cadence.WEEKLY)
    most = models.PositiveSmallIntegerField(default=5)
    created_at = models.DateTimeField(default=now)
    looked_at = models.DateTimeField(default=now)
    next_at = models.DateTimeField(default=now)
    paused_until = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    # Stands in mails: whoever has it may pause or stop this one search, and nothing else.
    token = models.CharField(max_length=40, unique=True, default=ids.new_id, editable=False)

    objects: ClassVar[Any] = SavedSearchQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["next_at"], name="saved_search_due", condition=Q(stopped_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"saved search {self.pk}"

    @property
    def is_paused(self) -> bool:
        return self.paused_until is not None and self.paused_until > now()


class SavedMatch(models.Model):
    """Something found for a saved search; told once, with the event of its look."""

    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="matches")
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="+")
    event_id = models.BigIntegerField(db_index=True)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["search", "contribution"], name="one_match_once")
        ]

    def __str__(self) -> str:
        return f"{self.search_id} {self.contribution_id}"
