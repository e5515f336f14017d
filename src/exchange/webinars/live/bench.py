"""Measures the live process: thousands of readers, an hour's pace, if wanted a restart in the middle.
Called by `bench live`; on a database of its own, in a folder of its own."""

from __future__ import annotations

import json
import os
import resource
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from array import array
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

NAME = "live"
HELP = "live events: delivery, memory and bytes of very many readers (--connections, --restart)"
# It begins with an empty database, so the one at hand is left alone.
OWN_DATABASE = True
CONNECTIONS, SECONDS, PROGRAMS = 5000, 60.0, 2
WARM = 2.0  # seconds after the last connection until its memory is weighed
# A small event goes as one packet: IP 20, TCP with timestamps 32, a TLS record 22; its
# acknowledgement 52.
AROUND_A_PACKET = 126
_PACKAGE = "exchange.webinars.live.benching"


def run(options: Mapping[str, Any]) -> dict[str, Any]:
    """Connect everybody, tell, count."""
    count = int(options.get("connections") or CONNECTIONS)
    seconds = float(options.get("seconds") or SECONDS)
    with tempfile.TemporaryDirectory(prefix="exchange-live-") as folder, _database() as database:
        hall = Hall(Path(folder), database, free_port(), count, restart=bool(options["restart"]))
        hall.prepare()
        try:
            hall.fill()
            hall.tell(seconds)
            return hall.figures(seconds)
        finally:
            hall.close()


