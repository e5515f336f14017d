"""Inviting people into a space: a link that whoever has it may use, and a letter to one address.
Changed by `hubs.inviting.actions` alone; addresses leave with the answer, or after a month."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from exchange.core.time import now
from exchange.hubs.models.space import Membership, Space
from exchange.members.models import Member

# Nobody becomes a host by a link or a letter.
ROLES = [
    (Membership.Role.MEMBER.value, Membership.Role.MEMBER.label),
    (Membership.Role.GUEST.value, Membership.Role.GUEST.label),
]


class LinkQuerySet(models.QuerySet["InviteLink"]):
    def good(self, moment: datetime) -> LinkQuerySet:
        """Those that still open."""
        return self.filter(
            revoked_at=None, expires_at__gt=moment, used__lt=F("at_most"), space__closed_at=None
        )


class InviteLink(models.Model):
    """A link into a space: for so many people, until a day, or until a host takes it back."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="links")
    key = models.CharField(max_length=40, unique=True)
    role = models.CharField(max_length=8, choices=ROLES, default=Membership.Role.MEMBER)
    by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    at_most = models.PositiveSmallIntegerField()
    used = models.PositiveSmallIntegerField(default=0)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = LinkQuerySet.as_manager()

    def __str__(self) -> str:
        return f"link {self.pk} into {self.space_id}"

    @property
    def left(self) -> int:
        return max(0, self.at_most - self.used)

    @property
    def is_good(self) -> bool:
        return self.revoked_at is None and self.expires_at > now() and self.left > 0

    @property
    def url(self) -> str:
        return f"{settings.BASE_URL}{reverse('hubs:invited', args=[self.key])}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> InvitationQuerySet:
        """Those nobody has answered."""
        return self.filter(state=Invitation.State.SENT)


class Invitation(models.Model):
    """A letter to one address. `name` is what the host typed beside it. Of an answered one neither
    is kept; one that is not answered leaves whole."""

    class State(models.TextChoices):
        SENT = "sent", _("not answered yet")
        IN = "in", _("came in")
        DECLINED = "declined", _("said no")

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="invitations")
    key = models.CharField(max_length=40, unique=True)
    address = models.EmailField(blank=True)
    # By what the address is known, so that nobody is written to twice.
    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=5)
    role = models.CharField(max_length=8, choices=ROLES, default=Membership.Role.MEMBER)
    # Whose address it is, once that is known.
    member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.SENT)
    at = models.DateTimeField(default=now)
    reminded_at = models.DateTimeField(null=True, blank=True)
    # They answered "yes" by mail and have to join the Exchange first.
    wanted_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["space", "digest"], name="one_invitation", condition=~Q(digest="")
            )
        ]
        indexes = [models.Index(fields=["state", "at"], name="invitations_open")]

    def __str__(self) -> str:
        return f"invitation {self.pk} into {self.space_id}"

    @property
    def url(self) -> str:
        return f"{settings.BASE_URL}{reverse('hubs:invited', args=[self.key])}"


class NotToBeAsked(models.Model):
    """An address, by its digest alone, whose owner does not wish to be invited to anything again."""

    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"not to be asked {self.pk}"
