"""A second of sound from the browser that holds the microphone, written to its folder: no database is
asked, only now and then told that something was heard. Called by the view of the pieces."""

from __future__ import annotations

import os
import shutil
import time
from dataclasses import dataclass

from django.conf import settings
from django.core import signing

from exchange.core.time import now
from exchange.webinars.errors import WebinarError
from exchange.webinars.models import Broadcast
from exchange.webinars.sound import places

LARGEST = 200_000
LAST_NUMBER = 99_999_999
_SALT = "exchange.webinars.sending"
_LASTS = 8 * 3600
_SPARE = 200_000_000  # bytes of the disk that stay free for the database
_HEARD_EVERY = 10.0
# More than this waits unread: the sound program is gone; the browser keeps its pieces and tries on.
_MOST_WAITING = 600


class BadToken(WebinarError):
    """Not signed by us, or of a page opened long ago."""


class TakenOver(WebinarError):
    """Somebody else holds the microphone now."""


class Ended(WebinarError):
    """The broadcast is closed, or what it belonged to is gone."""


class NoRoom(WebinarError):
    """The disk is nearly full, or nobody takes the pieces away; they may come again later."""


@dataclass(frozen=True)
class Sitting:
    """What a page that sends may do: add pieces to one sitting of one broadcast."""

    key: str
    name: str


def token_for(broadcast: Broadcast) -> str:
    """For the page of whoever took the microphone."""
    return signing.dumps([broadcast.key, broadcast.sitting], salt=_SALT, compress=False)


def sitting_of(token: str) -> Sitting:
    """What the page was given. Raises BadToken."""
    try:
        key, name = signing.loads(token, salt=_SALT, max_age=_LASTS)
    except (signing.BadSignature, ValueError, TypeError) as problem:
        raise BadToken from problem
    return Sitting(key, name)


def put(sitting: Sitting, number: int, sound: bytes) -> None:
    """Keep a piece; the same number again changes nothing. Raises TakenOver, Ended, NoRoom."""
    place = places.place(settings.DATA_DIR, sitting.key)
    folder = place.sitting(sitting.name)
    path = folder / f"{number:08d}.webm"
    order = None if place.closed.exists() else place.wanted()
    if order is None:
        raise Ended
    if order.sitting != sitting.name:
        raise TakenOver
    if path.exists():
        return
    folder.mkdir(exist_ok=True, mode=0o700)
    if shutil.disk_usage(place.folder).free < _SPARE:
        raise NoRoom
    if number % 16 == 0:
        _look_for_room(place, sitting.name)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.{time.monotonic_ns()}")
    fresh.write_bytes(sound)
    fresh.replace(path)
    _note_heard(place)


def _look_for_room(place: places.Place, sitting: str) -> None:
    if len(places.entries(place.sitting(sitting))) > _MOST_WAITING:
        raise NoRoom


def _note_heard(place: places.Place) -> None:
    """At most one small write to the database every ten seconds."""
    try:
        age = time.time() - place.heard.stat().st_mtime
    except FileNotFoundError:
        age = _HEARD_EVERY
    if age >= _HEARD_EVERY:
        place.heard.touch()
        Broadcast.objects.filter(key=place.key).update(heard_at=now())
