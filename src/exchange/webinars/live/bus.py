"""Telling the live processes that there is something new: the webinar and the number, no words.
Called by `live.actions`; losing a poke is harmless, for they also look by themselves."""

from __future__ import annotations

import contextlib
import logging
import socket
import time
from functools import lru_cache
from typing import Any

from django.conf import settings

log = logging.getLogger("exchange.webinars.live")

CHANNEL = "exchange:live"
# After Redis did not answer, nobody's page waits for it again so soon.
_REST = 10.0
_rests_until = 0.0


def poke(webinar_id: int, seq: int) -> None:
    """Say that this webinar has an event with this number: on this machine by a datagram; where
    several machines share a Redis or Valkey, by a channel there."""
    words = f"{webinar_id} {seq}"
    if settings.REDIS_URL:
        _publish(words)
    elif settings.LIVE_PORT:
        with contextlib.suppress(OSError):
            _wire().sendto(words.encode(), ("127.0.0.1", settings.LIVE_PORT))


@lru_cache(maxsize=1)
def _wire() -> socket.socket:
    wire = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    wire.setblocking(False)
    return wire


def _publish(words: str) -> None:
    global _rests_until
    if time.monotonic() < _rests_until:
        return
    try:
        _redis(settings.REDIS_URL).publish(CHANNEL, words)
    except Exception as problem:  # noqa: BLE001 - of the library, of TLS, of the network
        _rests_until = time.monotonic() + _REST
        log.warning("Redis did not take a poke: %s", type(problem).__name__)


@lru_cache(maxsize=2)
def _redis(address: str) -> Any:
    import redis  # noqa: PLC0415 - not carried where there is none

    return redis.from_url(address, socket_timeout=0.3, socket_connect_timeout=0.3)
