"""Very many readers in one program: plain sockets, a few bytes each, without Django. They note when
each number came, come back as they are told, and count what they missed. Called by `live.bench`."""

from __future__ import annotations

import json
import os
import random
import re
import select
import socket
import sys
import time
from array import array
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path

from exchange.webinars.wire import ticket

_NUMBER = re.compile(rb"id: (\d+)\ndata")
_RETRY = re.compile(rb"retry: (\d+)\n")
_HEAD = re.compile(rb"HTTP/1\.1 (\d+)")
AT_ONCE = 40  # connections begun in one go
PATIENCE = 60.0
_NONE = socket.socket()  # of somebody who has not come yet


@dataclass
class Order:
    """What this program is to do, as JSON on its command line."""

    port: int
    webinar: int
    secret: str
    count: int
    first_seat: int
    notes: str
    # How many new connections a second.
    pace: float = 500.0


@dataclass
class Reader:
    """One reader: which number it had last, and when it may come back."""

    paper: str
    wire: socket.socket
    at: int = 0
    rest: bytes = b""
    since: float = 0.0
    retry: float = 3.0


@dataclass
class Room:
    """All readers of this program."""

    order: Order
    readers: dict[int, Reader] = field(default_factory=dict)
    waiting: deque[tuple[float, Reader]] = field(default_factory=deque)
    received: int = 0
    pieces: int = 0
    lost: int = 0
    twice: int = 0
    returned: int = 0
    refused: int = 0
    # Number and moment of what came at once; of what came after a return only how many.
    numbers: array[int] = field(default_factory=lambda: array("q"))
    moments: array[float] = field(default_factory=lambda: array("d"))
    connecting: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.poll = select.epoll()
        key = ticket.key_from(self.order.secret)
        for number in range(self.order.count):
            claim = ticket.Claim(
                webinar=self.order.webinar,
                seat=self.order.first_seat + number,
                roles=frozenset(),
                kind=ticket.EVENTS,
                broadcast="",
                expires=int(time.time()) + ticket.LASTS * 3,
                nonce=ticket.fresh_nonce(),
            )
            self.waiting.append((0.0, Reader(ticket.make(claim, key), wire=_NONE)))

    def connect(self) -> None:
        """Those whose time has come, not faster than people come."""
        moment, begun = time.monotonic(), 0
        for _one in range(len(self.waiting)):
            due, reader = self.waiting.popleft()
            if due > moment or begun >= AT_ONCE:
                self.waiting.append((due, reader))
                continue
            begun += 1
            self._connect(reader)

    def _connect(self, reader: Reader) -> None:
        wire = socket.socket()
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        reader.since = time.monotonic()
        try:
            wire.connect(("127.0.0.1", self.order.port))
            wire.sendall(self._request(reader))
        except OSError:
            wire.close()
            self.waiting.append((time.monotonic() + random.uniform(1, 3), reader))  # noqa: S311
            return
        wire.setblocking(False)
        reader.wire, reader.rest = wire, b""
        self.readers[wire.fileno()] = reader
        self.poll.register(wire.fileno(), select.EPOLLIN)

    def _request(self, reader: Reader) -> bytes:
        path = f"/live/{self.order.webinar}/events?t={reader.paper}&after=0"
        known = f"Last-Event-ID: {reader.at}\r\n" if reader.at else ""
        return f"GET {path} HTTP/1.1\r\nHost: live\r\n{known}\r\n".encode()

    def listen(self, seconds: float) -> None:
        for number, _what in self.poll.poll(seconds, 512):
            self._take(number, self.readers[number])

    def _take(self, number: int, reader: Reader) -> None:
        try:
            piece = reader.wire.recv(65536)
        except BlockingIOError:
            return
        except OSError:
            piece = b""
        if not piece:
            self._gone(number, reader)
            return
        moment = time.monotonic()
        self.received += len(piece)
        self.pieces += 1
        self._read(reader, reader.rest + piece, moment)

    def _read(self, reader: Reader, text: bytes, moment: float) -> None:
        if told := _RETRY.search(text):
            reader.retry = int(told[1]) / 1000
            if text.startswith(b"HTTP"):
                self.connecting.append(moment - reader.since)
                reader.since = moment
        if (head := _HEAD.match(text)) and head[1] != b"200":
            self.refused += 1
        for found in _NUMBER.finditer(text):
            self._number(reader, int(found[1]), moment)
        reader.rest = text[text.rfind(b"\n\n") + 2 :][-2000:] if b"\n\n" in text else text[-2000:]

    def _number(self, reader: Reader, number: int, moment: float) -> None:
        if number <= reader.at:
            self.twice += 1
            return
        self.lost += number - reader.at - 1
        reader.at = number
        # Who has just come back is told what it missed; that is not how fast we are.
        if moment - reader.since > 1:
            self.numbers.append(number)
            self.moments.append(moment)

    def _gone(self, number: int, reader: Reader) -> None:
        self.poll.unregister(number)
        del self.readers[number]
        reader.wire.close()
        reader.rest = b""
        self.returned += 1
        self.waiting.append((time.monotonic() + reader.retry, reader))

    def everybody(self) -> list[Reader]:
        return [*self.readers.values(), *(reader for _due, reader in self.waiting)]

    def told(self, last: int) -> dict[str, object]:
        behind = [last - reader.at for reader in self.everybody() if reader.at < last]
        return {
            "connected": len(self.readers),
            "lost": self.lost + sum(behind),
            "behind": len(behind),
            "twice": self.twice,
            "returned": self.returned,
            "refused": self.refused,
            "bytes": self.received,
            "pieces": self.pieces,
            "connect_s": sorted(self.connecting)[int(len(self.connecting) * 0.95)],
        }


def main() -> int:
    """Connect, say so, listen until the last number is known (a line on stdin), then tell."""
    room = Room(Order(**json.loads(sys.argv[1])))
    said = False
    os.set_blocking(0, False)
    begun, last = time.monotonic(), 0
    while True:
        allowed = (time.monotonic() - begun) * room.order.pace
        if said or room.order.count - len(room.waiting) < allowed:
            room.connect()
        room.listen(0.02)
        if not said and len(room.connecting) >= room.order.count:
            said = True
            print("connected", flush=True)  # noqa: T201 - to the program that started us
        words = _word()
        if words == "bytes":
            print(json.dumps([room.received, room.pieces]), flush=True)  # noqa: T201
        elif words.startswith("last"):
            last, ends = int(words.split()[1]), time.monotonic() + PATIENCE
        if last and (all(r.at >= last for r in room.everybody()) or time.monotonic() > ends):
            break
    Path(room.order.notes).write_bytes(room.numbers.tobytes() + room.moments.tobytes())
    print(json.dumps(room.told(last)), flush=True)  # noqa: T201
    return 0


def _word() -> str:
    try:
        return os.read(0, 100).decode().strip()
    except BlockingIOError:
        return ""


if __name__ == "__main__":
    sys.exit(main())
