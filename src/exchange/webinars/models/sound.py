"""The sound of the hour: one broadcast, its pieces of a minute, and how many took part, as numbers.
Changed by the actions of `sound`; `Presence` is written by the live process."""

from __future__ import annotations

from django.db import models

from exchange.core import ids
from exchange.core.time import now
from exchange.members.models import Member
from exchange.webinars.models.webinar import Webinar


class Broadcast(models.Model):
    """One time of sending; a webinar has one, and another if it was ended too soon. `key` names
    its folder under DATA_DIR/sound and its mounts; nobody can guess it."""

    class State(models.TextChoices):
        OPEN = "open"
        CLOSED = "closed"

    webinar = models.ForeignKey(Webinar, on_delete=models.CASCADE, related_name="broadcasts")
    key = models.CharField(max_length=40, unique=True, default=ids.new_id, editable=False)
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    # Who holds the microphone now; another may take it over.
    sender = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # One sitting of one browser, which begins a new container of its own.
    sitting = models.CharField(max_length=40, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(default=now)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["webinar"],
                condition=models.Q(state="open"),
                name="one_open_broadcast",
            )
        ]

    def __str__(self) -> str:
        return f"broadcast {self.pk} of {self.webinar_id}"


class Piece(models.Model):
    """A closed minute of sound as two small files: catch-up now, the recording later."""

    broadcast = models.ForeignKey(Broadcast, on_delete=models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    seconds = models.FloatField(default=60.0)
    opus_bytes = models.PositiveIntegerField(default=0)
    mp3_bytes = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["broadcast", "number"], name="one_piece_a_number")
        ]

    def __str__(self) -> str:
        return f"piece {self.number} of {self.broadcast_id}"


class Presence(models.Model):
    """How many were connected in a minute, by one live process: a number, nobody's trace."""

    webinar = models.ForeignKey(Webinar, on_delete=models.CASCADE, related_name="presences")
    node = models.CharField(max_length=40)
    minute = models.DateTimeField()
    reading = models.PositiveIntegerField(default=0)
    listening = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["webinar", "node", "minute"], name="one_count_a_minute")
        ]

    def __str__(self) -> str:
        return f"{self.webinar_id} at {self.minute:%H:%M}"
