"""Records brought in from elsewhere: what a file or another library offered, and what became of it.
Changed by `library.bringing` alone; read by the desk."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from exchange.core import ids
from exchange.core.time import now
from exchange.library.models.resource import Resource
from exchange.members.models import Member


class HarvestSource(models.Model):
    """Another library that offers its records by OAI-PMH."""

    url = models.URLField(max_length=500)
    set_spec = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=200, blank=True)
    is_on = models.BooleanField(default=False)
    # Days between two harvests.
    every_days = models.PositiveSmallIntegerField(default=7)
    harvested_until = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField(null=True, blank=True)
    # When a host asked for a look that has not been answered yet.
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    # In which forms it offers its records, as its last answer said, and what went wrong then.
    formats = models.CharField(max_length=300, blank=True)
    trouble = models.CharField(max_length=500, blank=True)
    added_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["url", "set_spec"], name="one_source_once")]

    def __str__(self) -> str:
        return f"source {self.pk}"


class ImportRun(models.Model):
    """One import: its preview, who let it in, and its report row by row."""

    class Form(models.TextChoices):
        CSV = "csv", _("table (CSV)")
        RIS = "ris", _("RIS")
        BIBTEX = "bibtex", _("BibTeX")
        OAI = "oai", _("another library (OAI-PMH)")

    class State(models.TextChoices):
        PREVIEW = "preview", _("only looked at")
        APPLIED = "applied", _("brought in")
        FAILED = "failed", _("nothing was brought in")

    key = models.CharField(max_length=40, unique=True, default=ids.new_id, editable=False)
    form = models.CharField(max_length=8, choices=Form)
    source = models.ForeignKey(
        HarvestSource, null=True, blank=True, on_delete=models.SET_NULL, related_name="runs"
    )
    name = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.PREVIEW)
    by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=now)
    applied_at = models.DateTimeField(null=True, blank=True)
    # What was read, as records; emptied when it was brought in or after a week.
    records = models.JSONField(default=list, blank=True)
    # For each row its number, what would become of it, its title, and words about it.
    report = models.JSONField(default=list, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    # What is to be known of the whole of it, in a sentence or two.
    words = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["-at"], name="import_newest")]

    def __str__(self) -> str:
        return f"import {self.pk}"


class ForeignRecord(models.Model):
    """Under which name another library knows a record that came from it."""

    source = models.ForeignKey(HarvestSource, on_delete=models.CASCADE, related_name="records")
    identifier = models.CharField(max_length=400)
    resource = models.ForeignKey(
        Resource, null=True, on_delete=models.CASCADE, related_name="foreign"
    )
    datestamp = models.CharField(max_length=30, blank=True)
    is_deleted = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "identifier"], name="one_foreign_name")
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.pk}"
