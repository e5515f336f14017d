"""Hubs, groups and places in them, as the tests of this room make them."""

from __future__ import annotations

from typing import Any

from exchange.core.time import now
from exchange.hubs.models import Membership, Space
from exchange.members.models import Member


def hub(**more: Any) -> Space:
    first = {"slug": "east-africa", "name": "East Africa", "region": "east-africa"}
    named = {"countries": "KE TZ UG", "languages": "en sw", "time_zone": "Africa/Kampala"}
    made: Space = Space.objects.create(kind=Space.Kind.HUB, **{**first, **named, **more})
    return made


def group(**more: Any) -> Space:
    first = {"slug": "kampala", "name": "After Kampala", "languages": "en", "about": "Our work"}
    made: Space = Space.objects.create(kind=Space.Kind.GROUP, **{**first, **more})
    return made


def inside(space: Space, member: Member, role: str = "member", **more: Any) -> Membership:
    place: Membership = Membership.objects.create(
        space=space, member=member, role=role, state=Membership.State.IN, since=now(), **more
    )
    return place
