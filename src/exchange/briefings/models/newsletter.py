"""A newsletter: an issue of some weeks, its editions by language and hub, and what stands in each.
Read through `visible_to`; changed by the actions of `builder` and `sending` alone."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exchange.contributions.models import Contribution
from exchange.core.time import now
from exchange.members.models import Member


class Issue(models.Model):
    """What is told of one period, in however many editions."""

    # "November 2026"; editions have titles of their own, in their languages.
    name = models.CharField(max_length=120)
    since = models.DateField()
    until = models.DateField()
    # One host builds it, another lets it go.
    needs_two = models.BooleanField(default=False)
    by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-until", "-pk"]

    def __str__(self) -> str:
        return self.name


class Newsletter(Contribution):
    """One issue in one language, for everybody or for one hub. `title` is its subject, `body` the
    words it opens with. It is published, and so in the archive, when it begins to be sent."""

    class Phase(models.TextChoices):
        DRAFT = "draft", _("being built")
        # One host has said yes; the issue needs a second.
        RELEASED = "released", _("released by one host")
        SCHEDULED = "scheduled", _("scheduled")
        SENDING = "sending", _("on its way")
        SENT = "sent", _("sent")

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="editions")
    # A slug of the vocabulary "region"; empty: for everybody.
    hub = models.CharField(max_length=60, blank=True)
    phase = models.CharField(max_length=10, choices=Phase, default=Phase.DRAFT)
    # The box of the hub, or of this language: light Markdown.
    local_title = models.CharField(max_length=120, blank=True)
    local = models.TextField(blank=True)
    # The same in the size of a message, for WhatsApp and the like.
    message = models.CharField(max_length=1200, blank=True)

    released_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    released_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    send_at = models.DateTimeField(null=True, blank=True)
    sending_since = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    # The number of the last subscriber that was taken up: where the sending goes on.
    upto = models.BigIntegerField(default=0)
    page_id = models.BigIntegerField(null=True, blank=True, unique=True)

    class Meta:
        indexes = [models.Index(fields=["phase", "send_at"], name="e_due")]

    @property
    def is_built(self) -> bool:
        """Whether its words can still be changed before anybody has them."""
        return self.phase in (self.Phase.DRAFT, self.Phase.RELEASED, self.Phase.SCHEDULED)

    def is_due(self, moment: datetime) -> bool:
        return (
            self.phase == self.Phase.SCHEDULED
            and self.send_at is not None
            and self.send_at <= moment
        )


class Item(models.Model):
    """Something an edition tells of: the thing itself is read when it is shown or sent, so that
    what was taken back stands nowhere; its one line is written for this edition."""

    class Section(models.TextChoices):
        ANSWERED = "answered", _("Answered questions")
        WAITING = "waiting", _("Who can answer?")
        EXPERIENCE = "experience", _("What people did")
        BRIEF = "brief", _("In short")
        RECORD = "record", _("New in the library")
        WEBINAR = "webinar", _("Webinars")
        NOTICE = "notice", _("What is coming")
        TALK = "talk", _("Ideas and discussions")

    newsletter = models.ForeignKey(Newsletter, on_delete=models.CASCADE, related_name="items")
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="+")
    section = models.CharField(max_length=10, choices=Section)
    place = models.PositiveSmallIntegerField(default=0)
    intro = models.CharField(max_length=280, blank=True)
    # The draft chose it; a host has not touched it.
    is_proposed = models.BooleanField(default=False)

    class Meta:
        ordering = ["place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["newsletter", "contribution"], name="one_item_once")
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id} in edition {self.newsletter_id}"


IS_SENT = Q(phase__in=(Newsletter.Phase.SENDING, Newsletter.Phase.SENT))
