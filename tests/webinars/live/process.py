"""The live process as a program of its own on the test's database, and readers who connect to it.
Used by the tests of live, and of whatever is told live."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from exchange.webinars.live.actions import tell
from exchange.webinars.wire import ticket

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 30.0


def until(holds: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """Wait for a condition, and give back what it gave."""
    late = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < late, "it did not come about in time"
        time.sleep(0.01)
    return found


def told(webinar_id: int, kind: str = "chat", *, audience: str = "all", item: str = "", **said):
    """One event, committed. Gives its number."""
    with transaction.atomic():
        return tell(webinar_id=webinar_id, kind=kind, payload=said, audience=audience, item=item)


def a_ticket(webinar_id: int, **given: Any) -> str:
    """As the pages make them, or with something wrong with it."""
    key = ticket.key_from(given.pop("secret", settings.SECRET_KEY))
    claim = {
        "webinar": webinar_id,
        "seat": 0,
        "roles": frozenset(),
        "kind": ticket.EVENTS,
        "broadcast": "",
        "expires": int(time.time()) + ticket.LASTS,
        "nonce": ticket.fresh_nonce(),
        **given,
    }
    return ticket.make(ticket.Claim(**claim), key)


@dataclass
class Reader:
    """One connection that reads along, with everything it was told."""

    wire: socket.socket
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    text: str = ""
    is_closed: bool = False
    _raw: bytes = b""
    _body: bytes = b""

    def read(self) -> Reader:
        """Take in what has come."""
        self.wire.settimeout(0.01)
        try:
            while not self.is_closed:
                piece = self.wire.recv(65536)
                self.is_closed = not piece
                self._raw += piece
        except TimeoutError:
            pass
        except ConnectionError:
            self.is_closed = True
        self._unpack()
        return self

    def _unpack(self) -> None:
        if not self.status and b"\r\n\r\n" in self._raw:
            head, _gap, self._raw = self._raw.partition(b"\r\n\r\n")
            first, *rest = head.decode("latin-1").split("\r\n")
            self.status = int(first.split()[1])
            pairs = (line.partition(":") for line in rest)
            self.headers = {name.lower(): value.strip() for name, _colon, value in pairs}
        if self.headers.get("transfer-encoding") != "chunked":
            self._body += self._raw if self.status else b""
            self._raw = b"" if self.status else self._raw
        while b"\r\n" in self._raw and self.status:
            size, _line, rest = self._raw.partition(b"\r\n")
            length = int(size, 16)
            if len(rest) < length + 2:
                break
            self._body, self._raw = self._body + rest[:length], rest[length + 2 :]
            self.is_closed = self.is_closed or not length
        self.text = self._body.decode("utf-8", "ignore")

    @property
    def events(self) -> list[dict[str, Any]]:
        """Whole events, each with its number."""
        found = []
        for block in self.text.split("\n\n")[:-1]:
            lines = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line)
            if "data" in lines:
                found.append({"seq": int(lines["id"]), **json.loads(lines["data"])})
        return found

    @property
    def numbers(self) -> list[int]:
        return [event["seq"] for event in self.events]

    def has(self, count: int, seconds: float = PATIENCE) -> list[dict[str, Any]]:
        """Wait until so many events have come."""
        until(lambda: len(self.read().events) >= count, seconds)
        return self.events

    def answered(self) -> Reader:
        until(lambda: self.read().status)
        return self

    def closed(self, seconds: float = PATIENCE) -> Reader:
        until(lambda: self.read().is_closed, seconds)
        return self

    def close(self) -> None:
        self.wire.close()


@dataclass
class Live:
    """Where the live process stands."""

    port: int
    data: Path
    env: dict[str, str]
    program: subprocess.Popen[bytes] | None = None
    readers: list[Reader] = field(default_factory=list)

    def start(self, *, wait_until_well: bool = True) -> None:
        words = [sys.executable, "-m", "exchange.project.live", "--quiet"]
        self.program = subprocess.Popen(words, cwd=ROOT, env=self.env)
        if wait_until_well:
            until(lambda: self.program.poll() is not None or self.is_well())

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.program.send_signal(number)
        return self.program.wait(15)

    def end(self) -> None:
        """Whatever is left of it, and of those who were connected."""
        if self.program.poll() is None:
            self.program.kill()
            self.program.wait()
        for reader in self.readers:
            reader.close()
        self.readers.clear()

    def is_well(self) -> bool:
        try:
            return self.ask("/live/healthz").answered().status == 200
        except OSError:
            return False

    def ask(self, path: str, *, method: str = "GET", narrow: bool = False, **headers: str):
        wire = socket.socket()
        if narrow:
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        wire.connect(("127.0.0.1", self.port))
        lines = [f"{method} {path} HTTP/1.1", "Host: live.example"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        wire.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        self.readers.append(Reader(wire))
        return self.readers[-1]

    def read(self, webinar_id: int, paper: str = "", *, after: int = 0, lanes: str = "", **named):
        """Connect to read along; with a plain ticket unless another is given."""
        paper = paper or a_ticket(webinar_id)
        path = f"/live/{webinar_id}/events?t={paper}&after={after}&lanes={lanes}"
        return self.ask(path, **named).answered()

    def poke(self, words: bytes) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as wire:
            wire.sendto(words, ("127.0.0.1", self.port))

    def memory_kb(self) -> int:
        rollup = Path(f"/proc/{self.program.pid}/smaps_rollup").read_text()
        return next(int(line.split()[1]) for line in rollup.splitlines() if "Pss:" in line)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def prepared(data: Path, **more: str) -> Live:
    """The live process on the database of the tests, not started yet."""
    port = free_port()
    env = {k: v for k, v in os.environ.items() if not k.startswith(("EXCHANGE_", "COV_"))}
    env |= {
        "PYTHONPATH": str(ROOT / "src"),
        "EXCHANGE_DATA": str(data),
        "EXCHANGE_DATABASE": database_address(data),
        "EXCHANGE_SECRET_KEY": settings.SECRET_KEY,
        "EXCHANGE_LIVE_PORT": str(port),
        **more,
    }
    return Live(port, data, env)


def database_address(data: Path) -> str:
    """PostgreSQL's, as the program is told it; for SQLite nothing, but a file where it looks."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        link = data / "exchange.sqlite3"
        link.unlink(missing_ok=True)
        link.symlink_to(given["NAME"])
        return ""
    parts = {
        "host": given["HOST"],
        "port": given["PORT"],
        "user": given["USER"],
        "password": given["PASSWORD"],
        "dbname": given["NAME"],
    }
    return " ".join(f"{name}='{value}'" for name, value in parts.items() if value)


@contextmanager
def running(data: Path, **more: str) -> Iterator[Live]:
    """The live process while a test, or a module of tests, needs it."""
    live = prepared(data, **more)
    live.start()
    try:
        yield live
    finally:
        live.end()