@dataclass
class Hall:
    """The live process, its readers, and what was measured of them."""

    folder: Path
    database: str
    port: int
    count: int
    restart: bool
    secret: str = field(default_factory=secrets.token_hex)
    webinar: int = 0
    live: subprocess.Popen[bytes] | None = None
    readers: list[subprocess.Popen[str]] = field(default_factory=list)
    seen: dict[str, Any] = field(default_factory=dict)
    moments: dict[int, float] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        plain = {name: value for name, value in os.environ.items() if "EXCHANGE_" not in name}
        redis = os.environ.get("EXCHANGE_REDIS", "")
        return {
            **plain,
            "EXCHANGE_DATA": str(self.folder),
            "EXCHANGE_DATABASE": self.database,
            "EXCHANGE_SECRET_KEY": self.secret,
            "EXCHANGE_LIVE_PORT": str(self.port),
            "EXCHANGE_LIVE_CONNECTIONS": str(self.count + 1000),
            **({"EXCHANGE_REDIS": redis} if redis else {}),
            "DJANGO_SETTINGS_MODULE": "exchange.project.settings",
            "PYTHONPATH": str(Path(__file__).resolve().parents[3]),
        }

    def prepare(self) -> None:
        words = [sys.executable, "-m", "exchange", "migrate", "--verbosity", "0"]
        subprocess.run(words, env=self.environment(), check=True)
        self.webinar = int(self._python("print(telling.make())"))
        self._start()
        self.seen["empty_kb"] = _memory_kb(self.live.pid)

    def fill(self) -> None:
        """Everybody comes, about five hundred a second."""
        begun = time.monotonic()
        each, over = divmod(self.count, PROGRAMS)
        for number in range(PROGRAMS):
            size = each + (over if number == PROGRAMS - 1 else 0)
            self.readers.append(self._reader(number, size, number * each))
        for reader in self.readers:
            if reader.stdout.readline() != "connected\n":
                raise RuntimeError("not everybody could connect")
        self.seen["connects_per_s"] = self.count / (time.monotonic() - begun)
        time.sleep(WARM)
        self.seen["full_kb"] = _memory_kb(self.live.pid)

    def tell(self, seconds: float) -> None:
        """What an hour tells in so many seconds; in the middle the restart, if wanted."""
        before, cpu, begun = self._bytes(), _cpu_seconds(self.live.pid), time.monotonic()
        program = self._start_python(
            f"print(telling.told({self.webinar}, {seconds}))", stdout=subprocess.PIPE
        )
        if self.restart:
            time.sleep(seconds / 2)
            self._start_anew()
            cpu = 0.0
        words, _nothing = program.communicate()
        self.moments = {int(number): at for number, at in json.loads(words).items()}
        time.sleep(1)
        wall = time.monotonic() - begun
        spent = _cpu_seconds(self.live.pid) - cpu
        self.seen |= {"wall": wall, "cpu": spent, "peak_kb": _memory_kb(self.live.pid)}
        after = self._bytes()
        self.seen["bytes"] = after[0] - before[0]
        self.seen["pieces"] = after[1] - before[1]

    def figures(self, seconds: float) -> dict[str, Any]:
        told = self._ends()
        late = _latencies(self.folder, self.moments)
        minutes = self.count * self.seen["wall"] / 60
        each = self.seen["bytes"] / minutes
        return {
            "connections": self.count,
            "database": "postgresql" if self.database else "sqlite",
            "bus": "redis" if os.environ.get("EXCHANGE_REDIS") else "datagrams",
            "p50_ms": _part(late, 0.5),
            "p95_ms": _part(late, 0.95),
            "max_ms": _part(late, 1.0),
            "lost": sum(one["lost"] for one in told),
            "twice": sum(one["twice"] for one in told),
            "kb_per_connection": round(
                (self.seen["full_kb"] - self.seen["empty_kb"]) / self.count, 1
            ),
            "bytes_per_participant_minute": round(each),
            "bytes_with_tcp_and_tls_estimated": round(
                each + self.seen["pieces"] / minutes * AROUND_A_PACKET
            ),
            "cpu": round(self.seen["cpu"] / self.seen["wall"], 3),
            "memory_mb": round(self.seen["peak_kb"] / 1024, 1),
            "memory_empty_mb": round(self.seen["empty_kb"] / 1024, 1),
            "connects_per_s": round(self.seen["connects_per_s"]),
            "events": len(self.moments),
            "deliveries_timed": len(late),
            "restarted": self.restart,
            "returned": sum(one["returned"] for one in told),
            "refused": sum(one["refused"] for one in told),
            "seconds": seconds,
        }

    def close(self) -> None:
        for program in [*self.readers, self.live]:
            if program is not None and program.poll() is None:
                program.kill()
                program.wait()

    def _ends(self) -> list[dict[str, Any]]:
        """Tell the readers the last number; each says what it missed."""
        last = max(self.moments)
        for reader in self.readers:
            reader.stdin.write(f"last {last}\n")
            reader.stdin.flush()
        return [json.loads(reader.stdout.readline()) for reader in self.readers]

    def _bytes(self) -> tuple[int, int]:
        answers = []
        for reader in self.readers:
            reader.stdin.write("bytes\n")
            reader.stdin.flush()
            answers.append(json.loads(reader.stdout.readline()))
        return sum(one[0] for one in answers), sum(one[1] for one in answers)

    def _start(self) -> None:
        words = [sys.executable, "-m", "exchange.project.live", "--quiet"]
        self.live = subprocess.Popen(words, env=self.environment(), preexec_fn=_many_files)
        address = f"http://127.0.0.1:{self.port}/live/healthz"
        for _try in range(200):
            try:
                with urllib.request.urlopen(address, timeout=1):
                    return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("the live process did not start")

    def _start_anew(self) -> None:
        begun = time.monotonic()
        self.live.send_signal(signal.SIGTERM)
        self.live.wait()
        self._start()
        self.seen["away_s"] = time.monotonic() - begun

    def _reader(self, number: int, count: int, first: int) -> subprocess.Popen[str]:
        order = {
            "port": self.port,
            "webinar": self.webinar,
            "secret": self.secret,
            "count": count,
            "first_seat": first + 1,
            "notes": str(self.folder / f"notes.{number}"),
            "pace": 250,
        }
        return subprocess.Popen(
            [sys.executable, "-m", f"{_PACKAGE}.readers", json.dumps(order)],
            env=self.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            preexec_fn=_many_files,
        )

    def _python(self, program: str) -> str:
        words, _nothing = self._start_python(program, stdout=subprocess.PIPE).communicate()
        return words

    def _start_python(self, program: str, **more: Any) -> subprocess.Popen[str]:
        begin = f"import django; django.setup(); from {_PACKAGE} import telling; "
        return subprocess.Popen(
            [sys.executable, "-c", begin + program], env=self.environment(), text=True, **more
        )


def _latencies(folder: Path, moments: dict[int, float]) -> list[float]:
    """Milliseconds from commit to arrival, sorted."""
    found = []
    for path in sorted(folder.glob("notes.*")):
        raw = path.read_bytes()
        half = len(raw) // 2
        numbers, arrivals = array("q", raw[:half]), array("d", raw[half:])
        found += [
            (at - moments[number]) * 1000
            for number, at in zip(numbers, arrivals, strict=True)
            if number in moments
        ]
    return sorted(found)


def _part(late: list[float], part: float) -> float:
    return round(late[min(int(len(late) * part), len(late) - 1)], 1) if late else -1.0


def _many_files() -> None:
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _memory_kb(pid: int) -> int:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))


def _cpu_seconds(pid: int) -> float:
    words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


@contextmanager
def _database() -> Iterator[str]:
    """A database of its own on the server of EXCHANGE_DATABASE; without one, SQLite."""
    address = os.environ.get("EXCHANGE_DATABASE", "")
    if not address:
        yield ""
        return
    name = f"exchange_live_{os.getpid()}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"create database {name} template template0")
        try:
            yield urlsplit(address)._replace(path=f"/{name}").geturl()
        finally:
            server.execute(f"drop database {name} with (force)")
