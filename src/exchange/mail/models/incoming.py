"""Mail that came in: one row for each, from the door to what became of it, and the addresses
that take it. The mail itself lies in a file. Written by `mail.receiving` and the handlers."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models

from exchange.core.time import now


class IncomingMailQuerySet(models.QuerySet["IncomingMail"]):
    def waiting(self) -> IncomingMailQuerySet:
        """What a host should look at, the oldest first."""
        return self.filter(state=IncomingMail.State.KEPT).order_by("received_at", "pk")

    def empty(self, *, at: datetime, **columns: str) -> int:
        """Take away whose they are and what they say; the fact stays that they came."""
        return self.update(
            envelope_from="",
            from_address="",
            from_name="",
            subject="",
            message_id="",
            words="",
            cut="",
            results={},
            person=None,
            blanked_at=at,
            **columns,
        )


class IncomingMail(models.Model):
    """One mail to one of our addresses. After 90 days only the fact remains that it came."""

    class State(models.TextChoices):
        NEW = "new"
        # Something was made of it, or a command carried out.
        DONE = "done"
        # Robots, loops, duplicates: nothing made, nothing answered.
        IGNORED = "ignored"
        # The sender was told why not.
        REFUSED = "refused"
        # A host should look at it.
        KEPT = "kept"
        # A host has looked.
        SETTLED = "settled"

    # Its name in the spool, so that what is picked up twice is one row.
    arrival = models.CharField(max_length=80, unique=True)
    via = models.CharField(max_length=12, default="smtp")
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveIntegerField(default=0)
    # Message-ID and the address it came to, as a digest. Only the first copy has it: whoever cannot
    # write it here is a second one.
    fingerprint = models.CharField(max_length=64, blank=True)
    message_id = models.CharField(max_length=255, blank=True)
    envelope_from = models.CharField(max_length=254, blank=True)
    envelope_to = models.CharField(max_length=254, blank=True)
    from_address = models.CharField(max_length=254, blank=True)
    from_name = models.CharField(max_length=120, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    received_at = models.DateTimeField(default=now, db_index=True)
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    # What became of it, as a code: "answer-published", "unknown-sender", "auto-reply" …
    outcome = models.CharField(max_length=60, blank=True)
    # By which of our addresses it was meant: "token:answer", "mailbox:ask", "command:stop" …
    route = models.CharField(max_length=40, blank=True)
    # The number of the person it is from, given by the room that knows people.
    person = models.BigIntegerField(null=True, blank=True)
    # "pass", "none" or "fail", and the results behind it.
    trust = models.CharField(max_length=8, blank=True)
    results = models.JSONField(default=dict, blank=True)
    language = models.CharField(max_length=8, blank=True)
    # The person's own words; and all that was taken for quotes, signatures and notices.
    words = models.TextField(blank=True)
    cut = models.TextField(blank=True)
    # What was made of it: "reply" 12, "contribution" 7.
    made_type = models.CharField(max_length=20, blank=True)
    made_id = models.BigIntegerField(null=True, blank=True)
    undo_until = models.DateTimeField(null=True, blank=True)
    # Notes of handlers: ids and codes only.
    detail = models.JSONField(default=dict, blank=True)
    settled_by = models.BigIntegerField(null=True, blank=True)
    blanked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = IncomingMailQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["fingerprint"],
                condition=~models.Q(fingerprint=""),
                name="incoming_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["received_at"],
                condition=models.Q(state="kept"),
                name="incoming_kept",
            ),
            models.Index(fields=["person", "-received_at"], name="incoming_person"),
        ]

    def __str__(self) -> str:
        return f"incoming {self.pk} ({self.state} {self.outcome})"


class Mailbox(models.Model):
    """An address people can write to: of the Exchange, or of a hub."""

    class Opens(models.TextChoices):
        QUESTION = "question"
        EXPERIENCE = "experience"
        NOTICE = "notice"
        IDEA = "idea"
        DISCUSSION = "discussion"
        # Commands, and everything nobody else takes.
        DESK = "desk"
        # Somebody worries about a child: safeguarding alone reads it.
        CONCERN = "concern"

    # The part before the @, in small letters.
    local = models.CharField(max_length=40, unique=True)
    opens = models.CharField(max_length=12, choices=Opens, default=Opens.QUESTION)
    # For the address of a hub: a slug of the vocabulary "region", and what it is about by default.
    hub = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=8, blank=True)
    is_open = models.BooleanField(default=True)

    class Meta:
        ordering = ["local"]

    def __str__(self) -> str:
        return self.local
