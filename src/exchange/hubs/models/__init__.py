"""The tables of this room: spaces, who belongs to them, invitations, mentor pairs.
Read through `visible_to`; changed by the actions of each matter alone."""

from exchange.hubs.models.inviting import Invitation, InviteLink, NotToBeAsked
from exchange.hubs.models.pairs import Pair
from exchange.hubs.models.space import Membership, MembershipQuerySet, Space, SpaceQuerySet

__all__ = [
    "Invitation",
    "InviteLink",
    "Membership",
    "MembershipQuerySet",
    "NotToBeAsked",
    "Pair",
    "Space",
    "SpaceQuerySet",
]
