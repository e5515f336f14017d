"""Reading about spaces across tables.
Called by the views of this room and by rooms above."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import ngettext

from exchange.core.waiting import Wait
from exchange.hubs.models import Membership, Space


def for_hosts() -> Any:
    """All spaces with `people` and `host_count`, open ones first."""
    inside = Q(memberships__state=Membership.State.IN)
    hosting = inside & Q(memberships__role=Membership.Role.HOST)
    rows = Space.objects.annotate(
        people=Count("memberships", filter=inside), host_count=Count("memberships", filter=hosting)
    )
    return rows.select_related("parent").order_by("closed_at", "kind", "name", "pk")


def hub_of_region(region: str) -> Space | None:
    """The open hub of a region, if it has one."""
    found: Space | None = Space.objects.hubs().open().filter(region=region).first()
    return found if region else None


def waiting() -> Wait | None:
    """Open spaces that nobody looks after, for the desk's morning."""
    hosted = Membership.objects.hosting().filter(member__is_active=True, member__erased_at=None)
    rows = Space.objects.open().exclude(pk__in=hosted.values("space_id"))
    found = rows.aggregate(n=Count("pk"), since=Min("opened_at"))
    if not found["n"]:
        return None
    said = ngettext(
        "%(n)d hub or group without a host", "%(n)d hubs and groups without a host", found["n"]
    )
    return Wait(said % {"n": found["n"]}, reverse("hubs-desk:overview"), found["n"], found["since"])
