"""What people wish to be told of, how and when; what they were told in digests; other channels.
Changed by `alerts.actions` and the actions of each matter alone."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exchange.core import ids
from exchange.core.time import now
from exchange.members.models import Member


class Level(models.TextChoices):
    """How much: the words that `conversation.Follow` uses too."""

    OFF = "off", _("nothing")
    DIGEST = "digest", _("in my digest")
    EACH = "each", _("each one by e-mail")


class Watch(models.Model):
    """That a member wants to hear of what is new at a place: a topic, a country, a hub, a person,
    an organisation, or all questions they can help with. Contributions have `conversation.Follow`,
    searches `conversation.SavedSearch`."""

    class Kind(models.TextChoices):
        TOPIC = "topic", _("topic")
        COUNTRY = "country", _("country")
        HUB = "hub", _("hub")
        PERSON = "person", _("person")
        ORGANISATION = "organisation", _("organisation")
        # Questions in a language they read, on what they work on.
        HELP = "help", _("questions I can help with")

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="watches")
    kind = models.CharField(max_length=14, choices=Kind)
    # A slug of the vocabulary, a country's code, a member's number, an organisation's slug.
    value = models.CharField(max_length=80, blank=True)
    # How an organisation wrote its name when somebody began to follow it.
    label = models.CharField(max_length=160, blank=True)
    level = models.CharField(max_length=8, choices=Level, default=Level.DIGEST)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "kind", "value"], name="one_watch")
        ]
        # With the member, so that many watchers of one place are read page by page, in order.
        indexes = [models.Index(fields=["kind", "value", "level", "member"], name="watch_at")]

    def __str__(self) -> str:
        return f"{self.member_id} {self.kind} {self.value} {self.level}"


class WishesQuerySet(models.QuerySet["Wishes"]):
    def due(self, moment: datetime) -> WishesQuerySet:
        """Whose digest is due, the longest waiting first."""
        return self.filter(next_digest_at__lte=moment, stopped_at=None).order_by(
            "next_digest_at", "pk"
        )


class Wishes(models.Model):
    """How a member wants mail: how often, when, how much of a text, at most how many."""

    class Rhythm(models.TextChoices):
        DAILY = "daily", _("every day")
        WEEKLY = "weekly", _("once a week")
        MONTHLY = "monthly", _("once a month")

    class Content(models.TextChoices):
        FULL = "full", _("the whole text")
        TEASER = "teaser", _("the first lines and a link")
        NOTICE = "notice", _("only that there is something new")

    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="wishes")
    content = models.CharField(max_length=8, choices=Content, default=Content.FULL)
    rhythm = models.CharField(max_length=8, choices=Rhythm, default=Rhythm.WEEKLY)
    # Monday is 0; for a weekly digest. A monthly one goes on the first of these days in a month.
    weekday = models.PositiveSmallIntegerField(default=0)
    # In the member's own time.
    hour = models.PositiveSmallIntegerField(default=7)
    timezone = models.CharField(max_length=40, default="UTC")
    # No mail between these hours of the member's own time; both empty: none.
    quiet_from = models.PositiveSmallIntegerField(null=True, blank=True, default=21)
    quiet_until = models.PositiveSmallIntegerField(null=True, blank=True, default=6)
    # All together, digests too; what is over goes into the digest.
    most_a_week = models.PositiveSmallIntegerField(default=10)
    paused_until = models.DateTimeField(null=True, blank=True)
    # They said stop: nothing but what they ask for.
    stopped_at = models.DateTimeField(null=True, blank=True)
    last_digest_at = models.DateTimeField(null=True, blank=True)
    next_digest_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=now)

    objects: ClassVar = WishesQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["next_digest_at"], name="wishes_due", condition=Q(stopped_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"wishes of {self.member_id}"

    @property
    def is_paused(self) -> bool:
        return self.paused_until is not None and self.paused_until > now()


class Digest(models.Model):
    """One digest of one member: the period it is for, and what stood in it."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="digests")
    # "2026-11-20", "2026-W47" or "2026-11": the same period is never built twice.
    period = models.CharField(max_length=12)
    since = models.DateTimeField()
    until = models.DateTimeField()
    # In the order of the mail, for each thing: its section, where it stands ("at:7"), and what was
    # told, as codes such as "contribution:7" and "reply:12".
    items = models.JSONField(default=list)
    # The row of the delivery ledger; empty when there was nothing to say.
    mail_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    made_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "period"], name="one_digest_a_period")
        ]

    def __str__(self) -> str:
        return f"digest {self.member_id} {self.period}"


class Waiting(models.Model):
    """Something that would have been told at once and waits: for the end of quiet hours, or, when
    the week is full, for the digest."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    # "reply:12" or "contribution:7".
    item = models.CharField(max_length=60)
    # Empty: for the next digest.
    due_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "item"], name="one_waiting_an_item")
        ]
        indexes = [models.Index(fields=["due_at"], name="waiting_due")]

    def __str__(self) -> str:
        return f"{self.member_id} waits for {self.item}"


class Device(models.Model):
    """A browser that may be sent a short neutral notice (RFC 8030)."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="devices")
    endpoint = models.URLField(max_length=500, unique=True)
    key = models.CharField(max_length=120)
    secret = models.CharField(max_length=60)
    at = models.DateTimeField(default=now)
    last_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"device {self.pk}"


class Number(models.Model):
    """A member's address with a gateway: SMS, WhatsApp, Telegram. Used once it is confirmed."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="numbers")
    gateway = models.CharField(max_length=16)
    address = models.CharField(max_length=60)
    # What the code that was sent there hashes to, and how often a wrong one was typed.
    code = models.CharField(max_length=64, blank=True)
    wrong = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(default=now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    # Stands in messages: whoever has it may stop this one number.
    token = models.CharField(max_length=40, unique=True, default=ids.new_id, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "gateway"], name="one_number_a_gateway")
        ]

    def __str__(self) -> str:
        return f"number {self.pk}"
