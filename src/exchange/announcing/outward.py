"""The outward doors of this room: what channels and followers are told.
Loaded by apps.py; opened by the test of every door."""

from exchange.announcing.fediverse.queries import by_contribution
from exchange.contributions import kinds
from exchange.core import doors

doors.by_hand(
    "announcing: what is told elsewhere",
    reads=lambda marked: by_contribution(marked.pk).casefold(),
    routes=["fediverse-item", "fediverse-outbox"],
    consumers=["announcing.tell_channel", "announcing.to_inbox"],
    kinds=[kind.slug for kind in kinds.every() if kind.is_by_hosts],
)
