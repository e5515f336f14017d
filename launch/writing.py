"""The writing room: opened when a host comes to write, closed when it has been quiet for a while.
Called by launch.running and launch.doctor; the program serves `exchange.project.writing_wsgi`."""

import http.client
import os
import time
from collections.abc import Mapping
from pathlib import Path

from launch.keeper import Keeper, Program
from launch.ports import free_port
from launch.processes import serving
from launch.voice import Trouble, say

HERE = "127.0.0.1"  # hosts come through the web process, and nobody else does
WISH = "writing-wish"  # the web process touches it for each host who comes
REST = 30  # minutes
THREADS = "4"


def usual_port(port: int) -> int:
    """The second after the site's own; the first is the live process's."""
    return port + 2 if port < 65534 else port - 2


def writing_place(env: Mapping[str, str], port: int) -> dict[str, str]:
    """Which port it gets, for it and for the web process. Unless somebody chose one, another is
    taken when the usual one is not free. With EXCHANGE_WRITE_URL it stands somewhere else."""
    if env.get("EXCHANGE_WRITE_URL"):
        return {}
    wanted = env.get("EXCHANGE_WRITE_PORT", "")
    number = int(wanted) if wanted.isdecimal() else usual_port(port)
    try:
        free_port(HERE, number)
    except Trouble:
        if not wanted:
            number = free_port(HERE, 0)
        else:
            say(
                f"The writing room cannot have port {number} (EXCHANGE_WRITE_PORT). All else works; "
                "hosts can write once it is free."
            )
    return {"EXCHANGE_WRITE_PORT": str(number)}


def minutes_of_rest(env: Mapping[str, str]) -> int:
    """After how long it closes; 0 means never."""
    wanted = env.get("EXCHANGE_WRITE_REST", "")
    return int(wanted) if wanted.isdecimal() else REST


class WritingRoom:
    """Starts and ends the program as hosts come and go; all else goes on without it."""

    def __init__(self, keeper: Keeper, env: Mapping[str, str]) -> None:
        self._keeper = keeper
        self._wish = Path(env["EXCHANGE_DATA"]) / WISH
        self._rest = 60 * minutes_of_rest(env)
        self._program: Program | None = None
        if port := env.get("EXCHANGE_WRITE_PORT", ""):
            command = serving("writing_wsgi", host=HERE, port=int(port), threads=THREADS)
            self._program = Program("writing room", command, env, is_extra=True)

    def look(self) -> None:
        """Cheap enough to be asked twice a second: when did somebody last wish to write?"""
        if self._program is None:
            return
        is_open = self._program in self._keeper.programs
        if self._is_wanted() and not is_open:
            self._keeper.start(self._program)
        elif is_open and not self._is_wanted():
            self._keeper.put_away(self._program)

    def _is_wanted(self) -> bool:
        if not self._rest:
            return True
        try:
            return time.time() - self._wish.stat().st_mtime < self._rest
        except OSError:
            return False


def answers(port: int, *, patience: float = 3.0) -> bool:
    """Whether the writing room is open there."""
    connection = http.client.HTTPConnection(HERE, port, timeout=patience)
    try:
        connection.request("GET", "/desk/write/healthz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def in_words(port: int) -> str:
    """What doctor says of it beside an Exchange that runs."""
    if elsewhere := os.environ.get("EXCHANGE_WRITE_URL"):
        return f"Hosts write at {elsewhere} (EXCHANGE_WRITE_URL)."
    wanted = os.environ.get("EXCHANGE_WRITE_PORT", "")
    number = int(wanted) if wanted.isdecimal() else usual_port(port)
    if answers(number):
        return f"The writing room is open (port {number})."
    minutes = minutes_of_rest(os.environ)
    if not minutes:
        return f"No writing room answers at port {number}, although EXCHANGE_WRITE_REST=0 keeps it."
    return (
        f"The writing room is closed; it opens when a host comes, and closes after {minutes} quiet "
        "minutes."
    )
