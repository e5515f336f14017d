"""The tables of this room: spaces, who belongs to them, invitations, mentor pairs,
and what a group keeps for itself.
Read through `visible_to`; changed by the actions of each matter alone."""

from exchange.hubs.models.inviting import Invitation, InviteLink, NotToBeAsked
from exchange.hubs.models.pairs import Pair
from exchange.hubs.models.space import Membership, MembershipQuerySet, Space, SpaceQuerySet
from exchange.hubs.models.working import (
    CalendarKey,
    Coming,
    Kept,
    Paper,
    PaperQuerySet,
    Revision,
    Sitting,
)

__all__ = [
    "CalendarKey",
    "Coming",
    "Invitation",
    "InviteLink",
    "Kept",
    "Membership",
    "MembershipQuerySet",
    "NotToBeAsked",
    "Pair",
    "Paper",
    "PaperQuerySet",
    "Revision",
    "Sitting",
    "Space",
    "SpaceQuerySet",
]
