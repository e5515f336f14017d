"""The tables of this room: what is told elsewhere, by which channels, and who follows from outside.
Changed by the actions of each matter alone. No row points at a member."""

from exchange.announcing.models.fediverse import Actor, Blocked, Follower, Inbox, Parcel, Seen
from exchange.announcing.models.webhook import Announcement, Channel, Telling

__all__ = [
    "Actor",
    "Announcement",
    "Blocked",
    "Channel",
    "Follower",
    "Inbox",
    "Parcel",
    "Seen",
    "Telling",
]
