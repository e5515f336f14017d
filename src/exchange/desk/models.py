"""What hosts keep for themselves: who is looking at what, and who asked for another host's look.
Written by `desk.actions` and `desk.appeals`; everything else they decide stands in other rooms."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exchange.contributions.models import Contribution
from exchange.conversation.models import Reply
from exchange.core.time import now
from exchange.members.models import Member

LOOKING_FOR = timedelta(minutes=30)


class Claim(models.Model):
    """That a host is looking at something that waits. It forbids nobody to decide, and lapses."""

    class What(models.TextChoices):
        CONTRIBUTION = "contribution"
        REPLY = "reply"
        REVISION = "revision"

    what = models.CharField(max_length=12, choices=What)
    about = models.BigIntegerField()
    by = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["what", "about"], name="one_claim_each")]

    def __str__(self) -> str:
        return f"{self.what} {self.about}"


class Appeal(models.Model):
    """That an author asked another host to look at what one host kept back or withdrew: once."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("waits for another host")
        LET_OUT = "let_out", _("let out")
        STAYS = "stays", _("stays as it was decided")

    contribution = models.ForeignKey(
        Contribution, null=True, on_delete=models.CASCADE, related_name="+"
    )
    reply = models.ForeignKey(Reply, null=True, on_delete=models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(default=now)
    words = models.TextField(blank=True)
    # The host whose decision it is about: somebody else decides, if there is somebody else.
    against = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.OPEN)
    settled_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    settled_by_name = models.CharField(max_length=120, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(contribution__isnull=True) ^ Q(reply__isnull=True),
                name="appeal_about_one_thing",
            ),
            models.UniqueConstraint(fields=["contribution"], name="one_appeal_a_contribution"),
            models.UniqueConstraint(fields=["reply"], name="one_appeal_a_reply"),
        ]
        indexes = [models.Index(fields=["outcome", "asked_at"], name="appeal_open")]

    def __str__(self) -> str:
        return f"appeal {self.pk}"

    @property
    def subject(self) -> Contribution | Reply:
        """What it is about."""
        about = self.contribution or self.reply
        if about is None:
            raise ValueError("an appeal is about something")
        return about


class MonthFigure(models.Model):
    """One number of a month that is over, or of a quarter or year of such months, as it was last
    counted. Nobody's: `people` is how many stand behind it, so that small ones are not told."""

    month = models.DateField()
    # 1, 3 or 12: how many months from there.
    months = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=30)
    # "", or what it is about: "country:UG", "language:sw".
    key = models.CharField(max_length=30, blank=True)
    value = models.BigIntegerField(null=True)
    people = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "months", "name", "key"], name="one_figure_a_month"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.key} {self.month:%Y-%m}"
