"""Whether the writing room is open, and the wish that it be opened: the launcher looks at one file.
Called by views/writing.py; `proof` by the writing room's process as well."""

import http.client
import secrets
import time
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from exchange.desk.writing.place import connection

HEALTH = "/desk/write/healthz"
ASKED = "X-Exchange-Asked"
# What the editor asks by itself, every few seconds, wherever somebody left it open.
NOBODY = ("/desk/write/editing-sessions/",)

_PATIENCE = 2.0
_SURE_FOR = 20.0
_WISH_EVERY = 10.0


class _Seen:
    """What this process knows; a little wrong at worst, for its threads share it."""

    answered = wished = -3600.0


def is_set_up() -> bool:
    return bool(settings.WRITE_URL)


def wish(path: str) -> None:
    """Somebody is there who writes. The launcher opens the room, and closes it when nobody has
    wished for it for a while; one that stands elsewhere is always open."""
    is_recent = time.monotonic() - _Seen.wished < _WISH_EVERY
    if not settings.WRITE_PORT or is_recent or path.startswith(NOBODY):
        return
    _Seen.wished = time.monotonic()
    with suppress(OSError):  # a full disk keeps nobody from reading the page that says so
        Path(settings.DATA_DIR, "writing-wish").touch()


def is_open() -> bool:
    """Ask it, unless it has just answered. It proves that it is ours: when it is closed, anybody
    on this machine could stand at its port and be handed a host's cookies."""
    if time.monotonic() - _Seen.answered < _SURE_FOR:
        return True
    asked = secrets.token_hex(16)
    line = connection(_PATIENCE)
    try:
        line.request("GET", HEALTH, headers={ASKED: asked})
        answer = line.getresponse()
        is_ours = answer.status == 200 and constant_time_compare(
            answer.read(200).decode("ascii", "replace"), proof(asked)
        )
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()
    if is_ours:
        _Seen.answered = time.monotonic()
    return is_ours


def waited_for(seconds: float) -> bool:
    """Whether it is open, or opens within so long: for what somebody has already typed."""
    until = time.monotonic() + seconds
    while not is_open():
        if time.monotonic() > until:
            return False
        time.sleep(0.25)
    return True


def forget() -> None:
    """It did not answer after all."""
    _Seen.answered = _Seen.wished = -3600.0


def proof(asked: str) -> str:
    """What only a process of this Exchange can say."""
    return salted_hmac("exchange.desk.writing", asked, algorithm="sha256").hexdigest()
