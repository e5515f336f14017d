"""The files of a record: what was sent, what is kept of it, and whether it is still whole.
Read through `visible_to`; changed by `library.files.actions` alone."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from exchange.contributions.models import PUBLIC_STATES, State
from exchange.core import ids
from exchange.core.time import now
from exchange.library.files import kinds
from exchange.library.files.kinds import FileKind
from exchange.library.models.resource import Resource
from exchange.members.models import Member


class FileQuerySet(models.QuerySet["File"]):
    def standing(self) -> FileQuerySet:
        """What is kept and has not been taken away or replaced."""
        return self.filter(state=File.State.KEPT, replaced_by=None)

    def visible_to(self, member: Member | None) -> FileQuerySet:
        """Files of records that can be read; who added the record sees them before that."""
        kept = self.filter(state=File.State.KEPT)
        # An earlier version stays in sight until the one that replaces it is let out.
        newest = Q(replaced_by=None) | Q(replaced_by__let_out_at=None)
        out = Q(let_out_at__isnull=False)
        public = newest & out & Q(resource__state__in=PUBLIC_STATES)
        if member is None or not member.is_authenticated:
            return kept.filter(public)
        own = Q(by=member, resource=None)
        own |= Q(resource__author=member) & ~Q(resource__state=State.WITHDRAWN)
        unsealed = kept.filter(Q(resource=None) | Q(resource__sealed_at=None))
        if member.is_host:
            seen = Q(resource__isnull=False) & ~Q(resource__state=State.DRAFT)
            # What the scanner has still to see is opened by nobody but who sent it.
            scanned = out | Q(scanned_at__isnull=False) if settings.SCANNER else Q()
            return unsealed.filter(own | Q(by=member) | (seen & scanned))
        return unsealed.filter(public | own)

    def amiss(self) -> FileQuerySet:
        """What is not as it was kept."""
        return self.filter(
            state=File.State.KEPT, fixity__in=(File.Fixity.CHANGED, File.Fixity.MISSING)
        ).order_by("fixity_at", "id")

    def waiting(self) -> FileQuerySet:
        """What a host has still to look at although its record is out."""
        rows = self.standing().filter(let_out_at=None, resource__state__in=PUBLIC_STATES)
        return rows.order_by("added_at", "id")


class File(models.Model):
    """One file. Its bytes lie in the store under `key`; the row outlives them as a trace."""

    class State(models.TextChoices):
        KEPT = "kept", _("kept")
        GONE = "gone", _("gone")

    class Fixity(models.TextChoices):
        UNCHECKED = "unchecked", _("not checked yet")
        WHOLE = "whole", _("whole")
        CHANGED = "changed", _("not as it was kept")
        MISSING = "missing", _("missing")
        # Of one that is gone: the virus scanner found something in it.
        INFECTED = "infected", _("infected")

    key = models.CharField(max_length=40, unique=True, default=ids.new_id, editable=False)
    # Empty while the record is still a draft; then `draft_key` names the form it belongs to.
    resource = models.ForeignKey(
        Resource, null=True, blank=True, on_delete=models.CASCADE, related_name="files"
    )
    draft_key = models.CharField(max_length=40, blank=True, db_index=True)
    by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField(max_length=200)
    label = models.CharField(max_length=160, blank=True)
    language = models.CharField(max_length=8, blank=True)
    media_type = models.CharField(max_length=100)
    # Bytes as they are kept, and their SHA-256; that of what was sent finds the same file again.
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    sent_sha256 = models.CharField(max_length=64, db_index=True)
    # Codes of what was taken out of it: "scripts", "attachments", "metadata", …
    taken_out = models.JSONField(default=list, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    replaced_by = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaces"
    )
    # A host opens it first: a member sent it, or a gate wants its name read.
    needs_a_look = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State, default=State.KEPT)
    let_out_at = models.DateTimeField(null=True, blank=True)
    added_at = models.DateTimeField(default=now)
    gone_at = models.DateTimeField(null=True, blank=True)
    fixity = models.CharField(max_length=10, choices=Fixity, default=Fixity.UNCHECKED)
    fixity_at = models.DateTimeField(null=True, blank=True)
    # When a virus scanner passed it; empty where there is none.
    scanned_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = FileQuerySet.as_manager()

    class Meta:
        constraints = [
            # Sent twice at once, it is still one file.
            models.UniqueConstraint(
                fields=["draft_key", "by", "sent_sha256"],
                condition=Q(state="kept", resource=None, replaced_by=None),
                name="file_once_in_draft",
            ),
            models.UniqueConstraint(
                fields=["resource", "sent_sha256"],
                condition=Q(state="kept", resource__isnull=False, replaced_by=None),
                name="file_once_in_record",
            ),
        ]
        indexes = [
            models.Index(fields=["resource", "state", "added_at"], name="file_of_record"),
            models.Index(fields=["state", "fixity_at"], name="file_by_fixity"),
        ]

    def __str__(self) -> str:
        return f"file {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("library-file", args=[self.key, self.name])

    @property
    def store_key(self) -> str:
        """Where its bytes lie in the store."""
        return f"files/{self.key}"

    @property
    def kind(self) -> FileKind:
        return kinds.by_media_type(self.media_type)

    @property
    def is_out(self) -> bool:
        return self.let_out_at is not None
