"""The Exchange as an account of the fediverse, and who follows it there.
Changed by the actions of `fediverse` alone. Followers are kept to deliver to them, nothing else."""

from __future__ import annotations

from django.db import models

from exchange.announcing.models.webhook import Announcement
from exchange.core.time import now


class Actor(models.Model):
    """The one account. Its key is made when a host switches it on for the first time."""

    handle = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=80)
    summary = models.CharField(max_length=500, blank=True)
    public_key = models.TextField()
    # Locked (`keeping`).
    private_key = models.TextField()
    is_on = models.BooleanField(default=True)
    at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return self.handle


class Inbox(models.Model):
    """Where another server takes what we publish: one for all followers there, if it has one."""

    url = models.CharField(max_length=500, unique=True)
    domain = models.CharField(max_length=255, db_index=True)
    # A server's inbox for everybody says nothing about a person; one of a person goes with them.
    is_shared = models.BooleanField(default=False)
    failing_since = models.DateTimeField(null=True, blank=True)
    code = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return f"inbox {self.pk}"


class Follower(models.Model):
    """Somebody elsewhere who asked to be told. Personal: erased when they stop."""

    actor = models.CharField(max_length=500, unique=True)
    inbox = models.ForeignKey(Inbox, on_delete=models.CASCADE, related_name="followers")
    # Where the answer to their wish goes: their own inbox.
    own_inbox = models.CharField(max_length=500)
    # What they sent, which the answer names.
    follow = models.CharField(max_length=500, blank=True)
    key_id = models.CharField(max_length=500)
    public_key = models.TextField()
    at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"follower {self.pk}"


class Blocked(models.Model):
    """A domain, with all below it, that hosts do not want to hear of nor to reach."""

    domain = models.CharField(max_length=255, unique=True)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["domain"]

    def __str__(self) -> str:
        return self.domain


class Seen(models.Model):
    """The digest of a signature that was taken, so that the same words sent once more do nothing."""

    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(default=now, db_index=True)

    def __str__(self) -> str:
        return f"seen {self.pk}"


class Parcel(models.Model):
    """That an inbox has got a publication: what changes or goes is told there too."""

    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE, related_name="+")
    inbox = models.ForeignKey(Inbox, on_delete=models.CASCADE, related_name="parcels")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["announcement", "inbox"], name="one_parcel_each")
        ]

    def __str__(self) -> str:
        return f"{self.announcement_id} to inbox {self.inbox_id}"
