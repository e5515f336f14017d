"""Mentor pairs: two people of a space who write to each other once a month, with a question of ours.
Changed by `hubs.pairs.actions` alone. What they write is kept nowhere but in their own mailboxes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exchange.core.time import now
from exchange.hubs.models.space import Space
from exchange.members.models import Member


class PairQuerySet(models.QuerySet["Pair"]):
    def of(self, member: Member) -> PairQuerySet:
        return self.filter(Q(first=member) | Q(second=member))

    def there(self) -> PairQuerySet:
        """Not ended, and nobody said no."""
        return self.exclude(state=Pair.State.ENDED)


class Pair(models.Model):
    """Two people of a space, once both agreed."""

    class State(models.TextChoices):
        ASKED = "asked", _("both are asked")
        LIVING = "living", _("writing to each other")
        PAUSED = "paused", _("paused")
        ENDED = "ended", pgettext_lazy("a mentor pair", "ended")

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="pairs")
    first = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    first_agreed_at = models.DateTimeField(null=True, blank=True)
    second_agreed_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=now)
    # The day of the next question, and how many there were.
    next_on = models.DateField(null=True, blank=True)
    asked = models.PositiveSmallIntegerField(default=0)
    # The first day of the month in which one of them last wrote.
    last_sign = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = PairQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "next_on"], name="pairs_due")]

    def __str__(self) -> str:
        return f"pair {self.pk} of {self.space_id}"

    @property
    def is_living(self) -> bool:
        return self.state == self.State.LIVING

    def is_of(self, member: Member) -> bool:
        return member.pk in (self.first_id, self.second_id)

    def other_of(self, member: Member) -> Member:
        return self.second if member.pk == self.first_id else self.first

    def has_agreed(self, member: Member) -> bool:
        said = self.first_agreed_at if member.pk == self.first_id else self.second_agreed_at
        return said is not None
