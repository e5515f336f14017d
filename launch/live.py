"""The live process: which port it gets, and whether it answers.
Called by launch.running and launch.doctor; the program is `python -m exchange.project.live`."""

import http.client
import socket
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from launch.keeper import Program
from launch.places import PYTHON
from launch.ports import ANYWHERE, free_port
from launch.voice import Trouble, say


def usual_port(port: int) -> int:
    """The one after the site's own: scripts find it there without being told."""
    return port + 1 if port < 65535 else port - 1


def live_place(env: Mapping[str, str], host: str, port: int) -> dict[str, str]:
    """Where the live process stands, for it and for those who poke it. Unless somebody chose a
    port, another is taken when the usual one is not free; in production a port is never changed.
    There a proxy leads to it, on one's own machine browsers go to it themselves."""
    wanted = env.get("EXCHANGE_LIVE_PORT", "")
    is_local = env.get("EXCHANGE_MODE", "local") == "local"
    stand = env.get("EXCHANGE_LIVE_HOST", "") or (host if is_local else "127.0.0.1")
    number = int(wanted) if wanted.isdecimal() else usual_port(port)
    try:
        free_port(stand, number)
    except Trouble:
        if is_local and not wanted:
            number = free_port(stand, 0)
        else:
            say(
                f"The live process cannot have {stand}, port {number} (EXCHANGE_LIVE_PORT). All "
                "else works; live pages refresh themselves until it can."
            )
    return {"EXCHANGE_LIVE_PORT": str(number), "EXCHANGE_LIVE_HOST": stand}


def live(env: Mapping[str, str]) -> Program:
    """The live process as one more program; all else goes on without it."""
    command: list[str | Path] = [PYTHON, "-m", "exchange.project.live", "--quiet"]
    return Program("live process", command, env, is_extra=True)


def answers(host: str, port: int, *, patience: float = 3.0) -> bool:
    """Whether a live process there says that it is well."""
    connection = http.client.HTTPConnection(ANYWHERE.get(host, host), port, timeout=patience)
    try:
        connection.request("GET", "/live/healthz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def bus_answers(address: str, *, patience: float = 3.0) -> bool:
    """Whether somebody listens where EXCHANGE_REDIS points."""
    try:
        parts = urlsplit(address)
        place = parts.hostname or "127.0.0.1", parts.port or 6379
        with socket.create_connection(place, patience):
            return True
    except (OSError, ValueError):
        return False
