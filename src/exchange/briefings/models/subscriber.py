"""Who gets newsletters: a member, or somebody who gave an address and never joined.
Changed by the actions of `subscribing` alone."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from exchange.core import ids
from exchange.core.time import now
from exchange.members.models import Member


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    def getting(self) -> SubscriberQuerySet:
        """Whoever is to get the next newsletter, in the order of their numbers."""
        return (
            self.filter(state=Subscriber.State.CONFIRMED)
            .filter(
                Q(member=None)
                | Q(member__is_active=True, member__erased_at=None, member__is_demo=False)
            )
            .order_by("pk")
        )


class Subscriber(models.Model):
    """One person, by an account or by an address alone. After a stop only the digest of the
    address stays, so that nobody is put in again without saying yes anew."""

    class State(models.TextChoices):
        # Wrote an address; nobody has said yes from it.
        ASKED = "asked"
        CONFIRMED = "confirmed"
        STOPPED = "stopped"

    member = models.OneToOneField(
        Member, null=True, blank=True, on_delete=models.CASCADE, related_name="newsletter"
    )
    # Empty for a member, whose own address is used; emptied by a stop.
    address = models.EmailField(blank=True)
    # `mail.tokens.digest` of the address; empty for a member.
    digest = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=8, default="en")
    # A slug of the vocabulary "region": its edition, where there is one.
    hub = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    # Opens their own page; in mails stand tokens instead.
    key = models.CharField(max_length=40, unique=True, default=ids.new_id, editable=False)
    asked_at = models.DateTimeField(default=now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = SubscriberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["digest"], condition=~Q(digest=""), name="one_subscriber_an_address"
            )
        ]
        indexes = [models.Index(fields=["state", "id"], name="sub_state")]

    def __str__(self) -> str:
        return f"subscriber {self.pk}"

    @property
    def mail_address(self) -> str:
        return self.member.email if self.member is not None else self.address

    @property
    def is_getting(self) -> bool:
        return self.state == self.State.CONFIRMED
