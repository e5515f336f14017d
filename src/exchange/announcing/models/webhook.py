"""One publication as the world outside knows it; the channels of hosts, and what each was told.
Changed by the actions of `publications` and `webhooks` alone."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exchange.contributions.models import Contribution
from exchange.core import ids
from exchange.core.time import now


class Announcement(models.Model):
    """That something by the hosts was let out. What is let out again after it was withdrawn is a
    new one, with a key of its own: the old key stays gone. Words are read from the contribution
    at the moment of telling; none is kept here."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=40, unique=True, default=ids.new_id, editable=False)
    # Copied, so that a channel is chosen without the row of the kind's own table.
    kind = models.CharField(max_length=12)
    language = models.CharField(max_length=8)
    hub = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["gone_at", "-at", "-id"], name="an_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["contribution"], condition=Q(gone_at=None), name="one_announcement_at_once"
            )
        ]

    def __str__(self) -> str:
        return f"announcement {self.pk}"


class Channel(models.Model):
    """An address elsewhere that is told of publications. The address is a secret as well: whoever
    has it can write there."""

    class Form(models.TextChoices):
        OURS = "ours", _("our own, for programs")
        TEXT = "text", _("a text: Slack, Mattermost, most gateways")
        CONTENT = "content", _("a text: Discord")

    name = models.CharField(max_length=80)
    # The host alone is shown; the whole address is locked (`keeping`).
    host = models.CharField(max_length=255)
    address = models.TextField()
    secret = models.TextField(blank=True)
    form = models.CharField(max_length=8, choices=Form, default=Form.TEXT)
    # Slugs with a space between them; empty: all.
    kinds = models.CharField(max_length=120, blank=True)
    languages = models.CharField(max_length=200, blank=True)
    hubs = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField(default=now)
    # Since when nothing got through; empty while all is well.
    failing_since = models.DateTimeField(null=True, blank=True)
    # Since when it is told nothing any more, until a host wakes it.
    rests_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return f"channel {self.pk}"

    def takes(self, announcement: Announcement) -> bool:
        """Whether it wants to hear of this one."""
        wanted = (
            (self.kinds, announcement.kind),
            (self.languages, announcement.language),
            (self.hubs, announcement.hub),
        )
        return all(not some or one in some.split() for some, one in wanted)


class Telling(models.Model):
    """What a channel was told: time and code, never the words of its answer."""

    class What(models.TextChoices):
        NEW = "new", _("published")
        GONE = "gone", _("taken back")

    class Fate(models.TextChoices):
        WAITING = "waiting", _("waits to be tried again")
        # On its way at this moment; if the worker dies here, nobody knows whether it arrived.
        GOING = "going", _("on its way")
        SENT = "sent", _("told")
        FAILED = "failed", _("not told")
        DROPPED = "dropped", _("not needed any more")

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="tellings")
    announcement = models.ForeignKey(
        Announcement, on_delete=models.CASCADE, related_name="tellings"
    )
    what = models.CharField(max_length=4, choices=What)
    fate = models.CharField(max_length=8, choices=Fate, default=Fate.WAITING)
    code = models.CharField(max_length=60, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField(default=now)
    # It went out at least once, so that a withdrawal has to follow it.
    has_left = models.BooleanField(default=False)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "announcement", "what"], name="one_telling_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.what} of {self.announcement_id} to channel {self.channel_id}"
