"""The real Exchange for the journeys: `./exchange run` on an empty directory, started once for
all test processes of a run and stopped by the last of them. Used by conftest.py."""

import fcntl
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

from launch import environment as venv

ROOT = Path(__file__).resolve().parents[2]
READY_WITHIN = 180
GONE_WITHIN = 30
# Ends the launcher when the whole test run is gone, however that came about.
_GUARD = (
    "exec 2>/dev/null; while kill -0 $0 && kill -0 $1; do sleep 1; done; kill -0 $0 || kill $1 $2"
)


@dataclass(frozen=True)
class House:
    """A running Exchange. `base` is shared by the test processes of this run."""

    base: str
    url: str
    first_host_link: str
    launcher: int
    post_office: int
    database: str

    @property
    def outbox(self) -> Path:
        return Path(self.base, "data", "outbox")

    @property
    def log(self) -> str:
        return Path(self.base, "log").read_text(errors="replace")

    def make_room(self) -> None:
        """The full mailbox of the post office is emptied."""
        Path(self.base, "room").touch()

    def command(self, *words: str) -> str:
        """`./exchange WORDS` for this Exchange."""
        done = subprocess.run(
            [ROOT / "exchange", *words],
            env=_environment(Path(self.base), self.database),
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """What one test process does at a time."""
    with path.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def enter(base: Path) -> House:
    """Start the house, or come into the one that runs."""
    base.mkdir(parents=True, exist_ok=True)
    with only_one(base / "lock"):
        state = _read(base)
        house = House(**state["house"]) if state else _start(base)
        _write(base, house, guests=state.get("guests", 0) + 1)
    return house


def leave(house: House) -> None:
    """The last one out stops everything and looks behind every door."""
    base = Path(house.base)
    with only_one(base / "lock"):
        guests = _read(base)["guests"] - 1
        if guests:
            _write(base, house, guests=guests)
            return
        (base / "house.json").unlink()
        _stop(house)


def _start(base: Path) -> House:
    post_office = subprocess.Popen(
        [sys.executable, Path(__file__).with_name("post_office.py"), base], start_new_session=True
    )
    _until((base / "post-office").exists, "the post office did not open")
    database = _own_database()
    with (base / "log").open("wb") as log:
        launcher = subprocess.Popen(
            [ROOT / "exchange", "run", "--port", "0", "--data", base / "data"],
            env=_environment(base, database),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    run = os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()
    mortals = [str(each) for each in (run, launcher.pid, post_office.pid)]
    subprocess.Popen(["sh", "-c", _GUARD, *mortals], start_new_session=True)
    words = _words_until_ready(base / "log", launcher)
    url = re.search(r"^Ready: (http://\S+)$", words, re.MULTILINE)
    link = re.search(r"http://\S+/first-host/\S+", words)
    assert url, words
    assert link, words
    return House(str(base), url[1], link[0], launcher.pid, post_office.pid, database)


def _stop(house: House) -> None:
    family = _descendants(house.launcher)
    try:
        os.kill(house.launcher, signal.SIGTERM)
        _until(lambda: not _lives(house.launcher), f"it did not stop:\n{house.log[-2000:]}")
        _until(lambda: not any(map(_lives, family)), f"processes were left behind: {family}")
        port = urlsplit(house.url).port
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port or 0)), f"port {port} is still taken"
    finally:
        os.kill(house.post_office, signal.SIGTERM)
        _until(lambda: not _lives(house.post_office), "the post office did not close")
        _drop(house.database)


def environment_of(house: House) -> dict[str, str]:
    """For a program that works on this Exchange's own files and database."""
    ours = {"DJANGO_SETTINGS_MODULE": "exchange.project.settings"}
    return _environment(Path(house.base), house.database) | ours


def workers_of(house: House) -> list[int]:
    """The processes that work now."""
    return [pid for pid in _descendants(house.launcher) if _is_worker(pid)]


def _is_worker(pid: int) -> bool:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return words[-2:] == [b"work", b""] and _lives(pid)


def _environment(base: Path, database: str) -> dict[str, str]:
    env = {name: value for name, value in os.environ.items() if not name.startswith("EXCHANGE_")}
    env |= {"EXCHANGE_VENV": str(venv.VENV), "EXCHANGE_DATA": str(base / "data")}
    env["EXCHANGE_SMTP"] = f"smtp://127.0.0.1:{(base / 'post-office').read_text()}"
    # So that numbers are asked for; nothing listens there.
    env["EXCHANGE_GATEWAYS"] = "sms=http://127.0.0.1:9/"
    return env | ({"EXCHANGE_DATABASE": database} if database else {})


def _own_database() -> str:
    """On PostgreSQL, a database beside the one the tests use; "" on SQLite."""
    given = os.environ.get("EXCHANGE_DATABASE", "")
    if not given:
        return ""
    name = f"journeys_{os.getpid()}"
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return urlsplit(given)._replace(path=f"/{name}").geturl()


def _drop(database: str) -> None:
    if database:
        name = urlsplit(database).path.strip("/")
        with psycopg.connect(os.environ["EXCHANGE_DATABASE"], autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _words_until_ready(log: Path, launcher: subprocess.Popen[bytes]) -> str:
    def is_ready() -> bool:
        words = log.read_text(errors="replace")
        assert launcher.poll() is None, f"it ended before it was ready:\n{words}"
        return "Ready: " in words and "first-host/" in words

    _until(is_ready, f"it was not ready:\n{log.read_text()}", READY_WITHIN)
    return log.read_text(errors="replace")


def _until(happened: Any, trouble: str, seconds: float = GONE_WITHIN) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, trouble
        time.sleep(0.1)


def _lives(pid: int) -> bool:
    """A process that runs; one that has ended and waits to be counted does not."""
    with suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    return _stat(pid)[0] not in ("", "Z", "X")


def _stat(pid: int) -> tuple[str, int]:
    """State and parent of a process."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return "", 0
    return fields[0], int(fields[1])


def _descendants(pid: int) -> list[int]:
    parents = {int(path.name): _stat(int(path.name))[1] for path in Path("/proc").glob("[0-9]*")}
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found[1:]


def _read(base: Path) -> dict[str, Any]:
    path = base / "house.json"
    return json.loads(path.read_text()) if path.exists() else {}


def _write(base: Path, house: House, *, guests: int) -> None:
    (base / "house.json").write_text(json.dumps({"house": asdict(house), "guests": guests}))
