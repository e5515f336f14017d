"""What a BigBlueButton server tells us: a hand is up, a room has ended, a recording is ready.
Called by the views of its calls. A number and a code are kept of each, no person and no place."""

from __future__ import annotations

import contextlib
import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

import jwt
from django.db import IntegrityError, transaction

from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.webinars.dialogue.actions import raise_hand
from exchange.webinars.errors import WebinarError
from exchange.webinars.models import EngineCall, Recording, Seat, Webinar
from exchange.webinars.rooms import engines, finding, signing
from exchange.webinars.rooms.actions import told_address
from exchange.webinars.rooms.comers import seat_of_mark

# A server tries again for some five minutes, always with the time of its first try.
OLDEST = timedelta(minutes=15)
EARLIEST = timedelta(minutes=5)
KEPT = timedelta(days=30)
_MOST_EVENTS = 20
_ENDED, _HAND = "meeting-ended", "user-raise-hand-changed"
_RECORDED = ("rap-published", "rap-publish-ended")
_LISTENED_TO = {_ENDED, _HAND, *_RECORDED}


class NotFromEngine(Exception):
    """It is not signed by our server, or too old: it is believed in nothing."""


class RecordingGone(Exception):
    """We have taken this recording away, or never wanted it."""


def hear(*, webinar_id: int, body: bytes, checksum: str, bearer: str) -> int:
    """Take one call in; gives how many things were new in it. Raises NotFromEngine."""
    server = engines.bigbluebutton()
    if server is None or not signing.is_from_engine(
        address=told_address(webinar_id),
        body=body,
        given=checksum,
        bearer=bearer,
        secret=server.secret,
    ):
        raise NotFromEngine
    try:
        fields = parse_qs(body.decode("utf-8", "replace"), max_num_fields=20)
    except ValueError:
        raise NotFromEngine from None
    _young_enough(fields.get("timestamp", [""])[0])
    webinar = finding.by_number(webinar_id)
    if webinar is None:
        return 0
    return sum(int(_take(webinar, one)) for one in _events(fields.get("event", [""])[0]))


def ended(webinar: Webinar) -> None:
    """The engine called the address it was given for the end of the room."""
    _note(webinar, _ENDED, f"ended:{webinar.pk}:{now():%Y-%m-%d %H:%M}")


def recorded(*, webinar_id: int, signed: str) -> Recording | None:
    """A recording is ready: its number there, in a token the server signed.
    Raises NotFromEngine, RecordingGone."""
    server = engines.bigbluebutton()
    if server is None:
        raise NotFromEngine
    try:
        told = jwt.decode(signed, server.secret, algorithms=["HS256"])
    except jwt.InvalidTokenError:
        raise NotFromEngine from None
    webinar = finding.by_number(webinar_id)
    if webinar is None or not webinar.is_public or told.get("meeting_id") != webinar.room_key:
        raise RecordingGone
    return note_recording(webinar, told.get("record_id"))


def note_recording(webinar: Webinar, engine_id: Any) -> Recording | None:
    """A row for a recording of the engine, once; what it is, the worker asks later.
    Raises RecordingGone."""
    if not isinstance(engine_id, str) or not 0 < len(engine_id) <= 120:
        return None
    if not (engine_id.isascii() and engine_id.isprintable()):
        return None
    with transaction.atomic():
        Webinar.objects.select_for_update(no_key=True).get(pk=webinar.pk)
        row = Recording.objects.filter(webinar=webinar, engine_id=engine_id).first()
        if row is not None:
            if row.state in (Recording.State.REFUSED, Recording.State.GONE):
                raise RecordingGone
            return row
        row = Recording.objects.create(
            webinar=webinar,
            kind=Recording.Kind.ELSEWHERE,
            language=webinar.language,
            engine_id=engine_id,
        )
        record("recording.noted", subject_type="recording", subject_id=row.pk, public=False)
    return row


def forget(moment: datetime) -> int:
    """What is older than a month."""
    return EngineCall.objects.filter(at__lt=moment - KEPT).delete()[0]


def _young_enough(stamp: str) -> None:
    if not (stamp.isascii() and stamp.isdecimal() and 10 <= len(stamp) <= 14):
        raise NotFromEngine
    at = datetime.fromtimestamp(int(stamp) / 1000, tz=UTC)
    if not -EARLIEST <= now() - at <= OLDEST:
        raise NotFromEngine


def _events(words: str) -> list[dict[str, Any]]:
    """One event, or a list of them; whatever else it says is nothing to us."""
    try:
        told = json.loads(words)
    except (ValueError, RecursionError):
        return []
    found = []
    for one in (told if isinstance(told, list) else [told])[:_MOST_EVENTS]:
        data = one.get("data") if isinstance(one, dict) else None
        if isinstance(data, dict) and data.get("id") in _LISTENED_TO:
            found.append(data)
    return found


def _take(webinar: Webinar, data: dict[str, Any]) -> bool:
    told = data.get("attributes")
    told = told if isinstance(told, dict) else {}
    meeting = told.get("meeting")
    room = meeting.get("external-meeting-id") if isinstance(meeting, dict) else None
    # The hook of one room says nothing about another.
    if room != webinar.room_key:
        return False
    if not _note(webinar, str(data["id"]), json.dumps(data, sort_keys=True)):
        return False
    if data["id"] == _HAND:
        _hand(webinar, told.get("user"))
    elif data["id"] in _RECORDED:
        _published(webinar, told)
    return True


def _note(webinar: Webinar, what: str, words: str) -> bool:
    """False when this very call was there before."""
    mark = hashlib.sha256(f"{webinar.pk}:{words}".encode()).hexdigest()
    try:
        with transaction.atomic():
            EngineCall.objects.create(webinar=webinar, mark=mark, what=what)
    except IntegrityError:
        return False
    return True


def _hand(webinar: Webinar, person: Any) -> None:
    """A hand that belongs to a seat of this webinar goes where all hands go; others stay there."""
    given = person if isinstance(person, dict) else {}
    up = given.get("raise-hand")
    number = seat_of_mark(webinar.pk, given.get("external-user-id"))
    if number is None or not isinstance(up, bool) or not webinar.is_public:
        return
    seat = Seat.objects.taken().filter(webinar=webinar, pk=number).first()
    if seat is None:
        return
    # Where the hands are closed, or it is over, the room there has a hand and ours has none.
    with contextlib.suppress(WebinarError):
        raise_hand(webinar=webinar, seat=seat, up=up)


def _published(webinar: Webinar, told: dict[str, Any]) -> None:
    """A recording has the number of the session it was made of, whichever of both is told."""
    if not webinar.is_public:
        return
    engine_id = told.get("record-id") or told["meeting"].get("internal-meeting-id")
    with contextlib.suppress(RecordingGone):
        note_recording(webinar, engine_id)
