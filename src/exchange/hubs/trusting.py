"""Whose words go out inside a hub or group without a host of it reading them before.
Called by the actions of the rooms above that let words out."""

from __future__ import annotations

from exchange.core.time import now
from exchange.hubs.belongs import belonging_of, forget
from exchange.hubs.models import Membership, Space
from exchange.members.models import Member

Reads = Space.Reads


def trust(*, member: Member, space_id: int | None) -> None:
    """A host let something of theirs out there: what they write from then on need not wait."""
    if space_id is None:
        return
    theirs = Membership.objects.within().filter(member=member, space_id=space_id, trusted_at=None)
    if theirs.update(trusted_at=now()):
        forget(member)


def is_newcomer_inside(member: Member, space: Space) -> bool:
    """To the Exchange, and to the hosts of this space as well: whom they took in is none."""
    found = belonging_of(member).get(space.pk)
    is_known = found is not None and (
        found.is_hosting or found.trusted_at is not None or found.by_id is not None
    )
    return member.is_newcomer and not is_known


def reads_first(member: Member, space: Space) -> bool:
    """Whether the space's own rule has a host of it read these words, whatever the gates say."""
    found = belonging_of(member).get(space.pk)
    if found is not None and found.is_hosting:
        return False
    if space.reads_first == Reads.EVERYBODY:
        return True
    is_trusted = found is not None and found.trusted_at is not None
    return space.reads_first == Reads.NEW and not is_trusted
