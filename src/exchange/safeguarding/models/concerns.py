"""What people reported: of which kind, about what, in whose words. Read by handlers alone.
Changed by `actions.reporting` alone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from exchange.core import ids
from exchange.core.time import now
from exchange.members.models import Member

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Kind(models.TextChoices):
    """What a concern is about, the gravest first."""

    AT_RISK = "at-risk", _("A child may be at risk now")
    IDENTIFIED = "identified", _("A child can be identified")
    HARMFUL = "harmful", _("It is harmful or abusive")
    SPAM = "spam", _("It is spam")
    RIGHTS = "rights", _("It uses somebody's work without a right to")

    @property
    def hours(self) -> int:
        """Within how many hours somebody must have decided."""
        return 4 if self == Kind.AT_RISK else 24

    @property
    def time(self) -> timedelta:
        return timedelta(hours=self.hours)

    @property
    def gravity(self) -> int:
        """0 is the gravest."""
        return list(Kind).index(self)

    @property
    def explained(self) -> _StrPromise:
        """What happens when this one is chosen."""
        return _EXPLAINED[self.value]


_EXPLAINED = {
    "at-risk": _("It is hidden at once, and two people are told now."),
    "identified": _("A name, a face, a place, a school that points to one child."),
    "harmful": _("It hurts, threatens or mocks somebody, or makes harm look normal."),
    "spam": _("It sells something, or has nothing to do with our work."),
    "rights": _("A text or picture that should not be here without its owner."),
}


class Concern(models.Model):
    """One report by one person. `line` says only whether two visitors came by the same line."""

    case = models.ForeignKey("Case", on_delete=models.PROTECT, related_name="concerns")
    kind = models.CharField(max_length=10, choices=Kind)
    words = models.TextField(blank=True)
    at = models.DateTimeField(default=now)
    via = models.CharField(max_length=10, default="web")
    language = models.CharField(max_length=8, default="en")
    reporter = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="concerns"
    )
    line = models.CharField(max_length=40, blank=True, db_index=True)
    tell_outcome = models.BooleanField(default=False)
    # Came after many others from the same person or line: looked at, but it hid nothing by itself.
    one_of_many = models.BooleanField(default=False)
    once_key = models.CharField(max_length=40, unique=True, default=ids.new_id, editable=False)

    class Meta:
        ordering = ["at"]
        indexes = [models.Index(fields=["reporter", "-at"], name="concern_reporter")]

    def __str__(self) -> str:
        return f"concern {self.pk}"

    @property
    def told_by(self) -> str:
        """Whom "the same person" means here: a member, else a line."""
        return f"member:{self.reporter_id}" if self.reporter_id else f"line:{self.line}"


class ReporterAddress(models.Model):
    """Where a visitor wishes to be told the outcome; gone as soon as they have been told."""

    concern = models.OneToOneField(Concern, on_delete=models.CASCADE, related_name="address")
    address = models.EmailField(max_length=254)

    def __str__(self) -> str:
        return f"address of concern {self.concern_id}"
