"""What members offer beside a record: short versions, recommendations, give-back statements.
The shared columns and who may read them; changed by the actions of each matter."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from exchange.contributions.models import PUBLIC_STATES
from exchange.core.languages import direction
from exchange.core.time import now
from exchange.members.models import Member


class Standing(models.TextChoices):
    """Where an offered text stands. What stood before is kept as `former`."""

    WAITING = "waiting", _("waiting for a host")
    PUBLISHED = "published", _("published")
    FORMER = "former", _("replaced by newer words")
    DECLINED = "declined", _("not taken")
    WITHDRAWN = "withdrawn", _("withdrawn")


class OfferedQuerySet(models.QuerySet[Any]):
    def published(self) -> OfferedQuerySet:
        return self.filter(standing=Standing.PUBLISHED)

    def waiting(self) -> OfferedQuerySet:
        return self.filter(standing=Standing.WAITING).order_by("at", "id")

    def visible_to(self, member: Member | None) -> OfferedQuerySet:
        """Published words beside a record that can be read; their writer and hosts see more."""
        if member is None or not member.is_authenticated:
            return self.published().filter(resource__state__in=PUBLIC_STATES)
        unsealed = self.filter(resource__sealed_at=None)
        if member.is_host:
            return unsealed
        published = models.Q(standing=Standing.PUBLISHED, resource__state__in=PUBLIC_STATES)
        return unsealed.filter(published | models.Q(by=member))


class Offered(models.Model):
    """A text with its writer, its language and where it stands."""

    standing = models.CharField(max_length=10, choices=Standing, default=Standing.WAITING)
    language = models.CharField(max_length=8, default="en")
    by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    shown_as = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(default=now)
    checked_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    checked_as = models.CharField(max_length=120, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    # One form sent twice is one text.
    once_key = models.CharField(max_length=40, unique=True, null=True, editable=False)  # noqa: DJ001

    class Meta:
        abstract = True

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def shown_writer(self) -> str:
        if (self.once_key or "").startswith("starter-"):
            return str(_("The hosts of the Exchange"))
        return self.shown_as or str(_("A practitioner"))


class Decided(Offered):
    """An offered text that a host decides about; `checked_by` is who decided, `note` the kind
    words that went to its writer."""

    note = models.TextField(blank=True)

    # What addresses and the ledger call it, and what people do.
    WHAT: ClassVar[str]
    CALLED: ClassVar[Any]

    class Meta:
        abstract = True

    @property
    def called(self) -> str:
        return str(self.CALLED)
