"""The delivery ledger: one row for each person, item and channel, from the queue to its last word.
Written by `mail.actions` and `mail.bounces`; it knows addresses and numbers, never members."""

from django.db import models


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    """The rows, as sentences."""

    def newest_first(self) -> "OutgoingMailQuerySet":
        return self.order_by("-id")


class OutgoingMail(models.Model):
    """One message to one person. `key` says which it is: the same key is never sent twice.
    `person` is a number of the room that writes; `item` a code such as "reply:12"."""

    class State(models.TextChoices):
        QUEUED = "queued"
        SENDING = "sending"
        SENT = "sent"
        UNSURE = "unsure"
        FAILED = "failed"
        DROPPED = "dropped"
        # The mail server took it, and another one sent it back.
        BOUNCED = "bounced"
        # A last look before it went said no; `last_error` says why.
        SUPPRESSED = "suppressed"

    key = models.CharField(max_length=120, unique=True)
    # "mail", or the name of another channel: then the address is whatever that channel calls one.
    channel = models.CharField(max_length=16, default="mail")
    person = models.BigIntegerField(null=True, blank=True)
    item = models.CharField(max_length=60, blank=True, default="")
    to_address = models.CharField(max_length=254, blank=True)
    # The person whose words it carries: shown as "Amina via the Exchange".
    shown_from = models.CharField(max_length=80, blank=True, default="")
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    language = models.CharField(max_length=12, default="en")
    purpose = models.CharField(max_length=40)
    headers = models.JSONField(default=dict, blank=True)
    # An iCalendar object that goes with it (RFC 5546, RFC 6047); its METHOD stands in it.
    calendar = models.TextField(blank=True, default="")
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    message_id = models.CharField(max_length=120, unique=True)
    created_at = models.DateTimeField()
    # Many mails with one delivery; empty for a mail with a delivery of its own.
    batch = models.BigIntegerField(null=True, blank=True)
    # Stale after that: a backup that was restored does not send the past again.
    send_before = models.DateTimeField(null=True, blank=True)
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
            models.Index(
                fields=["person", "item"],
                condition=models.Q(person__isnull=False),
                name="mail_person_item",
            ),
            models.Index(
                fields=["batch"], condition=models.Q(batch__isnull=False), name="mail_batch"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk} ({self.state})"

    @property
    def file_name(self) -> str:
        """Its name in the outbox: in order of time, and the same whenever it is written again."""
        return f"{self.created_at:%Y%m%dT%H%M%S}-{self.pk:08d}.eml"


class Pace(models.Model):
    """When the next mail may go: to anybody, or to one domain. Held in the database, so that all
    workers keep it together, and after a restart too."""

    # A domain, or "*" for all mail.
    name = models.CharField(max_length=120, unique=True)
    free_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} from {self.free_at}"
