"""Who takes part: seats of members, guests and groups, and the reminders they get.
Changed by the actions of `seats` alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exchange.core import ids
from exchange.core.time import now
from exchange.members.models import Member
from exchange.webinars.models.webinar import Webinar


class Way(models.TextChoices):
    """How somebody means to take part; anybody may change it with one tap."""

    VIDEO = "video", _("video room")
    SOUND = "sound", _("sound")
    TEXT = "text", _("text")
    MAIL = "mail", _("e-mail")


class SeatQuerySet(models.QuerySet["Seat"]):
    def taken(self) -> SeatQuerySet:
        return self.filter(state=Seat.State.TAKEN)

    def waiting(self) -> SeatQuerySet:
        """The waiting list, who came first first."""
        return self.filter(state=Seat.State.WAITING).order_by("queued_at", "pk")


class Seat(models.Model):
    """One registration: a member, a guest with a confirmed address, or a group behind one phone.
    `key` opens the seat's own page and stands in mails to this person alone."""

    class State(models.TextChoices):
        # A guest whose address has not said yes.
        ASKED = "asked", _("not confirmed yet")
        TAKEN = "taken", _("registered")
        WAITING = "waiting", _("on the waiting list")
        GIVEN_UP = "given-up", _("given up")

    webinar = models.ForeignKey(Webinar, on_delete=models.CASCADE, related_name="seats")
    member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # A guest's; a member's address is the member's own.
    email = models.EmailField(blank=True)
    # As the person wishes to be called in the dialogue; empty: "A practitioner".
    name = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=8, default="en")
    zone = models.CharField(max_length=60, blank=True)
    country = models.CharField(max_length=2, blank=True)
    way = models.CharField(max_length=6, choices=Way, default=Way.TEXT)
    # A listening club: how many people, and what it is called.
    people = models.PositiveSmallIntegerField(default=1)
    group = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    key = models.CharField(max_length=40, unique=True, default=ids.new_id, editable=False)
    at = models.DateTimeField(default=now)
    queued_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    # The last SEQUENCE this person's calendar was told, and whether as a cancellation.
    told_sequence = models.IntegerField(default=-1)
    told_cancelled = models.BooleanField(default=False)
    # That they were there, said by themselves or by what they did in the dialogue; no minutes.
    came_at = models.DateTimeField(null=True, blank=True)
    people_came = models.PositiveSmallIntegerField(null=True, blank=True)
    agreed_recording_at = models.DateTimeField(null=True, blank=True)
    is_listening = models.BooleanField(default=False)
    # They come, and wish for no more reminders of it.
    no_reminders_at = models.DateTimeField(null=True, blank=True)
    # Taken away 90 days after: a guest's address, name and group.
    forgotten_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = SeatQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["webinar", "member"],
                condition=Q(member__isnull=False),
                name="one_seat_a_member",
            ),
            models.UniqueConstraint(
                fields=["webinar", "email"], condition=~Q(email=""), name="one_seat_an_address"
            ),
        ]
        indexes = [
            models.Index(fields=["webinar", "state", "queued_at"], name="seat_of_webinar"),
            models.Index(fields=["member", "state"], name="seat_of_member"),
        ]

    def __str__(self) -> str:
        return f"seat {self.pk} of {self.webinar_id}"

    @property
    def address(self) -> str:
        """Where mail for this seat goes; empty once it is forgotten, and for who is pretended."""
        if self.member is not None:
            reachable = self.member.is_active and not self.member.is_demo
            return self.member.email if reachable else ""
        return self.email

    @property
    def shown_name(self) -> str:
        """What others see beside their words."""
        return self.group or self.name or str(_("A practitioner"))

    @property
    def is_group(self) -> bool:
        return self.people > 1


class Reminder(models.Model):
    """A mail so many minutes before the start (negative: after the end). An offset, so that it
    moves with the webinar."""

    webinar = models.ForeignKey(Webinar, on_delete=models.CASCADE, related_name="reminders")
    minutes_before = models.IntegerField()
    # When it went for the present time of the webinar; a move makes it due again if that is ahead.
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_sequence = models.IntegerField(default=-1)

    class Meta:
        ordering = ["-minutes_before"]
        constraints = [
            models.UniqueConstraint(fields=["webinar", "minutes_before"], name="one_reminder_once")
        ]

    def __str__(self) -> str:
        return f"{self.webinar_id} {self.minutes_before} minutes before"

    @property
    def due_at(self) -> datetime:
        if self.minutes_before < 0:
            return self.webinar.ends_at - timedelta(minutes=self.minutes_before)
        return self.webinar.starts_at - timedelta(minutes=self.minutes_before)
