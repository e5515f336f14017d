"""That a question was offered to somebody who could know, and what became of it.
Made by `offering.actions` alone; read by alerts, which writes the letter."""

from __future__ import annotations

from django.db import models

from exchange.contributions.models import Contribution
from exchange.core.time import now
from exchange.members.models import Member


class Offer(models.Model):
    """One question to one member. Nobody is asked twice about the same one."""

    question = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="offers")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="offers")
    at = models.DateTimeField(default=now)
    # When the letter was written; not every hour is one to be written to.
    told_at = models.DateTimeField(null=True, blank=True)
    # When they answered, or the question was answered or closed before anybody wrote to them.
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "member"], name="one_offer"),
        ]
        indexes = [
            models.Index(fields=["member", "-at"], name="offer_of_member"),
            models.Index(
                fields=["at"],
                name="offer_untold",
                condition=models.Q(told_at=None, ended_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"offer {self.pk}"
