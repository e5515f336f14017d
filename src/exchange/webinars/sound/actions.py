"""The microphone: taken, taken over, put down. A broadcast is a row, and a folder that the sound
program reads. Called by the views and hooks of sound."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from exchange.core import ids
from exchange.core.time import now
from exchange.members.models import Member
from exchange.webinars.errors import NotNow
from exchange.webinars.live.actions import tell
from exchange.webinars.models import Broadcast, Piece, Webinar
from exchange.webinars.rules import Roles
from exchange.webinars.sound import places, rules


def take(*, webinar: Webinar, by: Member, roles: Roles) -> Broadcast:
    """Open the sound of a webinar, or take the microphone over from who holds it: from now on only
    the new sitting is heard. Raises NotNow."""
    if not rules.may_send(webinar, roles, now()):
        raise NotNow
    with transaction.atomic():
        # One at a time: two that open at once would be two broadcasts.
        Webinar.objects.select_for_update(no_key=True).only("pk").get(pk=webinar.pk)
        row = webinar.broadcasts.filter(state=Broadcast.State.OPEN).first()
        if row is None:
            row = Broadcast(webinar=webinar)
            tell(webinar_id=webinar.pk, kind="sound", payload={"on": True}, item="sound")
        row.sender, row.sitting = by, ids.new_id()
        row.save()
        order = places.Order(webinar.pk, row.sitting, _first_number(row))
        transaction.on_commit(partial(_open_folder, row.key, order))
    return row


def close(*, broadcast: Broadcast) -> bool:
    """The sound ends: listeners are let go and the last minute is written. Says whether it was open.
    Who may, its callers asked: the lead, the end of the webinar, a withdrawal, the clock."""
    with transaction.atomic():
        changed = Broadcast.objects.filter(pk=broadcast.pk, state=Broadcast.State.OPEN).update(
            state=Broadcast.State.CLOSED, closed_at=now(), sender=None, sitting=""
        )
        if changed:
            tell(webinar_id=broadcast.webinar_id, kind="sound", payload={"on": False}, item="sound")
            transaction.on_commit(partial(_close_folder, broadcast.key, broadcast.webinar_id))
    return bool(changed)


def close_all(webinar_id: int) -> None:
    """Whatever is open in this webinar ends."""
    rows = Broadcast.objects.filter(webinar_id=webinar_id, state=Broadcast.State.OPEN)
    for row in rows.order_by("pk"):
        close(broadcast=row)


def _first_number(row: Broadcast) -> int:
    """A second broadcast goes on where the first ended, so that a number is one minute."""
    earlier = Piece.objects.filter(broadcast__webinar_id=row.webinar_id).exclude(broadcast=row)
    last: int | None = earlier.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _open_folder(key: str, order: places.Order) -> None:
    place = places.place(settings.DATA_DIR, key)
    place.sitting(order.sitting).mkdir(parents=True, exist_ok=True, mode=0o700)
    place.want(order)
    places.put_on_air(settings.DATA_DIR, order.webinar, key)


def _close_folder(key: str, webinar_id: int) -> None:
    places.take_off_air(settings.DATA_DIR, webinar_id, key)
    place = places.place(settings.DATA_DIR, key)
    if place.folder.exists():
        place.closed.touch()
