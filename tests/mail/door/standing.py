"""A door that stands open while a test knocks: as a program of its own, or in a thread with small
limits. Used by the tests of the door."""

import asyncio
import json
import os
import smtplib
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep

from exchange.mail.door import spool
from exchange.mail.door.listening import opened
from exchange.mail.door.setting import Limits, Setting
from exchange.mail.door.taking import Taker

ROOT = Path(__file__).resolve().parents[3]
DOMAIN = "exchange.example"


@dataclass
class Arrival:
    """One mail in the spool."""

    raw: bytes
    notes: dict[str, str]


def arrivals(folder: Path) -> list[Arrival]:
    """All whole arrivals, the oldest first."""
    found = sorted((folder / "new").glob("*.eml"))
    return [
        Arrival(path.read_bytes(), json.loads(path.with_suffix(".json").read_text()))
        for path in found
    ]


@dataclass
class Door:
    """Where a door stands, and what has come in by it."""

    port: int
    spool: Path
    kind: str = "smtp"
    taker: Taker | None = field(default=None, repr=False)

    def call(self) -> smtplib.SMTP:
        sort = smtplib.LMTP if self.kind == "lmtp" else smtplib.SMTP
        return sort("127.0.0.1", self.port, "client.example", timeout=10)

    def wire(self) -> socket.socket:
        """A bare connection, its greeting read."""
        wire = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        wire.recv(1000)
        return wire

    @property
    def arrivals(self) -> list[Arrival]:
        return arrivals(self.spool)

    @property
    def drafts(self) -> list[Path]:
        """What is half written; the door clears up a moment after it has hung up."""
        late = monotonic() + 5
        while (found := sorted((self.spool / "tmp").iterdir())) and monotonic() < late:
            sleep(0.02)
        return found


@contextmanager
def door(folder: Path, *, kind: str = "smtp", cert: str = "", **limits: float) -> Iterator[Door]:
    """A door in a thread, with limits small enough to run into."""
    setting = Setting(
        kind=kind,
        host="127.0.0.1",
        port=0,
        domains=(DOMAIN,),
        spool=folder,
        cert=cert,
        limits=Limits(**{"spare": 0, **limits}),
    )
    spool.prepare(folder)
    ready = threading.Event()
    stand: dict[str, object] = {}

    async def live() -> None:
        stop = asyncio.Event()
        taker = Taker(setting)
        server = await opened(taker, stop)
        stand.update(
            taker=taker,
            port=server.sockets[0].getsockname()[1],
            stop=lambda: loop.call_soon_threadsafe(stop.set),
        )
        loop = asyncio.get_running_loop()
        ready.set()
        await stop.wait()
        server.close()

    thread = threading.Thread(target=asyncio.run, args=(live(),), daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield Door(stand["port"], folder, kind, stand["taker"])
    finally:
        stand["stop"]()
        thread.join(10)


def start(data: Path, port: int, **more: str) -> subprocess.Popen[bytes]:
    """The real program, as the launcher starts it; it answers when this returns."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("EXCHANGE_", "COV_"))}
    env |= {
        "PYTHONPATH": str(ROOT / "src"),
        "EXCHANGE_DATA": str(data),
        "EXCHANGE_MAIL_DOOR": f"smtp://127.0.0.1:{port}",
        "EXCHANGE_MAIL_DOMAIN": DOMAIN,
        **more,
    }
    program = subprocess.Popen(
        [sys.executable, "-m", "exchange.mail.door"], cwd=ROOT, env=env, stderr=subprocess.PIPE
    )
    until = monotonic() + 10
    while monotonic() < until and program.poll() is None and not answers(port):
        sleep(0.02)
    return program


def answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as wire:
            return wire.recv(3) == b"220"
    except OSError:
        return False


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def letter(words: str = "We keep a register.", number: int = 0) -> bytes:
    return (
        "From: Amina <amina@example.org>\r\nTo: ask@exchange.example\r\n"
        f"Message-ID: <{number}@example.org>\r\nSubject: A question\r\n\r\n{words}\r\n"
    ).encode()
