"""One listener of the sound: what icecast sends, passed on to somebody with a ticket.
Called by `wire.app`, once the ticket has been read."""

from __future__ import annotations

from typing import Any

from exchange.webinars.wire.setting import Setting
from exchange.webinars.wire.ticket import Claim


async def listen(
    scope: dict[str, Any], receive: Any, send: Any, claim: Claim, ext: str, setting: Setting
) -> None:
    """Answer the whole request. Returns when the listener has gone or the sound has ended; is
    cancelled when the process stops or the same ticket is used anew."""
    headers = [(b"content-type", b"text/plain"), (b"access-control-allow-origin", b"*")]
    await send({"type": "http.response.start", "status": 404, "headers": headers})
    await send({"type": "http.response.body", "body": b"no sound\n"})
