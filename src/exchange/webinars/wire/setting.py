"""What the live process reads from the environment; pure but for the file that keeps the secret.
Read by the live process and by the bench."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

USUAL_PORT = 8001


class Unreadable(ValueError):
    """A setting says something we do not understand; the text says which, for people."""


@dataclass(frozen=True)
class Limits:
    """How much the live process takes."""

    # Connections at once, and from one address of another machine: many phones share one.
    connections: int = 8000
    from_one: int = 600
    # Events that may wait for one client; one more, and it is let go and reads on from the table.
    waiting: int = 64
    # Rows of one look into the table.
    page: int = 200
    # Seconds for the request to come; until a peer that acknowledges nothing is given up; the
    # longest life of one connection.
    patience: float = 15.0
    silent: float = 90.0
    life: float = 5400.0


@dataclass(frozen=True)
class Setting:
    """Where the live process stands and what it looks at."""

    data: Path
    host: str = "127.0.0.1"
    port: int = USUAL_PORT
    # The address of a PostgreSQL database; empty: the SQLite file in `data`.
    database: str = ""
    secret: str = ""
    redis: str = ""
    # Which process counted who was there.
    node: str = "one"
    # Seconds between two looks when nobody pokes; seconds of silence before a heartbeat.
    pace: float = 1.0
    heartbeat: tuple[float, float] = (20.0, 25.0)
    # How soon clients come back after a restart, in milliseconds: spread, so that they do not
    # come all at once.
    comeback: tuple[int, int] = (3000, 15000)
    limits: Limits = field(default_factory=Limits)


def read(environ: Mapping[str, str]) -> Setting:
    """The live process as the environment wants it. Raises Unreadable."""
    data = Path(environ.get("EXCHANGE_DATA", "var")).resolve()
    port = _number(environ, "EXCHANGE_LIVE_PORT", USUAL_PORT)
    usual = Limits()
    return Setting(
        data=data,
        host=environ.get("EXCHANGE_LIVE_HOST", "127.0.0.1"),
        port=port,
        database=environ.get("EXCHANGE_DATABASE", ""),
        secret=environ.get("EXCHANGE_SECRET_KEY", "") or _kept_secret(data),
        redis=environ.get("EXCHANGE_REDIS", ""),
        node=f"{socket.gethostname()[:30]}:{port}",
        limits=Limits(
            connections=_number(environ, "EXCHANGE_LIVE_CONNECTIONS", usual.connections),
            from_one=_number(environ, "EXCHANGE_LIVE_FROM_ONE", usual.from_one),
        ),
    )


def _number(environ: Mapping[str, str], name: str, usual: int) -> int:
    said = environ.get(name) or str(usual)
    if not said.isdecimal():
        raise Unreadable(f"{name} is to be a number, not {said!r}.")
    return int(said)


def _kept_secret(data: Path) -> str:
    """The secret the web process made at its first start."""
    try:
        return (data / "secret-key").read_text(encoding="utf-8")
    except OSError as problem:
        where = os.fspath(data)
        raise Unreadable(
            f"There is no secret key: neither EXCHANGE_SECRET_KEY nor a file of it in {where}."
        ) from problem
