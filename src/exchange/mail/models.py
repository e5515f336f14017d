"""Mail that goes out: one row for each, from the queue to the last word of the mail server.
Written by `mail.actions`; it knows addresses and never members."""

from django.db import models


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    """The rows, as sentences."""

    def newest_first(self) -> "OutgoingMailQuerySet":
        return self.order_by("-id")


class OutgoingMail(models.Model):
    """One mail to one address. `key` says which mail it is: the same key is never sent twice."""

    class State(models.TextChoices):
        QUEUED = "queued"
        SENDING = "sending"
        SENT = "sent"
        UNSURE = "unsure"
        FAILED = "failed"
        DROPPED = "dropped"

    key = models.CharField(max_length=120, unique=True)
    to_address = models.EmailField(max_length=254, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    language = models.CharField(max_length=12, default="en")
    purpose = models.CharField(max_length=40)
    headers = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    message_id = models.CharField(max_length=120, unique=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    blanked_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=60, blank=True, default="")

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=models.Q(blanked_at__isnull=True),
                name="mail_not_blanked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk} ({self.state})"

    @property
    def file_name(self) -> str:
        """Its name in the outbox: in order of time, and the same whenever it is written again."""
        return f"{self.created_at:%Y%m%dT%H%M%S}-{self.pk:08d}.eml"
