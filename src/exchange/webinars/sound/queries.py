"""What there is to hear: the open broadcast, and the closed minutes with their files.
Called by the views of sound, and by `after` when a recording is joined."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from exchange.webinars.models import Broadcast, Piece, Recording, Webinar
from exchange.webinars.sound import places
from exchange.webinars.sound.rules import KEPT


@dataclass(frozen=True)
class Minute:
    """One closed minute. The files are there as long as the minute is."""

    number: int
    seconds: float
    opus: Path
    mp3: Path
    opus_bytes: int
    mp3_bytes: int


def open_broadcast(webinar: Webinar) -> Broadcast | None:
    """The one that is sent now."""
    row: Broadcast | None = webinar.broadcasts.filter(state=Broadcast.State.OPEN).first()
    return row


def pieces(webinar: Webinar) -> list[Minute]:
    """Every closed minute of a webinar, in order, over all its broadcasts: what a recording is
    joined of. Who may hear them, the caller asked."""
    rows = Piece.objects.filter(broadcast__webinar_id=webinar.pk)
    return [_minute(row) for row in rows.select_related("broadcast").order_by("number", "pk")]


def minute(webinar: Webinar, number: int) -> Minute | None:
    """One closed minute."""
    rows = Piece.objects.filter(broadcast__webinar_id=webinar.pk, number=number)
    row = rows.select_related("broadcast").order_by("pk").first()
    return _minute(row) if row else None


def may_be_caught_up(webinar: Webinar, moment: datetime) -> bool:
    """Whether those who had a place may still go back in the sound: while the hour goes on, and
    some days after. What a host has refused or taken away, nobody catches up with."""
    if not webinar.is_over:
        return True
    if moment > (webinar.ended_at or webinar.ends_at) + KEPT:
        return False
    put_away = (Recording.State.REFUSED, Recording.State.GONE)
    rows = Recording.objects.filter(webinar_id=webinar.pk, kind=Recording.Kind.SOUND)
    return not rows.filter(state__in=put_away).exists()


def is_settled(webinar: Webinar) -> bool:
    """Nothing is sent any more, and the last minute is written: a recording may be joined."""
    keys = list(webinar.broadcasts.values_list("key", "state"))
    found = [(places.place(settings.DATA_DIR, key), state) for key, state in keys]
    return all(
        state == Broadcast.State.CLOSED and (place.ended.exists() or not place.folder.exists())
        for place, state in found
    )


def _minute(row: Piece) -> Minute:
    place = places.place(settings.DATA_DIR, row.broadcast.key)
    return Minute(
        number=row.number,
        seconds=row.seconds,
        opus=place.piece(row.number, "opus"),
        mp3=place.piece(row.number, "mp3"),
        opus_bytes=row.opus_bytes,
        mp3_bytes=row.mp3_bytes,
    )
