"""Briefs whose day to be looked at again has come: hosts hear of each once, in at most one letter a
week; the desk shows them. Called by the hooks of briefs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.briefings import queries
from exchange.core.languages import current
from exchange.core.time import now
from exchange.core.waiting import Wait
from exchange.mail.models import OutgoingMail
from exchange.mail.paper import Paper, Piece
from exchange.members.to_hosts import tell_hosts

PURPOSE = "brief-due"
_A_WEEK = timedelta(days=7)


def due(day: Any) -> Any:
    """Published, and its day has come."""
    rows = queries.every_brief().listed().filter(sealed_at=None, review_on__lte=day)
    return rows.order_by("review_on", "pk")


def waits() -> Wait | None:
    """For the desk's morning: how many."""
    days = list(due(now().date()).values_list("review_on", flat=True))
    if not days:
        return None
    label = ngettext("%(n)d brief to look at again", "%(n)d briefs to look at again", len(days)) % {
        "n": len(days)
    }
    return Wait(label, reverse("briefings-desk:briefs"), len(days))


def tell_due(*, moment: datetime) -> int:
    """One letter to each host about what fell due since the last one, a week after that one at the
    soonest. Gives how many letters."""
    day = moment.date()
    sent = OutgoingMail.objects.filter(purpose=PURPOSE).order_by("-created_at")
    last = sent.values_list("created_at", flat=True).first()
    if last is not None and last > moment - _A_WEEK:
        return 0
    rows = due(day) if last is None else due(day).filter(review_on__gt=last.date())
    rows = list(rows.defer("body"))
    if not rows:
        return 0
    return tell_hosts(lambda: _letter(rows), purpose=PURPOSE, key=f"brief-due:{day:%Y-%m-%d}")


def why_not(mail: OutgoingMail) -> str:
    """The last look: does anything still wait for one?"""
    return "" if due(now().date()).exists() else "not-due"


def _letter(rows: list[Any]) -> Paper:
    """How many, and where; the titles stand at the desk."""
    told = ngettext(
        "A brief is a year old, or as old as you said. Please look whether it still holds.",
        "%(n)d briefs are as old as you said. Please look whether they still hold.",
        len(rows),
    )
    pieces = (
        Piece("plain", told % {"n": len(rows)}),
        Piece("button", _("See them"), f"{settings.BASE_URL}{reverse('briefings-desk:briefs')}"),
    )
    return Paper(_("Briefs to look at again"), pieces, current())
