"""Who may read, write and host in a space. They read the rows they are given, and where somebody
belongs (asked once a request). Called by actions, querysets and views of this room and above."""

from __future__ import annotations

from exchange.core.time import now
from exchange.hubs.belongs import belonging_of
from exchange.hubs.models import Membership
from exchange.members.models import Member


def is_within(member: Member | None, space_id: int | None) -> bool:
    """Whether somebody belongs to it, in whatever role."""
    if member is None or not member.is_authenticated or space_id is None:
        return False
    return space_id in belonging_of(member)


def may_write(member: Member | None, space_id: int | None) -> bool:
    """Hosts and members of the space; guests read."""
    return is_within(member, space_id) and _role(member, space_id) != Membership.Role.GUEST


def is_paused(member: Member) -> bool:
    """A paused member reads until the pause ends, also in a group."""
    return member.paused_until is not None and member.paused_until > now()


def hosts(member: Member | None, space_id: int | None) -> bool:
    """Whether somebody hosts this space and may act as a host: on pages only with a second factor
    shown, like the hosts of the Exchange."""
    if member is None or member.powers_rest or not is_within(member, space_id):
        return False
    return _role(member, space_id) == Membership.Role.HOST


def _role(member: Member | None, space_id: int | None) -> str:
    if member is None or space_id is None:
        return ""
    found = belonging_of(member).get(space_id)
    return found.role if found else ""


def may_manage(member: Member | None, space_id: int | None) -> bool:
    """Its hosts, and hosts of the Exchange, who open and close spaces and appoint their hosts: its
    name and its people, not what is written inside."""
    return hosts(member, space_id) or bool(member and member.is_authenticated and member.is_host)
