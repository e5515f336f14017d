"""What is new in a webinar since a number: live events for one reader, in order and bounded.
Called by the view that answers scripts without a line to the live process."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from exchange.webinars.live.actions import EMPTIED
from exchange.webinars.models import LiveEvent

MOST_EVENTS = 100
ALL = "all"


@dataclass(frozen=True)
class News:
    """Events in order, the number up to which the reader has now read, and whether more wait."""

    seq: int
    events: list[dict[str, Any]]
    more: bool


def news(webinar_id: int, *, since: int, last: int, audiences: Iterable[str]) -> News:
    """What was told to these audiences after `since`. `last` is the last number that was given
    when this was asked: it is read first, so that nothing between is passed over. What was
    emptied is a number without words, and is left out."""
    rows = LiveEvent.objects.filter(
        webinar_id=webinar_id, seq__gt=since, audience__in=list(audiences)
    ).exclude(kind=EMPTIED)
    found = list(rows.order_by("seq").values_list("seq", "kind", "payload")[: MOST_EVENTS + 1])
    told, more = found[:MOST_EVENTS], len(found) > MOST_EVENTS
    reached = told[-1][0] if told else since
    return News(
        seq=reached if more else max(last, reached),
        events=[{**payload, "k": kind} for _seq, kind, payload in told],
        more=more,
    )
