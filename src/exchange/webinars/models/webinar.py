"""A webinar as a lasting thing: what, when, who speaks, who helps, and how far it has come.
Read through `visible_to`; changed by the actions of `planning` alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exchange.contributions.models import Contribution
from exchange.core import ids
from exchange.core.time import now
from exchange.members.models import Member


class Phase(models.TextChoices):
    """How far it has come; the state of the contribution says whether it may be seen at all."""

    ANNOUNCED = "announced", _("announced")
    OPEN = "open", _("open for registration")
    LIVE = "live", _("live now")
    OVER = "over", _("over")
    SUMMED = "summed", _("summed up")
    CANCELLED = "cancelled", _("cancelled")


COMING = (Phase.ANNOUNCED, Phase.OPEN, Phase.LIVE)


class Engine(models.TextChoices):
    """Where those who have the line for it see and hear one another."""

    NONE = "none", _("no video room")
    BBB = "bbb", _("BigBlueButton")
    JITSI = "jitsi", _("Jitsi Meet")
    LINK = "link", _("a link to another service")


class Series(models.Model):
    """Webinars that belong together, under one name."""

    slug = models.SlugField(max_length=70, unique=True)
    title = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    language = models.CharField(max_length=8, default="en")
    by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class Webinar(Contribution):
    """One hour together, and what stays of it. Times are kept in UTC; `zone` is the place whose
    clock it was planned by."""

    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=60)
    # A name of the IANA database; and the hub, a slug of the vocabulary "region".
    zone = models.CharField(max_length=60, default="UTC")
    hub = models.CharField(max_length=60, blank=True)
    # The hour as it was planned by that clock, "2027-04-30T14:00": a zone may change its rules
    # between announcement and event, and people come by the hour they were told.
    wall = models.CharField(max_length=16, blank=True)
    series = models.ForeignKey(
        Series, null=True, blank=True, on_delete=models.SET_NULL, related_name="webinars"
    )
    phase = models.CharField(max_length=10, choices=Phase, default=Phase.ANNOUNCED)
    # Codes of the languages spoken, the first is the main one; lanes are rows of their own.
    spoken = models.CharField(max_length=60, default="en")
    # None: registration opens with the announcement; no limit of seats.
    opens_at = models.DateTimeField(null=True, blank=True)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    engine = models.CharField(max_length=8, choices=Engine, default=Engine.NONE)
    # The address of a room elsewhere, with whatever opens it. Never leaves but at the click.
    engine_link = models.CharField(max_length=1000, blank=True)
    # By what the engine knows the room; nobody can guess it.
    room_key = models.CharField(max_length=40, default=ids.new_id, editable=False)
    has_sound = models.BooleanField(default=False)
    # Whether it is recorded at all: then it is announced, and everybody is asked at the door.
    is_recorded = models.BooleanField(default=False)

    # RFC 5545: the same UID for ever, SEQUENCE one up with each material change.
    uid = models.CharField(max_length=60, unique=True, default=ids.new_id, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    cancelled_why = models.CharField(max_length=400, blank=True)
    went_live_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    # Doors of the dialogue, opened and closed by its team.
    wall_open = models.BooleanField(default=True)
    chat_open = models.BooleanField(default=False)
    hands_open = models.BooleanField(default=True)
    # The record that the library made of it.
    record = models.ForeignKey(
        Contribution, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(fields=["phase", "starts_at"], name="w_phase_start"),
            models.Index(fields=["starts_at"], name="w_start"),
        ]

    @property
    def ends_at(self) -> datetime:
        """When it ended, or is meant to end."""
        return self.ended_at or self.starts_at + timedelta(minutes=self.minutes)

    @property
    def place(self) -> tzinfo:
        """The zone it was planned by; where its name is no longer known, the distance to UTC it
        was planned with."""
        try:
            return ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return self._planned_offset()

    def _planned_offset(self) -> tzinfo:
        if not self.wall:
            return UTC
        planned = datetime.fromisoformat(self.wall).replace(tzinfo=UTC)
        return timezone(planned - self.starts_at.replace(second=0, microsecond=0))

    @property
    def spoken_codes(self) -> list[str]:
        return self.spoken.split()

    @property
    def is_coming(self) -> bool:
        return self.phase in COMING

    @property
    def is_live(self) -> bool:
        return self.phase == Phase.LIVE

    @property
    def is_over(self) -> bool:
        return self.phase in (Phase.OVER, Phase.SUMMED)

    @property
    def takes_seats(self) -> bool:
        """Whether somebody can still register."""
        return self.is_public and self.phase in (Phase.OPEN, Phase.LIVE)

    @property
    def takes_questions(self) -> bool:
        """Before, during, and for two weeks after: the wall outlives the hour."""
        if not self.is_public or not self.wall_open or self.phase == Phase.CANCELLED:
            return False
        return not self.is_over or now() < self.ends_at + timedelta(days=14)


class Presenter(models.Model):
    """Somebody who speaks: shown only once they agreed, linked to a member where there is one."""

    class Answer(models.TextChoices):
        ASKED = "asked", _("asked")
        AGREED = "agreed", _("agreed")
        DECLINED = "declined", _("declined")
        LEFT = "left", _("left")

    webinar = models.ForeignKey(Webinar, on_delete=models.CASCADE, related_name="presenters")
    member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # For one who is no member: where they are asked. Emptied when they decline or leave.
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=160, blank=True)
    words = models.CharField(max_length=600, blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    answer = models.CharField(max_length=8, choices=Answer, default=Answer.ASKED)
    # What they agreed to: their name on the page; and, apart from it, being recorded.
    may_be_named = models.BooleanField(default=True)
    may_be_recorded = models.BooleanField(default=False)
    asked_at = models.DateTimeField(default=now)
    answered_at = models.DateTimeField(null=True, blank=True)
    # Opens their own page without an account.
    key = models.CharField(max_length=40, unique=True, default=ids.new_id, editable=False)

    class Meta:
        ordering = ["place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["webinar", "member"],
                condition=Q(member__isnull=False),
                name="one_presenter_a_member",
            )
        ]

    def __str__(self) -> str:
        return f"presenter {self.pk} of {self.webinar_id}"

    @property
    def is_shown(self) -> bool:
        """Whether their name may stand anywhere: they said yes to speaking and to that."""
        return self.answer == self.Answer.AGREED and self.may_be_named


class TeamMember(models.Model):
    """A member with a task in one webinar: nobody has it anywhere else because of this."""

    class Task(models.TextChoices):
        # Leads the hour: starts, ends, opens and closes doors, sends the sound.
        LEAD = "lead", _("leads the hour")
        # Reads what is asked before it is shown.
        HELPER = "helper", _("reads questions first")
        # Types what is said, or what it means in another language.
        WRITER = "writer", _("writes along")

    webinar = models.ForeignKey(Webinar, on_delete=models.CASCADE, related_name="team")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    task = models.CharField(max_length=8, choices=Task)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["webinar", "member", "task"], name="one_task_once")
        ]

    def __str__(self) -> str:
        return f"{self.webinar_id} {self.member_id} {self.task}"


class Move(models.Model):
    """That its time was changed: from when to when, by whom. One row a material change."""

    webinar = models.ForeignKey(Webinar, on_delete=models.CASCADE, related_name="moves")
    sequence = models.PositiveIntegerField()
    old_starts_at = models.DateTimeField()
    old_minutes = models.PositiveSmallIntegerField()
    old_zone = models.CharField(max_length=60)
    new_starts_at = models.DateTimeField()
    new_minutes = models.PositiveSmallIntegerField()
    by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(fields=["webinar", "sequence"], name="one_move_a_sequence")
        ]

    def __str__(self) -> str:
        return f"{self.webinar_id} moved {self.sequence}"
