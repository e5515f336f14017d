"""A case: everything done about one thing that was reported. What is written in it stays; only the
end of its retention empties it. Changed by `actions.handling` and `actions.keeping` alone."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any, ClassVar, Generic, NoReturn, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from exchange.contributions.models import Contribution
from exchange.conversation.models import Reply
from exchange.core import reportable
from exchange.core.time import now
from exchange.members.models import Member
from exchange.safeguarding.models.concerns import Kind


class AppendOnly(Exception):
    """Somebody tried to change or remove what is written for good."""


M = TypeVar("M", bound=models.Model)


class WrittenQuerySet(models.QuerySet[M], Generic[M]):
    """Rows that are written once. Each row has a text or name that `emptied` may take away when
    the retention ends; the row itself stays."""

    def update(self, **_fields: Any) -> NoReturn:
        raise AppendOnly

    def delete(self) -> NoReturn:
        raise AppendOnly

    def bulk_update(self, *_rows: Any, **_options: Any) -> NoReturn:
        raise AppendOnly

    def emptied(self, **blanks: Any) -> int:
        """For `actions.keeping` alone."""
        return super().update(**blanks)


class Written(models.Model):
    """One row of a record that is only ever added to."""

    objects: ClassVar = WrittenQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **options: Any) -> None:
        if self.pk is not None:
            raise AppendOnly
        super().save(*args, **options)

    def delete(self, *_args: Any, **_options: Any) -> NoReturn:
        raise AppendOnly


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> CaseQuerySet:
        return self.filter(closed_at=None)

    def handled_by(self, member: Member | None) -> CaseQuerySet:
        """What this member may open: nothing unless they are lead or deputy today, and never a
        case in which they are named."""
        if member is None or not member.is_authenticated:
            return self.none()
        role = member.safeguarding_roles.filter(until=None)
        if not (member.is_active and role.exists()):
            return self.none()
        return self.exclude(recusals__member=member)


class Case(models.Model):
    """One thing that was reported and what became of it."""

    class About(models.TextChoices):
        CONTRIBUTION = "contribution", _("a contribution")
        REPLY = "reply", _("an answer")
        PERSON = "person", _("a person")
        # What is said live in another room, reached through `core.reportable`.
        ELSEWHERE = "elsewhere", _("words said live")
        GENERAL = "general", _("something else")

    class Outcome(models.TextChoices):
        ACTED = "acted", _("There was reason for concern, and we acted")
        PASSED_ON = "passed-on", _("Passed on to a service or the police")
        NO_REASON = "no-reason", _("There was no reason for concern")
        MISUSED = "misused", _("The button was misused")

    about = models.CharField(max_length=12, choices=About)
    contribution = models.ForeignKey(
        Contribution, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reply = models.ForeignKey(
        Reply, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Where live words stand: the code of a place, and their number there.
    place = models.CharField(max_length=12, blank=True)
    place_pk = models.PositiveBigIntegerField(null=True, blank=True)
    # Whose words, or whose profile, it is about.
    person = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    opened_at = models.DateTimeField(default=now)
    due_at = models.DateTimeField()
    handler = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    overdue_told_at = models.DateTimeField(null=True, blank=True)
    hosts_told_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    keep_until = models.DateTimeField(null=True, blank=True)
    destroyed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["due_at"]
        indexes = [
            models.Index(fields=["closed_at", "due_at"], name="case_by_clock"),
            models.Index(fields=["keep_until"], name="case_keep_until"),
        ]

    def __str__(self) -> str:
        return f"case {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_urgent(self) -> bool:
        return self.kind == Kind.AT_RISK

    @property
    def half_at(self) -> datetime:
        """The middle of its clock."""
        return self.due_at - Kind(self.kind).time / 2

    @property
    def is_sealed(self) -> bool:
        """Whether what it is about is hidden from everyone."""
        if self.about == self.About.ELSEWHERE:
            return self.standing.is_sealed
        item = self.contribution or self.reply
        return item is not None and item.sealed_at is not None

    @property
    def standing(self) -> reportable.Standing:
        """How live words stand today; of everything else, nothing."""
        return reportable.standing(self.place, self.place_pk or 0)

    @property
    def has_words(self) -> bool:
        """Whether it is about words that can be hidden."""
        return bool(self.contribution_id or self.reply_id or self.place)


class CaseEntry(Written):
    """One line of the case's log: who did what and when."""

    class What(models.TextChoices):
        REPORTED = "reported", _("a report came")
        SEALED = "sealed", _("hidden from everyone")
        HELD = "held", _("taken out of view by several reports")
        ALARM = "alarm", _("lead and deputy were told")
        REMINDER = "reminder", _("a reminder went out")
        NOTE = "note", _("facts written down")
        TOLD = "told", _("somebody was told")
        SERVICE = "service", _("child protection service contacted")
        POLICE = "police", _("police contacted")
        POSTER = "poster", _("the writer was written to")
        RESTORED = "restored", _("let out again")
        WITHDRAWN = "withdrawn", _("withdrawn everywhere")
        KEPT = "kept", _("stays hidden")
        LEFT = "left", _("left as it is")
        HANDOVER = "handover", _("handed over")
        RECUSED = "recused", _("stepped aside")
        CLOSED = "closed", _("closed")
        OUTCOME = "outcome", _("who reported was told the outcome")
        DESTROYED = "destroyed", _("the content was destroyed")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="entries")
    what = models.CharField(max_length=10, choices=What)
    at = models.DateTimeField(default=now)
    # Nobody means: the Exchange itself.
    by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField(blank=True)

    class Meta(Written.Meta):
        abstract = False
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.what}"


class Evidence(Written):
    """The words as they stood when they were reported, with the mark that proves it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="evidence")
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    taken_at = models.DateTimeField(default=now)
    shown_as = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=8, default="en")
    # [{"id": "…", "sha256": "…", "alt": "…", "caption": "…", "width": 800, "height": 600,
    # "bytes": 40000}, …]; after the retention only the marks. The files are in `frozen`.
    pictures = models.JSONField(default=list, blank=True)

    class Meta(Written.Meta):
        abstract = False
        ordering = ["taken_at", "pk"]

    def __str__(self) -> str:
        return f"evidence {self.pk}"

    @staticmethod
    def mark_of(text: str) -> str:
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def is_unchanged(self) -> bool:
        """Whether the words are still those the mark was made of."""
        return self.mark_of(self.text) == self.sha256


class Look(Written):
    """That somebody opened a case, or unfolded the words in it."""

    class At(models.TextChoices):
        CASE = "case", _("opened the case")
        WORDS = "words", _("read the words")
        PICTURE = "image", _("opened a picture")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="looks")
    what = models.CharField(max_length=6, choices=At)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta(Written.Meta):
        abstract = False
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.what}"


class Recusal(models.Model):
    """That a lead or deputy does not see a case, because it is about them or they stepped aside."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="recusals")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "member"], name="one_recusal")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.member_id}"


class PosterNote(models.Model):
    """A private word to whoever wrote what was reported, shown to them under "You"."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="safeguarding_notes")
    text = models.TextField(blank=True)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"note {self.pk}"
