"""A house apart: its own data, its own database, real worker processes that can be killed.
Used by the proofs of the ledger and of mail, on SQLite and on PostgreSQL."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg

ROOT = Path(__file__).resolve().parents[2]


class House:
    """One data directory and one database that nobody else uses."""

    def __init__(self, data: Path, address: str, **extra: str) -> None:
        self.data = data
        self.address = address
        self.env = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("EXCHANGE_", "COV_"))},
            "DJANGO_SETTINGS_MODULE": "tests.ledger.proof.settings",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "EXCHANGE_DATA": str(data),
            "EXCHANGE_MODE": "local",
            "EXCHANGE_DATABASE": address,
            **extra,
        }
        self.run("-m", "exchange", "migrate", "--run-syncdb", "--verbosity=0")

    def run(self, *words: str, timeout: float = 60) -> None:
        """Run Python to its end; its complaints are shown when it fails."""
        done = subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env=self.env,
            timeout=timeout,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr

    def seed(self, kind: str, count: int) -> None:
        self.run("-m", "tests.ledger.proof.seed", kind, str(count))

    def worker(self, *words: str) -> subprocess.Popen[bytes]:
        """A worker of its own, as the launcher starts one."""
        return subprocess.Popen(
            [sys.executable, "-m", "exchange", "work", "--lease=1", "--batch=8", *words],
            cwd=ROOT,
            env=self.env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def rows(self, sql: str) -> list[tuple]:
        """Ask the database directly, past Django."""
        if self.address:
            with psycopg.connect(self.address, autocommit=True) as database:
                return database.execute(sql).fetchall()
        with closing(sqlite3.connect(self.data / "exchange.sqlite3", timeout=20)) as database:
            return database.execute(sql).fetchall()

    def write(self, sql: str) -> None:
        """Change the database directly, as another process would."""
        if self.address:
            with psycopg.connect(self.address, autocommit=True) as database:
                database.execute(sql)
            return
        with closing(sqlite3.connect(self.data / "exchange.sqlite3", timeout=20)) as database:
            database.execute(sql)
            database.commit()

    def number(self, sql: str) -> int:
        return self.rows(sql)[0][0]

    def owed(self) -> int:
        return self.number("select count(*) from ledger_delivery where run_after is not null")

    def leased(self) -> int:
        return self.number("select count(*) from ledger_delivery where state = 'leased'")


@contextmanager
def house_apart(data: Path, **extra: str) -> Iterator[House]:
    """On PostgreSQL a database of its own in the server of the tests; on SQLite a file."""
    server = os.environ.get("EXCHANGE_DATABASE", "")
    if not server:
        yield House(data, "", **extra)
        return
    name = f"proof_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"create database {name}")
        try:
            yield House(data, urlunsplit(urlsplit(server)._replace(path=f"/{name}")), **extra)
        finally:
            admin.execute(f"drop database {name} with (force)")


def kill_at_random(house: House, *, kills: int, workers: int) -> int:
    """Let workers work and SIGKILL one after the other at a random moment of its work; then let
    one finish in peace. Returns how many died while they held leases."""
    alive = [house.worker() for _ in range(workers)]
    in_the_middle = 0
    try:
        for turn in range(kills):
            victim = alive[turn % workers]
            wait_until_it_works(house, victim)
            sleep(random.random() * 0.12)
            victim.send_signal(signal.SIGKILL)
            victim.wait()
            in_the_middle += house.leased() > 0
            alive[turn % workers] = house.worker()
    finally:
        for process in alive:
            process.kill()
            process.wait()
    house.run("-m", "exchange", "work", "--lease=1", "--burst", timeout=90)
    return in_the_middle


def wait_until_it_works(house: House, process: subprocess.Popen[bytes]) -> None:
    """A worker shows its first heartbeat just before it first claims anything."""
    seen = f"select count(*) from ledger_heartbeat where worker like '%:{process.pid}'"
    until = monotonic() + 20
    while not house.number(seen):
        assert process.poll() is None, "the worker ended by itself"
        assert monotonic() < until, "the worker did not begin"
        sleep(0.01)
