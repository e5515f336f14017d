"""What goes on by itself: rows for minutes that were written, an end to what may not be heard any
longer, and files that go. Called by the hooks of sound."""

from __future__ import annotations

import logging
import shutil
from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet

from exchange.contributions import sealing
from exchange.contributions.models import PUBLIC_STATES, State
from exchange.webinars.models import Broadcast, Piece
from exchange.webinars.sound import actions, places, rules
from exchange.webinars.sound.places import Place

log = logging.getLogger(__name__)


def glance() -> None:
    """Every few seconds. Asks no database while nothing is sent and nothing was written."""
    for place in places.every(settings.DATA_DIR):
        gather(place)
    if places.entries(places.root(settings.DATA_DIR) / "on-air"):
        end_hidden()


def gather(place: Place) -> int:
    """Make rows of the minutes that the sound program has written; how many."""
    notes = sorted(path for path in places.entries(place.pieces) if path.suffix == ".json")
    if not notes:
        return 0
    broadcast = Broadcast.objects.filter(key=place.key).first()
    if broadcast is not None:
        rows = [_row(broadcast, place, int(note.stem)) for note in notes]
        Piece.objects.bulk_create(rows, ignore_conflicts=True)
    for note in notes:
        note.unlink(missing_ok=True)
    return len(notes)


def _row(broadcast: Broadcast, place: Place, number: int) -> Piece:
    told = places.read_json(place.note(number))
    return Piece(
        broadcast=broadcast,
        number=number,
        seconds=float(told.get("seconds", places.PIECE_SECONDS)),
        opus_bytes=place.piece(number, "opus").stat().st_size,
        mp3_bytes=place.piece(number, "mp3").stat().st_size,
    )


def end_hidden() -> None:
    """A webinar that is withdrawn, held or sealed is not to be heard one second longer."""
    rows = Broadcast.objects.filter(state=Broadcast.State.OPEN)
    for row in rows.exclude(webinar__state__in=PUBLIC_STATES).order_by("pk"):
        actions.close(broadcast=row)


def end_silent(*, moment: datetime) -> None:
    """Somebody went home without pressing the button."""
    long_ago = moment - rules.SILENT
    never_heard = Q(heard_at=None, opened_at__lt=long_ago)
    rows = Broadcast.objects.filter(state=Broadcast.State.OPEN)
    for row in rows.filter(Q(heard_at__lt=long_ago) | never_heard).order_by("pk"):
        actions.close(broadcast=row)


def clear_old(*, moment: datetime) -> int:
    """Destroy what has been kept long enough, unless a case needs it; how many broadcasts."""
    there = {place.key: place for place in places.every(settings.DATA_DIR)}
    due = list(_due(moment, set(there))[:50])
    for row in due:
        row.pieces.all().delete()
        shutil.rmtree(there[row.key].folder, ignore_errors=True)
    return len(due) + _sweep(there)


def _due(moment: datetime, there: set[str]) -> QuerySet[Broadcast]:
    withdrawn = Q(webinar__state=State.WITHDRAWN, closed_at__lt=moment - rules.KEPT_IF_WITHDRAWN)
    usual = Q(webinar__is_recorded=False, closed_at__lt=moment - rules.KEPT)
    recorded = Q(closed_at__lt=moment - rules.KEPT_IF_RECORDED)
    rows = Broadcast.objects.filter(withdrawn | usual | recorded, key__in=there)
    needed = sealing.needed_rows()
    for one in needed:
        rows = rows.exclude(webinar__in=one)
    if not needed:
        rows = rows.filter(webinar__sealed_at=None)
    return rows.order_by("pk")


def _sweep(there: dict[str, Place]) -> int:
    """Folders whose rows have gone."""
    rows = Broadcast.objects.filter(key__in=set(there))
    strays = set(there) - set(rows.values_list("key", flat=True))
    for key in strays:
        shutil.rmtree(there[key].folder, ignore_errors=True)
    return len(strays)
