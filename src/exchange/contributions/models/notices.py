"""The row of a notice: what an organisation makes known, where and when.
Read through `Contribution`'s own rules; filled by `contributions.actions` alone."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from exchange.contributions.models.spine import Contribution
from exchange.organisations.models import Organisation


class Notice(Contribution):
    """Something an organisation makes known; it goes by itself on the day it expires."""

    class Sort(models.TextChoices):
        EVENT = "event", _("event")
        VACANCY = "vacancy", _("vacancy")
        CALL = "call", _("call")
        PUBLICATION = "publication", _("publication")
        WORK = "work", _("about our work")

    # The name as it was written; with a page of its own, that page's row as well.
    organisation = models.CharField(max_length=160, blank=True)
    by_organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="notices"
    )
    sort = models.CharField(max_length=12, choices=Sort, blank=True)
    # Where, in words ("Kisumu, and online"), and from when to when; a day alone is enough.
    place = models.CharField(max_length=160, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    @property
    def last_day(self) -> date | None:
        return self.ends_on or self.starts_on
