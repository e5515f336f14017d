"""What the tests of links begin with: a small server of our own that answers as it is told.
Read by pytest alone."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from exchange.library.health import asking


class Site:
    """A server with pages that answer as the test says, and what was asked of it."""

    def __init__(self) -> None:
        self.robots: tuple[int, str] = (404, "")
        self.asked: list[tuple[str, str, str]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.command, self.path, self.headers.get("User-Agent", "")))
                _answer(site, self)

            do_HEAD = do_GET

            def log_message(self, *_args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.base = f"http://127.0.0.1:{self.server.server_address[1]}"

    def pages(self) -> list[tuple[str, str]]:
        return [(method, path) for method, path, _agent in self.asked if path != "/robots.txt"]


def _answer(site: Site, line: BaseHTTPRequestHandler) -> None:
    """/200, /404, /head-405, /to/200, /for-now/200, /forever, /slow, /dribble, /nonsense, /huge"""
    path = line.path.split("?")[0]
    first, _slash, rest = path[1:].partition("/")
    if path == "/robots.txt":
        _say(line, site.robots[0], site.robots[1].encode())
    elif first in ("to", "for-now"):
        _say(line, 301 if first == "to" else 302, to=f"/{rest}")
    elif first in _ODD:
        _ODD[first](line)
    elif first.startswith("head-"):
        _say(line, int(first.removeprefix("head-")) if line.command == "HEAD" else 200)
    else:
        _say(line, int(first or 200), b"Here")


def _dribble(line: BaseHTTPRequestHandler) -> None:
    with contextlib.suppress(OSError):
        for _n in range(20):
            line.wfile.write(b"X")
            time.sleep(0.1)


_ODD: dict[str, Callable[[BaseHTTPRequestHandler], None]] = {
    "forever": lambda line: _say(line, 302, to="/forever"),
    "to-no-name": lambda line: _say(line, 302, to="http://a\x00b.example.org/"),
    "to-an-odd-page": lambda line: _say(line, 302, to="/2\x0000"),
    "slow": lambda _line: time.sleep(1.5),
    "dribble": _dribble,
    "nonsense": lambda line: line.wfile.write(b"\x00\xffnonsense\r\n\r\n") and None,
    "huge": lambda line: _say(line, 200, b"x" * 5_000_000),
}


def _say(line: BaseHTTPRequestHandler, status: int, body: bytes = b"", to: str = "") -> None:
    line.send_response(status)
    if to:
        line.send_header("Location", to)
    line.send_header("Content-Length", str(len(body)))
    line.end_headers()
    if line.command != "HEAD":
        with contextlib.suppress(OSError):
            line.wfile.write(body)


@pytest.fixture
def quick(settings: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Little patience, no pauses, and servers of our own may be asked."""
    settings.LINKS_MAY_BE_PRIVATE = True
    monkeypatch.setattr(asking, "TIMEOUT", 0.5)
    monkeypatch.setattr(asking, "DEADLINE", 0.7)
    monkeypatch.setattr(asking, "PAUSE", 0.0)
    asking.forget()
    yield
    asking.forget()


@pytest.fixture
def site(quick: None) -> Iterator[Site]:
    made = Site()
    yield made
    made.server.shutdown()
    made.server.server_close()
