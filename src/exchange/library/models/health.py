"""Whether links still lead somewhere, and how often records are read, without following people.
Changed by `library.health` alone; read by the desk and by records."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from exchange.core.time import now
from exchange.library.models.resource import Resource


class LinkCheck(models.Model):
    """What a link said when it was last asked."""

    class State(models.TextChoices):
        UNKNOWN = "unknown", _("not checked yet")
        WORKS = "works", _("works")
        MOVED = "moved", _("moved")
        GONE = "gone", _("gone")
        SILENT = "silent", _("does not answer")
        ROBOTS = "robots", _("asks not to be checked")

    url = models.URLField(max_length=1000)
    # SHA-256 of the address: long addresses do not fit an index.
    mark = models.CharField(max_length=64, unique=True)
    host = models.CharField(max_length=255)
    state = models.CharField(max_length=8, choices=State, default=State.UNKNOWN)
    status = models.PositiveSmallIntegerField(default=0)
    leads_to = models.URLField(max_length=1000, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    first_failed_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["next_at"], name="link_next")]

    def __str__(self) -> str:
        return f"link {self.pk} {self.state}"


class UsageDay(models.Model):
    """How often something was done with a record on one day. Nobody is behind the number."""

    class What(models.TextChoices):
        SEEN = "seen", _("page seen")
        READ = "read", _("light view read")
        TAKEN = "taken", _("file taken")
        CITED = "cited", _("citation taken")

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="usage")
    day = models.DateField()
    what = models.CharField(max_length=6, choices=What)
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["resource", "day", "what"], name="one_count_a_day")
        ]
        indexes = [models.Index(fields=["day", "what"], name="usage_by_day")]

    def __str__(self) -> str:
        return f"{self.resource_id} {self.day} {self.what}"
