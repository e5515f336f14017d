"""A private PostgreSQL: made in a temporary directory, reached by a socket, gone afterwards.
Used by the tests and by measuring; never by a running Exchange."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launch import system_packages
from launch.keeper import Keeper, Listener, Program
from launch.voice import Trouble, say

NAME = "exchange"
READY_WITHIN = 30.0
# No door to the network.
ALWAYS = {
    "listen_addresses": "",
    "max_connections": "60",
    "log_min_messages": "fatal",
    "jit": "off",
}
# It lives for one test run: speed over survival.
HASTY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@contextmanager
def private_server(*, hasty: bool = True) -> Iterator[str]:
    """Start one, yield its address for EXCHANGE_DATABASE, stop and remove it whatever happens."""
    settings = ALWAYS | HASTY if hasty else ALWAYS
    programs = system_packages.server_programs()
    if programs is None:
        raise Trouble("I cannot find PostgreSQL's initdb and postgres on this machine.")
    owner = _owner()
    # Short on purpose: a socket's path may have 107 characters and no more.
    place = Path(tempfile.mkdtemp(prefix="exchange-pg-", dir="/tmp"))
    if owner:
        os.chown(place, owner.pw_uid, owner.pw_gid)
    keeper = Keeper()
    try:
        _make_cluster(programs, place, owner)
        with (place / "log").open("wb") as log:
            keeper.start(_server(programs, place, owner, log.fileno(), settings))
        _wait_until_ready(programs, place, keeper)
        _as(owner, [programs / "createdb", "-h", place, "-U", NAME, NAME], "making a database")
        yield f"postgresql://{NAME}@/{NAME}?host={place}"
    finally:
        keeper.stop(first=signal.SIGINT)  # PostgreSQL's own word for a quick, clean stop
        shutil.rmtree(place, ignore_errors=True)


def _owner() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root, so root lends the work to somebody who owns nothing."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Trouble("PostgreSQL will not run as root, and there is no user postgres or nobody here.")


def _make_cluster(programs: Path, place: Path, owner: pwd.struct_passwd | None) -> None:
    command: list[str | Path] = [
        programs / "initdb",
        "--pgdata",
        place / "data",
        "--username",
        NAME,
    ]
    command += ["--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
    _as(owner, command, "making a private database server")


def _server(
    programs: Path,
    place: Path,
    owner: pwd.struct_passwd | None,
    log: int,
    settings: dict[str, str],
) -> Program:
    command: list[str | Path] = [programs / "postgres", "-D", place / "data", "-k", place]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    return Program(
        "private PostgreSQL",
        command,
        _clean_environment(),
        user=owner.pw_uid if owner else None,
        group=owner.pw_gid if owner else None,
        output=log,
    )


def _wait_until_ready(programs: Path, place: Path, keeper: Keeper) -> None:
    until = time.monotonic() + READY_WITHIN
    ask = [str(programs / "pg_isready"), "--quiet", "-h", str(place), "-U", NAME, "-d", "postgres"]
    while subprocess.run(ask, check=False, env=_clean_environment()).returncode:
        if not keeper.programs[0].is_running or time.monotonic() > until:
            words = (place / "log").read_text(encoding="utf-8", errors="replace")
            raise Trouble(f"The private PostgreSQL did not start. It said:\n{words}")
        time.sleep(0.1)


def _as(owner: pwd.struct_passwd | None, command: list[str | Path], doing: str) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        env=_clean_environment(),
        cwd="/",
        user=owner.pw_uid if owner else None,
        group=owner.pw_gid if owner else None,
        extra_groups=[] if owner else None,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode:
        raise Trouble(f"PostgreSQL, {doing}: {done.stdout.decode('utf-8', 'replace').strip()}")


def _clean_environment() -> dict[str, str]:
    """Nobody's PGHOST, PGDATA or PGOPTIONS may lead us to another server."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}


def serve() -> int:
    """A server to measure with, as careful with the disk as a real one, until Ctrl-C."""
    if system_packages.server_programs() is None:
        system_packages.install(["postgresql"], why="for a private server")
    with private_server(hasty=False) as address, Listener() as listener:
        say(f"A throw-away PostgreSQL is at\n  EXCHANGE_DATABASE='{address}'\nCtrl-C removes it.")
        while listener.wish is None:
            listener.wait(30.0)
    return 0
