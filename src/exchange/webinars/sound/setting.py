"""Where icecast2 stands and by which password sound goes to it: from the environment, or from the
file the launcher wrote. No Django here; read by the sound program, the live process and doctor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from exchange.webinars.sound import places

VARIABLE = "EXCHANGE_ICECAST"


@dataclass(frozen=True)
class Icecast:
    """One icecast2, on this machine alone. `password` is that of sources; listeners need none."""

    host: str
    port: int
    password: str = ""


def icecast(environ: Mapping[str, str], data: Path) -> Icecast | None:
    """The icecast2 to use; None when there is none, and sound is kept in minutes alone."""
    wanted = environ.get(VARIABLE, "").strip()
    if wanted.lower() == "off":
        return None
    if wanted:
        return _from_address(wanted)
    found = places.read_json(file_of(data))
    try:
        return Icecast(str(found["host"]), int(found["port"]), str(found["password"]))
    except (KeyError, TypeError, ValueError):
        return None


def file_of(data: Path) -> Path:
    """What the launcher writes beside icecast2's own configuration; for its owner alone."""
    return places.root(data) / "icecast" / "icecast.json"


def _from_address(address: str) -> Icecast | None:
    parts = urlsplit(address)
    try:
        port = parts.port or 8000
    except ValueError:
        return None
    if not parts.hostname:
        return None
    return Icecast(parts.hostname, port, unquote(parts.password or ""))
