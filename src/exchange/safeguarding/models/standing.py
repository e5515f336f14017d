"""What stands before anything is reported: lead and deputies, the policy, the helplines, the day
the Exchange was opened. Changed by `actions.standing` alone."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exchange.core.time import now
from exchange.members.models import Member


class RoleQuerySet(models.QuerySet["SafeguardingRole"]):
    def current(self) -> RoleQuerySet:
        """Who looks after safeguarding today."""
        return self.filter(until=None, member__is_active=True)


class SafeguardingRole(models.Model):
    """That a member is the safeguarding lead or a deputy, since when and by whom."""

    class Role(models.TextChoices):
        LEAD = "lead", _("safeguarding lead")
        DEPUTY = "deputy", _("deputy")

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="safeguarding_roles")
    role = models.CharField(max_length=6, choices=Role)
    since = models.DateTimeField(default=now)
    until = models.DateTimeField(null=True, blank=True)
    # Nobody means: on the machine.
    appointed_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects: ClassVar = RoleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["role"], condition=Q(role="lead", until=None), name="one_lead"
            ),
            models.UniqueConstraint(
                fields=["member"], condition=Q(until=None), name="one_safeguarding_role"
            ),
        ]
        ordering = ["since"]

    def __str__(self) -> str:
        return f"{self.role} {self.member_id}"


class PolicyReview(models.Model):
    """A host has read the safeguarding policy and made it fit this community."""

    by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"policy {self.at:%Y-%m-%d}"


class HelplineCheck(models.Model):
    """A host has tried a number, or asked who runs it: it was right on that day."""

    country = models.CharField(max_length=2)
    number = models.CharField(max_length=30)
    at = models.DateTimeField(default=now)
    by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["country", "number"], name="one_check_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.at:%Y-%m-%d}"


class Opening(models.Model):
    """The day everything was ready and the public could come in."""

    at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"
