"""How much waits for the hosts of a hub or a group, for the link on its page.
Called by the hooks, which hand it to that page."""

from __future__ import annotations

from typing import Any

from exchange.desk.queries.morning import how_many_in
from exchange.hubs import queueing, rules
from exchange.hubs.models import Space
from exchange.members.models import Member


def waiting(space: Space, reader: Member | None) -> dict[str, Any]:
    """The number beside the link; asked for hosts of the space alone."""
    if reader is None or not rules.hosts(reader, space.pk):
        return {}
    others = len(queueing.standing(space, reader))
    return {"queue_number": how_many_in(space) + others}
