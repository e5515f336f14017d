"""Writing a live event in the same transaction as the change it tells of, and emptying it.
Called by the actions of every matter of this room."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction

from exchange.ledger.actions import NotInTransaction, record
from exchange.webinars.live import bus
from exchange.webinars.models import LiveCount, LiveEvent

EMPTIED = "emptied"


def tell(
    *,
    webinar_id: int,
    kind: str,
    payload: dict[str, Any],
    audience: str = "all",
    item: str = "",
) -> int:
    """Add one event and give back its number. It is written with the change, or not at all; the
    live processes hear of it after the commit. Raises NotInTransaction."""
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransaction("a live event was told outside a transaction")
    count, _fresh = LiveCount.objects.select_for_update(no_key=True).get_or_create(
        webinar_id=webinar_id
    )
    count.seq += 1
    count.save(update_fields=["seq"])
    LiveEvent.objects.create(
        webinar_id=webinar_id,
        seq=count.seq,
        kind=kind,
        payload=payload,
        audience=audience,
        item=item,
    )
    transaction.on_commit(partial(bus.poke, webinar_id, count.seq))
    return count.seq


def empty(*, webinar_id: int, item: str = "") -> int:
    """Take the words out of every event about one thing, or of all: whoever joins later, or reads
    on from an earlier number, is not told them. A record that was made of the hour is made anew.
    Gives to how many."""
    rows = LiveEvent.objects.filter(webinar_id=webinar_id)
    if item:
        rows = rows.filter(item=item)
    with transaction.atomic():
        count = rows.update(payload={}, kind=EMPTIED)
        record("webinar.words_gone", subject_type="webinar", subject_id=webinar_id, public=False)
    return count
