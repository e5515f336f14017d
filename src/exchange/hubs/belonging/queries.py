"""Who belongs to a space, who asked, and where somebody belongs.
Called by the views, letters and telling of this room and of rooms above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, IntegerField, Value, When

from exchange.hubs.belongs import belonging_of
from exchange.hubs.models import Membership, Space
from exchange.members.models import Member

Role, State = Membership.Role, Membership.State
_FIRST = Case(
    When(role=Role.HOST, then=Value(0)),
    When(role=Role.MEMBER, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)


def roster(space: Space) -> Any:
    """Everybody inside, hosts first."""
    rows = Membership.objects.within().filter(
        space=space, member__is_active=True, member__erased_at=None
    )
    return (
        rows.select_related("member")
        .annotate(rank=_FIRST)
        .order_by("rank", "member__display_name", "pk")
    )


def asking(space: Space) -> list[Membership]:
    """Who waits for an answer, the first to ask first."""
    rows = Membership.objects.filter(space=space, state=State.ASKED, member__is_active=True)
    return list(rows.select_related("member").order_by("asked_at", "pk")[:100])


def hosts_of(space: Space) -> list[Member]:
    """Its hosts, who have a mailbox and are there."""
    rows = Membership.objects.hosting().filter(
        space=space, member__is_active=True, member__erased_at=None
    )
    return [row.member for row in rows.select_related("member").order_by("since", "pk")]


def place_of(member: Member, space: Space) -> Membership | None:
    """How somebody stands to a space, also who asked, was declined or left."""
    found: Membership | None = Membership.objects.filter(member=member, space=space).first()
    return found


def places_of(member: Member) -> Sequence[Membership]:
    """Where somebody belongs, asked or was invited, for their own page."""
    rows = Membership.objects.filter(
        member=member, state__in=(State.IN, State.ASKED, State.INVITED)
    )
    return list(rows.select_related("space").order_by("space__name", "pk"))


@dataclass(frozen=True)
class Standing:
    """What the page of a space offers somebody who does not belong to it."""

    is_open_to: bool = False
    asked: bool = False
    invited: bool = False


def standing(space: Space, reader: Member | None) -> dict[str, Standing]:
    """For the buttons under its name. A visitor may ask as well: signing in comes between."""
    place = None
    if reader is not None and space.pk not in belonging_of(reader):
        place = place_of(reader, space)
    state = place.state if place else ""
    open_to = space.is_open and space.joins == Space.Joins.ASKING
    return {
        "standing": Standing(
            is_open_to=open_to and state not in (State.ASKED, State.INVITED),
            asked=state == State.ASKED,
            invited=state == State.INVITED,
        )
    }
