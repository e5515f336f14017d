"""Private messages: two people, what they wrote to each other, who blocked whom, who may write.
Read through `visible_to` by these two alone; changed by `corresponding.actions` and `sealing`."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from exchange.core import ids
from exchange.core.languages import direction
from exchange.core.time import now
from exchange.members.models import Member


class CorrespondenceQuerySet(models.QuerySet["Correspondence"]):
    def visible_to(self, member: Member | None) -> CorrespondenceQuerySet:
        """The two it is between, and nobody else: no host, no lead."""
        if member is None or not member.is_authenticated:
            return self.none()
        return self.filter(Q(asker=member) | Q(asked=member))


class Correspondence(models.Model):
    """That one member asked another to write with them, and what became of it."""

    class State(models.TextChoices):
        ASKED = "asked"
        OPEN = "open"
        # Let be, or ended. Who asked first is told neither.
        LEFT = "left"

    # Empty when that person's account was closed.
    asker = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # "12-34", the lower number first: two people have one correspondence.
    pair = models.CharField(max_length=44, unique=True)
    state = models.CharField(max_length=6, choices=State, default=State.ASKED)
    left_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    begun_at = models.DateTimeField(default=now)
    opened_at = models.DateTimeField(null=True, blank=True)
    last_at = models.DateTimeField(default=now)
    # The number of the last message each of them has seen, and was written a letter about.
    asker_seen = models.BigIntegerField(default=0)
    asked_seen = models.BigIntegerField(default=0)
    asker_told = models.BigIntegerField(default=0)
    asked_told = models.BigIntegerField(default=0)

    objects: ClassVar = CorrespondenceQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["asker", "state", "-last_at"], name="correspondence_asker"),
            models.Index(fields=["asked", "state", "-last_at"], name="correspondence_asked"),
            models.Index(fields=["state", "last_at"], name="correspondence_kept"),
        ]

    def __str__(self) -> str:
        return f"correspondence {self.pk} ({self.state})"

    def get_absolute_url(self) -> str:
        return reverse("corresponding:one", args=[self.pk])

    @staticmethod
    def pair_of(one: Member, other: Member) -> str:
        low, high = sorted((one.pk, other.pk))
        return f"{low}-{high}"

    def is_asker(self, member: Member) -> bool:
        return self.asker_id == member.pk

    def other(self, member: Member) -> Member | None:
        """With whom this one writes; nobody when that account is closed."""
        found = self.asked if self.is_asker(member) else self.asker
        return found if found is not None and found.erased_at is None else None

    def seen_by(self, member: Member) -> int:
        return self.asker_seen if self.is_asker(member) else self.asked_seen

    def told_to(self, member: Member) -> int:
        return self.asker_told if self.is_asker(member) else self.asked_told

    def side(self, member: Member) -> str:
        """How the columns of this person begin."""
        return "asker" if self.is_asker(member) else "asked"

    @property
    def was_open(self) -> bool:
        return self.opened_at is not None


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, member: Member | None) -> MessageQuerySet:
        """Words that stand, for the two they are between."""
        if member is None or not member.is_authenticated:
            return self.none()
        theirs = Q(correspondence__asker=member) | Q(correspondence__asked=member)
        return self.standing().filter(theirs)

    def standing(self) -> MessageQuerySet:
        """Neither sealed nor held for a look, nor taken back."""
        return self.filter(sealed_at=None, held_at=None, is_withdrawn=False)


class Message(models.Model):
    """What one of the two wrote."""

    class Via(models.TextChoices):
        WEB = "web", _("on the page")
        MAIL = "mail", _("by mail")

    correspondence = models.ForeignKey(
        Correspondence, on_delete=models.CASCADE, related_name="messages"
    )
    writer = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_askers = models.BooleanField(default=True)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=8, default="en")
    via = models.CharField(max_length=4, choices=Via, default=Via.WEB)
    at = models.DateTimeField(default=now)
    # The form's own key, or the mail it came by: sent twice on a weak line, kept once.
    once_key = models.CharField(max_length=40, unique=True, default=ids.new_id)
    # Reported: a child may be at risk, or somebody has to look first.
    sealed_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    is_withdrawn = models.BooleanField(default=False)

    objects: ClassVar = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["writer", "at"], name="message_written"),
            models.Index(fields=["correspondence", "id"], name="message_order"),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"

    @property
    def stands(self) -> bool:
        return not (self.sealed_at or self.held_at or self.is_withdrawn)

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def receiver(self) -> Member | None:
        row = self.correspondence
        return row.asked if self.is_askers else row.asker


class Block(models.Model):
    """That somebody wants no more words of another, who is not told."""

    by = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    whom = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "whom"], name="one_block")]

    def __str__(self) -> str:
        return f"{self.by_id} blocked {self.whom_id}"


class Choice(models.Model):
    """Who may write to a member, and whether messages come by mail. Nothing chosen: no row."""

    class FromWhom(models.TextChoices):
        EVERYBODY = "everybody", _("every member; newcomers a few at a time")
        WELCOMED = "welcomed", _("members whom a host has welcomed")
        GROUPS = "groups", _("only people of my hubs and groups")
        NOBODY = "nobody", _("nobody")

    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="+")
    from_whom = models.CharField(max_length=10, choices=FromWhom, default=FromWhom.EVERYBODY)
    by_mail = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"choice of {self.member_id}"
