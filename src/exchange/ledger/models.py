"""What happened (events, never changed) and what is still owed because of it (deliveries).
Written by `ledger.actions` alone; read by consumers, the worker and `ledger.queries`."""

from datetime import datetime
from typing import NoReturn

from django.db import models


class AppendOnly(Exception):
    """Somebody tried to change or remove what happened."""


class EventQuerySet(models.QuerySet["Event"]):
    """Events can be read and added, nothing else."""

    def update(self, **changes: object) -> NoReturn:
        raise AppendOnly("events are never changed")

    def bulk_update(self, *rows: object, **options: object) -> NoReturn:
        raise AppendOnly("events are never changed")

    def delete(self) -> NoReturn:
        raise AppendOnly("events are never removed")


class Event(models.Model):
    """One thing that happened, in ids and short codes only: no text, no name, no address."""

    kind = models.CharField(max_length=60)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True, blank=True)
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    detail = models.JSONField(default=dict)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="event_subject"),
            models.Index(fields=["kind", "id"], name="event_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_type}:{self.subject_id}"

    def save(self, *args: object, **options: object) -> None:
        """Add the row; a row that exists is never written again."""
        if not self._state.adding:
            raise AppendOnly("events are never changed")
        super().save(force_insert=True)

    def delete(self, *args: object, **options: object) -> NoReturn:
        raise AppendOnly("events are never removed")


class Delivery(models.Model):
    """One consumer's share of one event, or of one slot of a clock job.

    `run_after` is when a worker may next take the row: the due time of a queued one, the end of
    the lease of a leased one, empty once nothing is owed. So one small index finds the work."""

    class State(models.TextChoices):
        QUEUED = "queued"
        LEASED = "leased"
        DONE = "done"
        DEAD = "dead"
        DROPPED = "dropped"

    class Rank(models.IntegerChoices):
        """Bulk work is done when nothing usual is due: a code overtakes a newsletter."""

        USUAL = 0
        BULK = 1

    # No index of its own: the constraint below begins with the event.
    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, null=True, blank=True, db_index=False
    )
    consumer = models.CharField(max_length=80)
    recipient = models.CharField(max_length=120, blank=True, default="")
    rank = models.PositiveSmallIntegerField(choices=Rank, default=Rank.USUAL)
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    run_after = models.DateTimeField(null=True)
    lease_token = models.CharField(max_length=32, blank=True, default="")
    last_error = models.CharField(max_length=200, blank=True, default="")
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=["event", "consumer", "recipient"], name="one_delivery_each"
            ),
            models.UniqueConstraint(
                fields=["consumer", "recipient"],
                condition=models.Q(event__isnull=True),
                name="one_delivery_per_slot",
            ),
        ]
        indexes = [
            models.Index(
                fields=["rank", "run_after", "id"],
                condition=models.Q(run_after__isnull=False),
                name="delivery_owed",
            ),
            models.Index(fields=["state", "finished_at"], name="delivery_finished"),
        ]

    def __str__(self) -> str:
        return f"{self.consumer} of {self.event_id or self.recipient}"

    @property
    def lease_until(self) -> datetime | None:
        return self.run_after if self.state == self.State.LEASED else None


class ClockJob(models.Model):
    """A job that returns by the clock, and the last slot that was put in the queue for it."""

    name = models.CharField(max_length=80, unique=True)
    last_slot = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Heartbeat(models.Model):
    """A sign of life of one worker, so that `doctor` and the desk can say whether it runs."""

    worker = models.CharField(max_length=120, unique=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.worker
