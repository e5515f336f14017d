"""Coming in, opening and ending a room, and keeping the engine telling us what happens there.
Called by the pages of rooms and by the clock. No transaction is open while an engine is asked."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.webinars.models import Engine, Presenter, Seat, Webinar
from exchange.webinars.rooms import engines, finding, rules
from exchange.webinars.rooms.answers import Inside
from exchange.webinars.rooms.bigbluebutton import Server
from exchange.webinars.rooms.comers import Comer, door_mark
from exchange.webinars.rooms.errors import (
    AgreementNeeded,
    EngineSaysNo,
    EngineTrouble,
    MayNotEnter,
    RoomNotOpen,
)

HEARD = "meeting-ended,user-raise-hand-changed,rap-published,rap-publish-ended"


def enter(*, webinar: Webinar, comer: Comer, seat: Seat | None, agrees: bool) -> str:
    """The address that lets this person in, made for this click: neither kept nor logged.
    Raises MayNotEnter, AgreementNeeded, RoomNotOpen, EngineTrouble."""
    has_seat = seat is not None and seat.state == Seat.State.TAKEN
    why = rules.why_not(
        webinar, leads=comer.leads, has_seat=has_seat, moment=now(), tries=comer.tries
    )
    if why is not None:
        raise MayNotEnter(why)
    if webinar.is_recorded:
        _agreed(seat, agrees)
    if webinar.engine == Engine.JITSI:
        return _of_jitsi(webinar, comer)
    if webinar.engine == Engine.LINK:
        if engines.link_fault(webinar.engine_link):
            raise EngineTrouble("link-missing")
        return webinar.engine_link
    return _of_bigbluebutton(webinar, comer)


def may_be_recorded(webinar: Webinar) -> bool:
    """Only where it was announced, and everybody who speaks has agreed to it."""
    agreed = Presenter.Answer.AGREED
    refusing = webinar.presenters.filter(answer=agreed, may_be_recorded=False)
    return webinar.is_recorded and not refusing.exists()


def open_room(webinar: Webinar) -> str:
    """Make the room, or find that it is there; gives the engine's mark of this session of it.
    Raises EngineTrouble."""
    server = _server()
    told = rules.room_words(
        webinar, is_recorded=may_be_recorded(webinar), addresses=_addresses(webinar)
    )
    try:
        made = server.create(told)
    except EngineSaysNo as no:
        # It is there already, made in other words.
        there = server.inside(webinar.room_key) if no.code == "idNotUnique" else None
        if there is None:
            raise
        return there.made_at
    if not made.was_there:
        with transaction.atomic():
            record(
                "webinar.room_opened", subject_type="webinar", subject_id=webinar.pk, public=False
            )
    return made.made_at


def end_room(webinar: Webinar) -> bool:
    """Send everybody out and close it; False when it was not open. Raises EngineTrouble."""
    return _server().end(webinar.room_key)


def look_inside(webinar: Webinar) -> Inside | None:
    """How the room stands; None when it is not open. Raises EngineTrouble."""
    found = _server().inside(webinar.room_key)
    return None if found is None or found.was_closed else found


def look_after_rooms(moment: datetime) -> int:
    """Every few minutes: an engine forgets whom to tell after some failed calls, and a room whose
    webinar has ended, or was called off, is not left open. Gives how many rooms were asked about."""
    if engines.bigbluebutton() is None:
        return 0
    rows = finding.to_look_after(moment)
    for webinar in rows:
        if webinar.is_live and webinar.is_public:
            be_told(webinar)
        else:
            end_room(webinar)
    return len(rows)


def be_told(webinar: Webinar) -> bool:
    """Ask the engine to tell us what happens in the room; False where the server has no hooks.
    Raises EngineTrouble."""
    try:
        _server().hook(address=told_address(webinar.pk), room=webinar.room_key, events=HEARD)
    except EngineTrouble as trouble:
        if isinstance(trouble, EngineSaysNo) or trouble.code == "engine-404":
            return False
        raise
    return True


def _agreed(seat: Seat | None, agrees: bool) -> None:
    if seat is not None and seat.agreed_recording_at is not None:
        return
    if not agrees:
        raise AgreementNeeded
    if seat is not None:
        moment = now()
        fresh = Seat.objects.filter(pk=seat.pk, agreed_recording_at=None)
        fresh.update(agreed_recording_at=moment)
        seat.agreed_recording_at = moment


def _of_bigbluebutton(webinar: Webinar, comer: Comer) -> str:
    """Those who look after the room open it. The others come into one that is open: a room nobody
    looks after is not opened by whoever clicks first, nor again after it was closed for all."""
    if comer.leads:
        made_at = open_room(webinar)
    else:
        found = look_inside(webinar)
        if found is None:
            raise RoomNotOpen
        made_at = found.made_at
    told = {
        "fullName": comer.name,
        "meetingID": webinar.room_key,
        "role": "MODERATOR" if comer.leads else "VIEWER",
        "createTime": made_at,
        "userID": comer.mark,
        "excludeFromDashboard": "true",
        "errorRedirectUrl": _addresses(webinar)["door"],
    }
    if comer.is_guest:
        told["guest"] = "true"
    return _server().join_address(told)


def _of_jitsi(webinar: Webinar, comer: Comer) -> str:
    server = engines.jitsi()
    if server is None:
        raise EngineTrouble("engine-not-set-up")
    return server.address(
        room=webinar.room_key,
        name=comer.name,
        person=comer.mark,
        leads=comer.leads,
        moment=now(),
    )


def _server() -> Server:
    server = engines.bigbluebutton()
    if server is None:
        raise EngineTrouble("engine-not-set-up")
    return server.in_time()


def told_address(webinar_id: int) -> str:
    """Where the engine tells us what happens in one room. Each has its own: a server takes one
    address once."""
    return settings.BASE_URL + reverse("webinar-hook", args=[webinar_id])


def _addresses(webinar: Webinar) -> dict[str, str]:
    """Ours, in the language of the webinar."""
    with override(webinar.language if webinar.language in dict(settings.LANGUAGES) else "en"):
        page, door = webinar.get_absolute_url(), reverse("webinars:join", args=[webinar.pk])
    ended = reverse("webinar-ended", args=[webinar.pk, door_mark(webinar.pk)])
    recorded = reverse("webinar-recorded", args=[webinar.pk])
    base = settings.BASE_URL
    return {
        "page": base + page,
        "door": base + door,
        "ended": base + ended,
        "recorded": base + recorded,
    }
