"""A real icecast2, the real sound program, somebody who speaks, and people who listen: each on ports
of their own. Used by the tests of sound."""

from __future__ import annotations

import asyncio
import itertools
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from exchange.webinars.sound import places
from exchange.webinars.sound.places import Order, Place
from launch.sounding import answers, configure, found

ROOT = Path(__file__).resolve().parents[3]
WORDS = (
    "Listening to children is the first step. We ask, we wait, and we write down what they told us. "
    "Then we sit together with the mothers and fathers, and decide what can be tried until Friday."
)
CLUSTER = b"\x1fC\xb6u"


def until(holds: Callable[[], Any], seconds: float = 30.0) -> Any:
    """Wait for a condition, and give back what it gave."""
    late = time.monotonic() + seconds
    while not (given := holds()):
        assert time.monotonic() < late, "it did not come about in time"
        time.sleep(0.02)
    return given


def speech(folder: Path) -> list[bytes]:
    """Two minutes of speech as a browser would send them: pieces of a second, the first with the
    head of the container."""
    run = {"check": True, "cwd": folder, "stdin": subprocess.DEVNULL}
    subprocess.run(["espeak-ng", "-w", "said.wav", WORDS], **run)
    command = "ffmpeg -loglevel error -y -stream_loop 20 -i said.wav -t 120 -c:a libopus -b:a 24k"
    command += " -f webm -live 1 -cluster_time_limit 1000 said.webm"
    subprocess.run(command.split(), **run)
    head, *clusters = (folder / "said.webm").read_bytes().split(CLUSTER)
    pieces = [CLUSTER + cluster for cluster in clusters]
    return [head + pieces[0], *pieces[1:]]


@dataclass
class Radio:
    """One machine that sends sound: its data, its programs."""

    data: Path
    pieces: list[bytes]
    port: int = 0
    icecast: subprocess.Popen[bytes] | None = None
    program: subprocess.Popen[bytes] | None = None
    speakers: list[Speaker] = field(default_factory=list)

    def start(self) -> Radio:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self.configuration = configure(places.root(self.data) / "icecast", self.port)
        self.start_icecast()
        self.start_program()
        return self

    def start_icecast(self) -> None:
        command = [found("icecast2"), "-c", self.configuration]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.icecast = subprocess.Popen(command, **quiet)
        until(lambda: answers("127.0.0.1", self.port))

    def start_program(self) -> None:
        env = {k: v for k, v in os.environ.items() if not k.startswith(("EXCHANGE_", "COV_"))}
        env |= {"PYTHONPATH": str(ROOT / "src"), "EXCHANGE_DATA": str(self.data)}
        command = [sys.executable, "-m", "exchange.webinars.sound.program"]
        self.program = subprocess.Popen(command, env=env, cwd="/")

    def ffmpegs(self, word: str) -> list[int]:
        """The processes of ffmpeg that the sound program has started for this."""
        said = subprocess.run(
            ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(self.program.pid)],
            capture_output=True,
            text=True,
            check=False,
        ).stdout
        return [int(line.split()[0]) for line in said.splitlines() if word in line]

    def kill(self, pid: int) -> None:
        os.kill(pid, signal.SIGKILL)

    def stop(self) -> None:
        for speaker in self.speakers:
            speaker.stop()
        for program in (self.program, self.icecast):
            if program is not None and program.poll() is None:
                program.kill()
            if program is not None:
                program.wait()

    def speaker(self, key: str, webinar: int, *, sitting: str = "s" * 22) -> Speaker:
        """Somebody begins to speak in a broadcast that has just been opened."""
        place = places.place(self.data, key)
        place.sitting(sitting).mkdir(parents=True, exist_ok=True)
        place.want(Order(webinar, sitting))
        places.put_on_air(self.data, webinar, key)
        speaker = Speaker(place, sitting, self.pieces)
        self.speakers.append(speaker)
        speaker.start()
        return speaker

    def forget(self) -> None:
        for speaker in self.speakers:
            speaker.stop()
            speaker.place.closed.touch()
            shutil.rmtree(speaker.place.folder, ignore_errors=True)
        self.speakers.clear()


