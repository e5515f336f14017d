"""Asking an engine over HTTP: six seconds in all, little to read, nobody is followed elsewhere.
Called by `bigbluebutton`; the address is the operator's own setting, never a member's.

The question is carried by a thread of its own, for the name of a host may be looked up for longer
than any time limit of a socket allows. Whoever asks waits six seconds and goes on."""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from exchange.webinars.rooms import breaker
from exchange.webinars.rooms.errors import EngineTrouble

TO_CONNECT = 3.0
IN_ALL = 6.0
LARGEST = 2_000_000
_PIECE = 1 << 16
# Errands under way in this process: a silent engine cannot gather threads without end.
_turns = threading.BoundedSemaphore(16)


@dataclass
class _Errand:
    """One question on its way."""

    method: str
    url: str
    body: bytes | None
    headers: dict[str, str]
    seconds: float
    line: http.client.HTTPConnection | None = None
    status: int = 0
    said: bytes = b""
    trouble: str = "engine-silent"
    done: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        try:
            self._run()
        except TimeoutError:
            self.trouble = "engine-slow"
        except (OSError, http.client.HTTPException, ValueError, AttributeError):
            # AttributeError: the line was shut under it, because its time was over.
            self.trouble = "engine-silent"
        finally:
            self.shut()
            _turns.release()
            self.done.set()

    def _run(self) -> None:
        parts = urlsplit(self.url)
        host, port = parts.hostname or "", parts.port
        line: http.client.HTTPConnection
        if parts.scheme == "https":
            context = ssl.create_default_context()
            line = http.client.HTTPSConnection(host, port, timeout=TO_CONNECT, context=context)
        else:
            line = http.client.HTTPConnection(host, port, timeout=TO_CONNECT)
        self.line = line
        line.connect()
        line.sock.settimeout(self.seconds)
        line.request(
            self.method,
            f"{parts.path}?{parts.query}" if parts.query else parts.path,
            body=self.body,
            headers=self.headers,
        )
        answer = line.getresponse()
        said = b""
        while len(said) <= LARGEST and (piece := answer.read(_PIECE)):
            said += piece
        if len(said) > LARGEST:
            self.trouble = "engine-too-much"
            return
        self.status, self.said, self.trouble = answer.status, said, ""

    def shut(self) -> None:
        """Also from outside, when the time is over: whoever reads then hears that it has ended."""
        line, sock = self.line, self.line.sock if self.line else None
        if sock is not None:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        if line is not None:
            line.close()


def ask(
    url: str,
    *,
    engine: str,
    method: str = "GET",
    body: bytes | None = None,
    media_type: str = "",
    seconds: float = IN_ALL,
) -> bytes:
    """What it answered with status 200. `engine` names it for the breaker. Raises EngineTrouble."""
    rest = breaker.of(engine)
    if seconds <= 0:
        raise EngineTrouble("engine-slow")
    if rest.is_resting():
        raise EngineTrouble("engine-resting")
    if not _turns.acquire(blocking=False):
        raise EngineTrouble("engine-busy")
    headers = {"Accept": "application/xml, application/json", "User-Agent": "TheExchange/1.0"}
    if media_type:
        headers["Content-Type"] = media_type
    errand = _Errand(method, url, body, headers, seconds)
    threading.Thread(target=errand.run, daemon=True, name="engine").start()
    if not errand.done.wait(seconds):
        errand.shut()
        rest.failed()
        raise EngineTrouble("engine-slow")
    if errand.trouble:
        rest.failed()
        raise EngineTrouble(errand.trouble)
    if errand.status != 200:
        # "No such thing" is an answer: of a server without hooks, for one.
        if errand.status != 404:
            rest.failed()
        raise EngineTrouble(f"engine-{errand.status}")
    return errand.said
