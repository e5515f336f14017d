"""How an address fares: what came back, whether we still write to it.
Written by `mail.bounces`; asked before anything is queued or sent."""

from __future__ import annotations

from django.db import models

from exchange.core.time import now


class Standing(models.Model):
    """One address, known by its digest alone, so that it survives somebody's leaving."""

    class State(models.TextChoices):
        WELL = "well"
        # Some mails came back; a probe was sent, or will be.
        DOUBTFUL = "doubtful"
        # Nothing but what the person asks for this minute (codes) is sent.
        DEAD = "dead"
        # The person, or their provider, said that our mail is unwanted.
        UNWANTED = "unwanted"

    # HMAC of the address in small letters.
    digest = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.WELL)
    # Days on which mail came back for good, or for now, since the last that went well.
    hard = models.PositiveSmallIntegerField(default=0)
    soft = models.PositiveSmallIntegerField(default=0)
    counted_on = models.DateField(null=True, blank=True)
    probed_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=60, blank=True)
    changed_at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["state", "changed_at"], name="standing_state")]

    def __str__(self) -> str:
        return f"standing {self.pk} ({self.state})"


class Bounce(models.Model):
    """One mail that came back, or one complaint: how it was read, and whether it was counted."""

    class Kind(models.TextChoices):
        HARD = "hard"
        SOFT = "soft"
        # The provider refuses us, not the person (5.7.x): hosts must mend it.
        POLICY = "policy"
        COMPLAINT = "complaint"
        DELAYED = "delayed"
        UNCLEAR = "unclear"

    standing = models.ForeignKey(Standing, null=True, on_delete=models.CASCADE, related_name="+")
    # The mail that came back, if the envelope or the report says which.
    mail_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    incoming_id = models.BigIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=10, choices=Kind)
    # "5.1.1", as RFC 3463 has it, or empty.
    status = models.CharField(max_length=12, blank=True)
    # Which reader understood it: "rfc3464", "flufl", "own", "webhook".
    read_by = models.CharField(max_length=12, blank=True)
    domain = models.CharField(max_length=120, blank=True)
    counted = models.BooleanField(default=False)
    at = models.DateTimeField(default=now, db_index=True)

    def __str__(self) -> str:
        return f"bounce {self.pk} ({self.kind} {self.status})"
