"""Words of webinars that wait for a host: what people tried, lines and recordings nobody let out.
Called by the desk's morning through `core.waiting`."""

from __future__ import annotations

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import ngettext

from exchange.core.waiting import Wait
from exchange.webinars.models import Line, Tried


def tried() -> Wait | None:
    """What people wrote thirty days later, and a gate kept."""
    rows = Tried.objects.filter(is_out=False, sealed_at=None).exclude(words="")
    found = rows.aggregate(n=Count("pk"), oldest=Min("at"), webinar=Min("webinar_id"))
    if not found["n"]:
        return None
    label = ngettext(
        "%(n)s note on what somebody tried after a webinar",
        "%(n)s notes on what people tried after webinars",
        found["n"],
    )
    url = reverse("webinars-desk:after", args=[found["webinar"]])
    return Wait(label % {"n": found["n"]}, url, found["n"], found["oldest"])


def lines() -> Wait | None:
    """Lines written along that a gate kept; they are let out at their webinar."""
    rows = Line.objects.filter(state=Line.State.WAITING, sealed_at=None)
    found = rows.aggregate(n=Count("pk"), oldest=Min("at"), webinar=Min("lane__webinar_id"))
    if not found["n"]:
        return None
    label = ngettext(
        "%(n)s line written along in a webinar",
        "%(n)s lines written along in webinars",
        found["n"],
    )
    url = reverse("webinars-desk:one", args=[found["webinar"]])
    return Wait(label % {"n": found["n"]}, url, found["n"], found["oldest"])
