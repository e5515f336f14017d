"""One listener of the sound: what icecast2 sends, passed on to somebody with a ticket.
Called by `wire.app`, once the ticket has been read."""

from __future__ import annotations

import asyncio
import contextlib
import os
from typing import Any

from exchange.webinars.sound import places
from exchange.webinars.sound.setting import Icecast, icecast
from exchange.webinars.wire.setting import Setting
from exchange.webinars.wire.ticket import Claim

# So much of a stream is held here for one listener; what more waits, icecast2 holds, and drops
# the listener when it is too much.
HELD = 4096
# So many knock at icecast2 at once: it lets in one after another, and forgets who waits too long.
_turns = asyncio.Semaphore(24)
# Seconds in which a listener must have taken something, or in which icecast2 must have sent.
SLOWEST = 60.0
STALLED = 12.0
_HEADERS = (
    (b"cache-control", b"no-store"),
    (b"access-control-allow-origin", b"*"),
    (b"cross-origin-resource-policy", b"cross-origin"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-accel-buffering", b"no"),
)


async def listen(
    scope: dict[str, Any], receive: Any, send: Any, claim: Claim, ext: str, setting: Setting
) -> None:
    """Answer the whole request. Returns when the sound has ended; is cancelled when the listener
    has gone, the process stops, the webinar is closed, or the same ticket is used anew."""
    kind = "opus" if ext in ("opus", "ogg") else ext
    place = icecast(os.environ, setting.data)
    if kind not in places.STREAMS or not place or not _is_open(setting, claim):
        await _refuse(send, 404, b"no sound\n")
        return
    source = await _opened(place, f"/{claim.broadcast}.{kind}")
    if source is None:
        await _refuse(send, 503, b"not yet\n", (b"retry-after", b"3"))
        return
    reader, writer = source
    try:
        headers = [*_HEADERS, (b"content-type", places.STREAMS[kind].encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        if scope.get("method") != "HEAD":
            await _until_one_has_gone(_pass_on(reader, send), _gone(receive))
        await send({"type": "http.response.body", "body": b""})
    finally:
        writer.transport.abort()


def _is_open(setting: Setting, claim: Claim) -> bool:
    """The broadcast of the ticket is the one that is open: the mark leaves with what is withdrawn."""
    return bool(claim.broadcast) and places.on_air(setting.data, claim.webinar) == claim.broadcast


async def _opened(
    place: Icecast, mount: str
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
    """The stream after its head; None when icecast2 or the mount is not there."""
    try:
        async with asyncio.timeout(20), _turns:
            reader, writer = await asyncio.open_connection(place.host, place.port, limit=HELD)
            try:
                writer.write(f"GET {mount} HTTP/1.0\r\nHost: {place.host}\r\n\r\n".encode())
                head = await reader.readuntil(b"\r\n\r\n")
            except BaseException:  # the listener went, too: no line may be left behind
                writer.transport.abort()
                raise
    except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        return None
    if b" 200" not in head.partition(b"\r\n")[0]:
        writer.transport.abort()
        return None
    return reader, writer


async def _pass_on(reader: asyncio.StreamReader, send: Any) -> None:
    """Ends when the sound does, or when the listener takes nothing any more."""
    with contextlib.suppress(OSError, TimeoutError):
        while True:
            async with asyncio.timeout(STALLED):
                part = await reader.read(HELD)
            if not part:
                return
            async with asyncio.timeout(SLOWEST):
                await send({"type": "http.response.body", "body": part, "more_body": True})


async def _gone(receive: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _until_one_has_gone(*works: Any) -> None:
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _refuse(send: Any, status: int, words: bytes, *more: tuple[bytes, bytes]) -> None:
    headers = [*_HEADERS, (b"content-type", b"text/plain"), *more]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": words})
