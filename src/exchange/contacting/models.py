"""What people write to the hosts, what was answered, and who did what with it.
Changed by `contacting.actions` alone; read by hosts, and by nobody else."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exchange.core import ids
from exchange.core.time import now
from exchange.members.models import Member

LOOKING_FOR = timedelta(minutes=30)


class ContactQuerySet(models.QuerySet["Contact"]):
    """Letters to the hosts, as sentences."""

    def to_read(self) -> ContactQuerySet:
        """What hosts may read: not what is sealed as a whole, nor what was emptied."""
        words = Word.objects.filter(contact=OuterRef("pk"), sealed_at=None)
        return self.filter(Exists(words), emptied_at=None)

    def waiting(self) -> ContactQuerySet:
        """What somebody should answer, the longest waiting first."""
        rows = self.to_read().filter(state=Contact.State.WAITING)
        return rows.order_by("waits_since", "pk")


class Contact(models.Model):
    """One person's matter, with everything said about it. After a year only the fact remains."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for an answer")
        ANSWERED = "answered", pgettext_lazy("a letter", "answered")
        CLOSED = "closed", pgettext_lazy("a letter", "closed")

    class About(models.TextChoices):
        QUESTION = "question", _("A question to the hosts")
        BROKEN = "broken", _("Something does not work")
        DATA = "data", _("What is kept about me")
        PRESS = "press", _("Press, or working together")

    # Empty for a member whose account is known, and after a year.
    name = models.CharField(max_length=60, blank=True)
    address = models.EmailField(blank=True)
    member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    about = models.CharField(max_length=10, choices=About, default=About.QUESTION)
    language = models.CharField(max_length=8, default="en")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    # Why a program may have written it, as a code; nobody is written to, and hosts see it apart.
    doubt = models.CharField(max_length=12, blank=True)
    at = models.DateTimeField(default=now)
    waits_since = models.DateTimeField(default=now)
    # The last word of either side: a year after it, all of them go.
    last_at = models.DateTimeField(default=now)
    claimed_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    claimed_at = models.DateTimeField(null=True, blank=True)
    emptied_at = models.DateTimeField(null=True, blank=True)
    # The form's own key: sent twice on a weak line, kept once.
    once_key = models.CharField(max_length=40, unique=True, default=ids.new_id)

    objects: ClassVar = ContactQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "waits_since"], name="contact_state"),
            models.Index(
                fields=["last_at"], condition=Q(emptied_at__isnull=True), name="contact_kept"
            ),
            models.Index(fields=["address"], name="contact_address"),
        ]

    def __str__(self) -> str:
        return f"contact {self.pk} ({self.state})"

    @property
    def mail_address(self) -> str:
        """Where an answer goes."""
        return self.member.email if self.member is not None else self.address

    @property
    def shown_from(self) -> str:
        return self.member.shown_name if self.member is not None else self.name

    def claim_stands(self, moment: datetime) -> bool:
        """Whether a host said lately that they look at it."""
        return self.claimed_at is not None and moment - self.claimed_at < LOOKING_FOR


class Word(models.Model):
    """One letter, of the person or of a host."""

    class Via(models.TextChoices):
        WEB = "web"
        MAIL = "mail"

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="words")
    # The host who wrote it; the name stays when the account goes.
    host = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    host_name = models.CharField(max_length=120, blank=True)
    is_hosts = models.BooleanField(default=False)
    text = models.TextField(blank=True)
    via = models.CharField(max_length=4, choices=Via, default=Via.WEB)
    # The mail it came by, and whether that came from another address than ours for this person.
    incoming_id = models.BigIntegerField(null=True, blank=True, unique=True)
    is_from_elsewhere = models.BooleanField(default=False)
    at = models.DateTimeField(default=now)
    # It may tell of a child at risk: those who look after safeguarding read it, and nobody here.
    sealed_at = models.DateTimeField(null=True, blank=True)
    is_withdrawn = models.BooleanField(default=False)
    once_key = models.CharField(max_length=40, unique=True, default=ids.new_id)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"word {self.pk} of contact {self.contact_id}"


class Deed(models.Model):
    """Who did what with it, and when."""

    class What(models.TextChoices):
        LOOKED = "looked", _("looks at it")
        LEFT = "left", _("looks at it no more")
        ANSWERED = "answered", _("has answered")
        CLOSED = "closed", _("closed it")
        OPENED = "opened", _("opened it again")
        EMPTIED = "emptied", _("took all words away")

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="deeds")
    what = models.CharField(max_length=10, choices=What)
    by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_name = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"contact {self.contact_id} {self.what}"


class Ready(models.Model):
    """A short answer that hosts keep, to begin from."""

    title = models.CharField(max_length=80)
    language = models.CharField(max_length=8, default="en")
    text = models.TextField()
    by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_name = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["language", "title", "pk"]

    def __str__(self) -> str:
        return self.title
