"""Where a member belongs: the one home of "is this person inside", for every room above.
Called by the rules, querysets and views of the rooms above."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from exchange.hubs.models import Membership
from exchange.members.models import Member

_KEPT = "_belongs_to"


def spaces_of(member: Member) -> QuerySet[Any, Any]:
    """The numbers of the spaces somebody belongs to, as a question inside another question."""
    return Membership.objects.of(member).values("space_id")


def hosted_by(member: Member) -> QuerySet[Any, Any]:
    """The numbers of the spaces somebody hosts and may act in as a host now."""
    if member.powers_rest:
        return Membership.objects.none().values("space_id")
    return Membership.objects.of(member).filter(role=Membership.Role.HOST).values("space_id")


def belonging_of(member: Member) -> dict[int, Membership]:
    """By space, how somebody belongs to it; asked once for each request (each loaded member)."""
    kept: dict[int, Membership] | None = member.__dict__.get(_KEPT)
    if kept is None:
        kept = {one.space_id: one for one in Membership.objects.of(member)}
        member.__dict__[_KEPT] = kept
    return kept


def forget(member: Member) -> None:
    """Ask anew: something changed for this person."""
    member.__dict__.pop(_KEPT, None)
