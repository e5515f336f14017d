"""Hubs and groups of the tests, and how people belong to them.
Called by tests of what stands inside."""

from typing import Any

from exchange.contributions import actions
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution
from exchange.contributions.models import State as Shared
from exchange.core.time import now
from exchange.hubs.belongs import forget
from exchange.hubs.models import Membership, Space
from exchange.members.models import Member

Role, State = Membership.Role, Membership.State
OUT = Shared.INSIDE


def group(slug: str = "kitui", **fields: Any) -> Space:
    """A working group."""
    fields.setdefault("name", "Kitui workshop")
    return Space.objects.create(kind=Space.Kind.GROUP, slug=slug, **fields)


def hub(slug: str = "east-africa", **fields: Any) -> Space:
    """A regional hub."""
    fields.setdefault("name", "East Africa")
    return Space.objects.create(kind=Space.Kind.HUB, slug=slug, **fields)


def belongs(space: Space, member: Member, role: str = Role.MEMBER, **fields: Any) -> Membership:
    """That somebody belongs to it; with `state` that they asked, were invited, left."""
    fields.setdefault("state", State.IN)
    fields.setdefault("since", now())
    found, _new = Membership.objects.update_or_create(
        space=space, member=member, defaults={"role": role, **fields}
    )
    forget(member)
    return found


def written(
    space: Space, author: Member, *, kind: str = "discussion", **fields: Any
) -> Contribution:
    """Something written for those inside alone, let out there."""
    fields.setdefault("title", "Our lanterns")
    fields.setdefault("body", "What the lanterns showed us.")
    return actions.submit(
        kind=kind, content=Content(**fields), author=author, space=space, is_inside=True
    )
