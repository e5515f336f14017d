"""A stand-in for the writing room's process: a real server on loopback that says what it was asked.
Used by the tests of the way there."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from exchange.desk.writing.opening import HEALTH, proof


class Room(ThreadingHTTPServer):
    """Remembers what it was asked."""

    daemon_threads = True

    def __init__(self, *, knows_the_secret: bool = True) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.knows_the_secret = knows_the_secret
        self.asked: list[dict[str, Any]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Room

    def do_GET(self) -> None:
        if self.path == HEALTH:
            known = proof(self.headers["X-Exchange-Asked"])
            return self._say(200, known if self.server.knows_the_secret else "well")
        self._note(b"")
        if self.path.endswith("/moved/"):
            return self._say(302, "", Location="/desk/write/pages/")
        if self.path.endswith("/cut/"):
            return self.wfile.close()
        return self._say(200, json.dumps(self.server.asked[-1]))

    do_HEAD = do_GET

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self._note(body)
        self._say(200 if b"good" in body else 422, body.decode("latin-1"))

    do_PATCH = do_DELETE = do_POST

    def _note(self, body: bytes) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        seen = {"method": self.command, "path": self.path, "headers": headers}
        self.server.asked.append({**seen, "length": len(body)})

    def _say(self, status: int, words: str, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", "default-src 'self'")
        self.send_header("X-Frame-Options", "SAMEORIGIN")
        self.send_header("Set-Cookie", "messages=one; Path=/; SameSite=Lax")
        self.send_header("Set-Cookie", "csrftoken=two; expires=Fri, 19 Nov 2027 23:08:13 GMT")
        self.send_header("Connection", "close, X-Of-This-Line")
        self.send_header("X-Of-This-Line", "alone")
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(words.encode("latin-1"))))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(words.encode("latin-1"))

    def log_message(self, *_: object) -> None:
        """Quietly."""


@contextmanager
def standing(**how: bool) -> Iterator[Room]:
    room = Room(**how)
    threading.Thread(target=room.serve_forever, kwargs={"poll_interval": 0.01}).start()
    try:
        yield room
    finally:
        room.shutdown()
        room.server_close()
