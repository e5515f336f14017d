"""The tables of this room: spaces, and who belongs to them.
Read through `visible_to`; changed by the actions of each matter alone."""

from exchange.hubs.models.space import Membership, MembershipQuerySet, Space, SpaceQuerySet

__all__ = ["Membership", "MembershipQuerySet", "Space", "SpaceQuerySet"]