class Speaker(threading.Thread):
    """Hands in a piece each second, as a browser with a good line does; `away` is a bad one."""

    def __init__(self, place: Place, sitting: str, pieces: list[bytes]) -> None:
        super().__init__(daemon=True)
        self.place, self.sitting, self.pieces = place, sitting, pieces
        self.away = False
        self._over = threading.Event()

    def run(self) -> None:
        number, waiting = 0, []
        begun = time.monotonic()
        while not self._over.wait(max(0, begun + number - time.monotonic())):
            waiting.append((number, self.pieces[number % len(self.pieces)]))
            number += 1
            if not self.away:
                for one, piece in waiting:
                    hand_in(self.place, self.sitting, one, piece)
                waiting.clear()

    def stop(self) -> None:
        self._over.set()
        self.join()


def hand_in(place: Place, sitting: str, number: int, piece: bytes) -> None:
    path = place.sitting(sitting) / f"{number:08d}.webm"
    try:
        path.with_suffix(".new").write_bytes(piece)
        path.with_suffix(".new").rename(path)
    except FileNotFoundError:
        return


@dataclass
class Listener:
    """What came to one listener, and when. `gaps` are pauses after the first three seconds, when
    the burst is over."""

    status: int = 0
    kind: str = ""
    first: bytes = b""
    size: int = 0
    at: list[tuple[float, int]] = field(default_factory=list)
    ended: bool = False

    @property
    def gaps(self) -> list[float]:
        begun = self.at[0][0]
        times = [moment for moment, _size in self.at if moment - begun > 3]
        return [later - earlier for earlier, later in itertools.pairwise(times)]

    @property
    def rate(self) -> float:
        """Bytes a minute after the burst."""
        begun = self.at[0][0]
        later = [(moment, size) for moment, size in self.at if moment - begun > 3]
        return sum(size for _m, size in later[1:]) / (later[-1][0] - later[0][0]) * 60


async def listen(port: int, path: str, seconds: float, found: Listener | None = None) -> Listener:
    """Open an address and take what comes, for so long."""
    heard = found if found is not None else Listener()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        f"GET {path} HTTP/1.1\r\nHost: radio.example\r\nConnection: close\r\n\r\n".encode()
    )
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    heard.status = int(head.split()[1])
    named = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
    heard.kind = named.get("content-type", "")
    try:
        async with asyncio.timeout(seconds):
            while piece := await reader.read(16_384):
                heard.at.append((time.monotonic(), len(piece)))
                heard.size += len(piece)
                heard.first = (heard.first + piece)[:200]
                if heard.status != 200:
                    break
            heard.ended = True
    except TimeoutError:
        pass
    finally:
        writer.transport.abort()
    return heard


class WeakLine:
    """A line of 3 kB a second and 1.2 s of delay between a listener and the live process, that can
    be cut. Its buffers are small, as in a phone."""

    def __init__(self, port: int, *, rate: int = 3000, delay: float = 1.2) -> None:
        self._to, self._rate, self._delay = port, rate, delay
        self._open: list[asyncio.StreamWriter] = []
        self.is_cut = False
        self.port = 0

    async def __aenter__(self) -> WeakLine:
        self._server = await asyncio.start_server(self._pass, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self.cut()
        self._server.close()

    def cut(self) -> None:
        self.is_cut = True
        for writer in self._open:
            writer.transport.abort()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.append(writer)
        if self.is_cut:
            writer.transport.abort()
            return
        wire = socket.socket()
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        wire.connect(("127.0.0.1", self._to))
        far_reader, far_writer = await asyncio.open_connection(sock=wire, limit=4096)
        self._open.append(far_writer)
        try:
            asked = await reader.readuntil(b"\r\n\r\n")
            await asyncio.sleep(self._delay)
            far_writer.write(asked)
            while part := await far_reader.read(self._rate // 10):
                await asyncio.sleep(len(part) / self._rate)
                writer.write(part)
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.transport.abort()
            far_writer.transport.abort()
