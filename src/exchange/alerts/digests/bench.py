"""Measures digests: all of them built by the real worker, killed three times, and handed to a mail
server that counts. Called by `bench digest`; on a database of its own, in a folder of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from json import loads
from pathlib import Path
from random import SystemRandom
from time import monotonic, sleep
from typing import Any

NAME = "digest"
HELP = "weekly digests of very many members, with three kills of the worker (--members)"
# It begins with an empty database, so the one at hand is left alone.
OWN_DATABASE = True
MEMBERS, WORKERS, KILLS = 100_000, 2, 3
LEASE_SECONDS = 10
# Nobody waits for a mail that does not come.
SILENT_SECONDS = 90
_PACKAGE = "exchange.alerts.digests.benching"
_SEED = f"from {_PACKAGE}.people import make; make({{count}})"
_TOLD = f"from {_PACKAGE}.telling import told; print(told())"
_chance = SystemRandom()


def run(options: Mapping[str, Any]) -> dict[str, Any]:
    """Make the people, let the workers work, kill them, count."""
    count = int(options.get("members") or MEMBERS)
    with tempfile.TemporaryDirectory(prefix="exchange-digest-") as folder:
        place = Place(Path(folder), str(options.get("database") or ""))
        place.command("migrate", "--verbosity", "0")
        place.python(_SEED.format(count=count))
        sink = place.start_sink()
        try:
            field_ = Field(place, count, float(options.get("lease") or LEASE_SECONDS))
            field_.work()
        finally:
            sink.kill()
            sink.wait()
        return _figures(place, field_, count)


@dataclass
class Place:
    """Where it happens: a folder, a database, and programs that know both."""

    folder: Path
    database: str

    @property
    def notes(self) -> Path:
        """What the mail server noted, a line for each mail."""
        return self.folder / "notes"

    def environment(self) -> dict[str, str]:
        """As in earnest: production, and a mail server."""
        port = self.folder / "port"
        smtp = f"smtp://127.0.0.1:{port.read_text()}" if port.exists() else ""
        return {
            **{name: value for name, value in os.environ.items() if "EXCHANGE_" not in name},
            "EXCHANGE_DATA": str(self.folder),
            "EXCHANGE_DATABASE": "" if self.database == "sqlite" else self.database,
            "EXCHANGE_MODE": "production",
            "EXCHANGE_BASE_URL": "https://exchange.example",
            "EXCHANGE_SMTP": smtp,
            "DJANGO_SETTINGS_MODULE": "exchange.project.settings",
            "PYTHONPATH": str(Path(__file__).resolve().parents[3]),
        }

    def command(self, *words: str) -> None:
        subprocess.run(
            [sys.executable, "-m", "exchange", *words], env=self.environment(), check=True
        )

    def python(self, program: str) -> str:
        """Run some lines in a program of their own; what they print."""
        begin = "import django; django.setup(); "
        done = subprocess.run(
            [sys.executable, "-c", begin + program],
            env=self.environment(),
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return done.stdout

    def start_sink(self) -> subprocess.Popen[bytes]:
        port = self.folder / "port"
        words = [sys.executable, "-m", f"{_PACKAGE}.sink", str(self.notes), str(port)]
        sink = subprocess.Popen(words, env=self.environment())
        while not port.exists():
            sleep(0.05)
        return sink

    def start_worker(self, lease: float) -> subprocess.Popen[bytes]:
        words = [sys.executable, "-m", "exchange", "work", "--burst", "--lease", str(lease)]
        log = (self.folder / "worker.log").open("ab")
        with log:
            return subprocess.Popen(words, env=self.environment(), stdout=log, stderr=log)

    def arrived(self) -> int:
        """How many mails the server has taken."""
        if not self.notes.exists():
            return 0
        with self.notes.open("rb") as notes:
            return sum(chunk.count(b"\n") for chunk in iter(lambda: notes.read(1 << 20), b""))


@dataclass
class Field:
    """The workers at work, the kills, and what was seen of them."""

    place: Place
    expected: int
    lease: float
    seconds: float = 0.0
    peak_kb: int = 0
    kills: int = 0
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def work(self) -> None:
        """Until nothing is owed. Kills fall when a random part of the mails has arrived."""
        began = last = monotonic()
        # The first while others are still built, the rest anywhere.
        parts = [(0.01, 0.1), *[(0.1, 0.9)] * (KILLS - 1)]
        at = sorted(_chance.uniform(*part) * self.expected for part in parts)
        arrived = 0
        self.workers = [self.place.start_worker(self.lease) for _n in range(WORKERS)]
        while self.workers:
            sleep(0.1)
            self._weigh()
            self._reap()
            now_arrived = self.place.arrived()
            if now_arrived > arrived:
                arrived, last = now_arrived, monotonic()
            elif monotonic() - last > SILENT_SECONDS:
                self._kill()
                break
            if self.kills < KILLS and arrived >= at[self.kills]:
                # Not always at the moment between two looks.
                sleep(_chance.uniform(0, 0.2))
                self._kill()
                self.kills += 1
                self.workers = [self.place.start_worker(self.lease) for _n in range(WORKERS)]
        self.seconds = last - began

    def _kill(self) -> None:
        for worker in self.workers:
            with suppress(ProcessLookupError):
                os.kill(worker.pid, signal.SIGKILL)
        while self.workers:
            self._reap(wait=True)

    def _weigh(self) -> None:
        """The most memory each ever had. Not `ru_maxrss`: that begins with what the program had
        that started it."""
        for worker in self.workers:
            with suppress(OSError):
                status = Path(f"/proc/{worker.pid}/status").read_text()
                highest = next(
                    (line for line in status.splitlines() if line.startswith("VmHWM")), ""
                )
                self.peak_kb = max(self.peak_kb, int(highest.split()[1] if highest else 0))

    def _reap(self, *, wait: bool = False) -> None:
        """Take leave of those that ended."""
        for worker in list(self.workers):
            pid, status = os.waitpid(worker.pid, 0 if wait else os.WNOHANG)
            if pid:
                worker.returncode = os.waitstatus_to_exitcode(status)
                self.workers.remove(worker)


def _figures(place: Place, seen: Field, count: int) -> dict[str, Any]:
    """What arrived, against what had to."""
    lines = place.notes.read_text().splitlines() if place.notes.exists() else []
    copies = Counter(line.split()[0] for line in lines)
    sizes = [int(line.split()[2]) for line in lines]
    told = loads(place.python(_TOLD))
    wanted = set(told.pop("wanted"))
    return {
        "members": count,
        "per_s": round(count / seen.seconds, 1) if seen.seconds else 0.0,
        "peak_mb": round(seen.peak_kb / 1024, 1),
        "duplicates": sum(copies.values()) - len(copies),
        "missed": len(wanted - set(copies)),
        "needless": len(set(copies) - wanted),
        "seconds": round(seen.seconds, 1),
        "kills": seen.kills,
        "workers": WORKERS,
        "lease_s": seen.lease,
        "largest_mail_kb": round(max(sizes, default=0) / 1000, 1),
        **told,
    }
