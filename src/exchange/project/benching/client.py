"""Asks a web server for pages: one after another, or many at a time, over kept connections.
Called by measurements. Raw sockets, so that asking costs little beside answering."""

from __future__ import annotations

import json
import multiprocessing
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

_PROCESSES = 2
_PATIENCE = 30.0


@dataclass(frozen=True)
class Ask:
    """Pages of one server and the headers to ask with."""

    port: int
    paths: Sequence[str]
    headers: dict[str, str] = field(default_factory=dict)

    def request(self, path: str) -> bytes:
        lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


@dataclass(frozen=True)
class Answer:
    """One answer: status, headers in small letters, the body as it came, and how long it took."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


class Line:
    """One kept connection; opened again when the server closes it."""

    def __init__(self, ask: Ask) -> None:
        self.ask = ask
        self._socket: socket.socket | None = None
        self._rest = b""

    def get(self, path: str) -> Answer:
        began = time.perf_counter()
        try:
            return self._get(path, began)
        except (ConnectionError, TimeoutError):
            self.close()
            return self._get(path, began)

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
        self._socket, self._rest = None, b""

    def _get(self, path: str, began: float) -> Answer:
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self.ask.port), _PATIENCE)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(self.ask.request(path))
        head = self._until(b"\r\n\r\n")
        status, headers = _parsed(head)
        length = 0 if status in (204, 304) else int(headers.get("content-length", "-1"))
        body = self._chunks() if length < 0 else self._exactly(length)
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Answer(status, headers, body, time.perf_counter() - began)

    def _chunks(self) -> bytes:
        pieces = []
        while size := int(self._until(b"\r\n").split(b";")[0], 16):
            pieces.append(self._exactly(size))
            self._exactly(2)
        self._until(b"\r\n")
        return b"".join(pieces)

    def _until(self, mark: bytes) -> bytes:
        while mark not in self._rest:
            self._more()
        found, _mark, self._rest = self._rest.partition(mark)
        return found

    def _exactly(self, size: int) -> bytes:
        while len(self._rest) < size:
            self._more()
        found, self._rest = self._rest[:size], self._rest[size:]
        return found

    def _more(self) -> None:
        piece = self._socket.recv(65536) if self._socket else b""
        if not piece:
            raise ConnectionError("the server closed the connection")
        self._rest += piece


def one_by_one(ask: Ask, count: int) -> list[Answer]:
    """So many answers for one client, the paths in turn."""
    line = Line(ask)
    try:
        return [line.get(ask.paths[place % len(ask.paths)]) for place in range(count)]
    finally:
        line.close()


def many(ask: Ask, *, at_once: int, seconds: float, expect: int) -> float:
    """Answers a second with so many clients at once: wrk where it is installed, else our own
    processes. Answers with another status than expected count as none."""
    if has_wrk():
        return _with_wrk(ask, at_once, seconds, expect)
    return _with_ours(ask, at_once, seconds, expect)


def has_wrk() -> bool:
    return shutil.which("wrk") is not None


def _with_wrk(ask: Ask, at_once: int, seconds: float, expect: int) -> float:
    with tempfile.TemporaryDirectory(prefix="exchange-wrk-") as place:
        script = Path(place) / "ask.lua"
        script.write_text(_lua(ask, expect))
        said = subprocess.run(  # noqa: S603 - our own script and numbers
            [
                str(shutil.which("wrk")),
                *("-t1", f"-c{at_once}", f"-d{max(1, round(seconds))}s", "--timeout", "30s"),
                *("-s", str(script), f"http://127.0.0.1:{ask.port}/"),
            ],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    told = json.loads(said[said.rindex("{") :])
    return float(told["good"] / told["seconds"])


def _lua(ask: Ask, expect: int) -> str:
    # One thread, so counting in it is counting all; JSON strings are Lua strings as well.
    paths = ",".join(json.dumps(path) for path in ask.paths)
    headers = "".join(
        f"wrk.headers[{json.dumps(name)}]={json.dumps(value)}\n"
        for name, value in ask.headers.items()
    )
    return (
        f"{headers}local paths={{{paths}}}\nlocal at=0\nlocal thread\n"
        "function setup(t) thread=t end\n"
        "good=0\n"
        "function request() at=at%#paths+1; return wrk.format(nil,paths[at]) end\n"
        f"function response(status) if status=={expect} then good=good+1 end end\n"
        'function done(summary) io.write(string.format(\'{"good": %d, "seconds": %f}\\n\','
        "thread:get('good'),summary.duration/1000000)) end\n"
    )


def _with_ours(ask: Ask, at_once: int, seconds: float, expect: int) -> float:
    context = multiprocessing.get_context("fork")
    told = context.Queue()
    each = max(1, at_once // _PROCESSES)
    workers = [
        context.Process(target=_ask_and_tell, args=(ask, each, seconds, expect, told))
        for _n in range(_PROCESSES)
    ]
    for worker in workers:
        worker.start()
    total = sum(told.get(timeout=seconds + 60) for _worker in workers)
    for worker in workers:
        worker.join()
    return float(total / seconds)


def _ask_and_tell(
    ask: Ask, lines: int, seconds: float, expect: int, told: multiprocessing.Queue[int]
) -> None:
    until = time.perf_counter() + seconds
    counts = [0] * lines

    def keep_asking(number: int) -> None:
        line, place = Line(ask), number
        while time.perf_counter() < until:
            answer = line.get(ask.paths[place % len(ask.paths)])
            counts[number] += answer.status == expect
            place += lines
        line.close()

    threads = [threading.Thread(target=keep_asking, args=(number,)) for number in range(lines)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told.put(sum(counts))


def _parsed(head: bytes) -> tuple[int, dict[str, str]]:
    first, *rest = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in rest)
    headers = {name.strip().lower(): value.strip() for name, _colon, value in pairs}
    return int(first.split()[1]), headers
