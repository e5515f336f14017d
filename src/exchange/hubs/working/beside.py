"""What the page of a hub or a group shows of its papers: the next meeting, open points, what waits.
Registered with `hubs.showing` by hooks; a fixed number of questions to the database."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q

from exchange.core import hours
from exchange.core.time import now
from exchange.hubs.models import Space
from exchange.hubs.models.working import Paper, Revision, Sitting
from exchange.members.models import Member

Kind = Paper.Kind
MOST_POINTS = 5


def inside(space: Space, reader: Member | None) -> dict[str, Any]:
    """For whoever belongs there: one's own points first."""
    sitting = _next(space)
    rows = Paper.objects.out().filter(space=space, settled_at=None)
    some = rows.filter(kind__in=(Kind.ACTION, Kind.DECISION)).select_related("owner", "space")
    found = list(some.order_by("due_on", "pk")[:100])
    points = [one for one in found if one.kind == Kind.ACTION]
    mine = reader.pk if reader is not None else 0
    points.sort(key=lambda one: one.owner_id != mine)
    return {
        "working_next": sitting,
        "working_when": hours.said(sitting.starts_at, sitting.zone) if sitting else "",
        "working_points": points[:MOST_POINTS],
        "working_decisions": [one for one in found if one.kind == Kind.DECISION][:MOST_POINTS],
        "working_me": mine,
    }


def hosts(space: Space, reader: Member | None) -> dict[str, Any]:
    """How much waits for them."""
    papers = Paper.objects.filter(space=space, state=Paper.State.HELD, sealed_at=None).count()
    return {"working_waiting": papers + held_changes(space).count()}


def face(space: Space, reader: Member | None) -> dict[str, Any]:
    """For everybody: that the hub meets, its hour alone, where its hosts said so."""
    sitting = _next(space, Q(is_shown=True))
    return {
        "working_public": hours.said(sitting.starts_at, sitting.zone) if sitting else "",
    }


def held_changes(space: Space) -> Any:
    """Changes of words that stand already, which wait for a host."""
    return Revision.objects.filter(
        paper__space=space, paper__state=Paper.State.OUT, paper__sealed_at=None, is_held=True
    )


def _next(space: Space, more: Q | None = None) -> Sitting | None:
    """The meeting that is on now or comes next."""
    rows = Sitting.objects.filter(
        more or Q(),
        paper__space=space,
        paper__state=Paper.State.OUT,
        paper__sealed_at=None,
        called_off_at=None,
        starts_at__gt=now() - timedelta(hours=3),
    )
    found: Sitting | None = rows.select_related("paper__space").order_by("starts_at").first()
    return found
