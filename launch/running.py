"""`./exchange run`: everything in order, then web, worker and live until somebody says stop.
Called by launch.commands."""

import http.client
import os
import time
from pathlib import Path
from urllib.parse import urlsplit

from launch import environment as venv
from launch.keeper import Keeper, Listener, Program, attend, how_it_ended
from launch.live import live, live_place
from launch.mailing import door, door_address, in_words
from launch.places import Hold, data_directory
from launch.ports import ANYWHERE, free_port
from launch.preparing import prepare
from launch.processes import django, environment, output_of, serving
from launch.sounding import programs as sound_programs
from launch.voice import Trouble, say
from launch.writing import WritingRoom, writing_place

READY_WITHIN = 60.0


def run(*, data: str | None, host: str, port: int) -> int:
    """Set up what is missing, start everything, and stay until asked to stop."""
    port = free_port(host, port)
    place = data_directory(data)
    hold = only_one(place, f"{spoken_address(host)}:{port}")
    try:
        venv.ensure("base")
        os.umask(0o077)  # from here on we write people's words: for the owner only
        prepare(place)
        return keep(place, host, port)
    finally:
        hold.release()


def only_one(data: Path, address: str) -> Hold:
    """Two launchers on one directory would work against each other."""
    hold = Hold(data / "run.lock")
    if not hold.try_take():
        raise Trouble(
            f"Another `exchange run` is using {data} ({hold.read() or 'just starting'}). "
            "Stop that one first, or choose another directory with --data."
        )
    hold.write(f"process {os.getpid()}, http://{address}")
    return hold


def spoken_address(host: str) -> str:
    name = ANYWHERE.get(host, host)
    return f"[{name}]" if ":" in name else name


def keep(data: Path, host: str, port: int) -> int:
    """Start the programs, wait for the first answer, then mend what falls until told to stop."""
    address = f"http://{spoken_address(host)}:{port}"
    env = environment(data)
    env.setdefault("EXCHANGE_BASE_URL", address)
    env["EXCHANGE_MAIL_DOOR"] = door_address(env)
    env.update(live_place(env, host, port))
    env.update(writing_place(env, port))
    (data / "static").mkdir(exist_ok=True)  # the web process looks there, and remarks if it is gone
    with Listener() as listener:
        keeper = Keeper()
        try:
            for program in programs(env, host, port):
                keeper.start(program)
            welcome = first_host(env)
            if wait_until_ready(keeper, listener, (host, port, env["EXCHANGE_BASE_URL"])):
                say("\n".join(filter(None, [f"Ready: {address}", in_words(env), welcome])))
            attend(keeper, listener, WritingRoom(keeper, env).look)
            say("Stopping.")
        finally:
            keeper.stop()
    return 0


def programs(env: dict[str, str], host: str, port: int) -> list[Program]:
    threads = os.environ.get("EXCHANGE_THREADS", "6")
    web = serving("wsgi", host=host, port=port, threads=threads)
    return [
        Program("web process", web, env),
        Program("worker", django("work"), env),
        *door(env),
        live(env),
        *sound_programs(env, Path(env["EXCHANGE_DATA"])),
    ]


def first_host(env: dict[str, str]) -> str:
    """How to sign in; asked while the web process is starting."""
    code, words = output_of(django("first_host"), env=env)
    if code:
        return f"Who the first host is could not be asked:\n{words.strip()}"
    return words.strip()


def wait_until_ready(keeper: Keeper, listener: Listener, site: tuple[str, int, str]) -> bool:
    """True when /healthz answers; False when asked to stop before that."""
    until = time.monotonic() + READY_WITHIN
    while listener.wish is None:
        for program in keeper.programs:
            if not (program.is_running or program.is_extra):
                raise Trouble(
                    f"The {program.name} stopped before all was ready ({how_it_ended(program)}); "
                    "its last words are above."
                )
        if is_well(*site):
            return True
        if time.monotonic() > until:
            raise Trouble(f"The web process did not answer within {READY_WITHIN:.0f} seconds.")
        listener.wait(0.1)
    return False


def is_well(host: str, port: int, base_url: str, *, patience: float = 5.0) -> bool:
    """Does it answer, asked by the name it goes by (in production it knows no other)?"""
    connection = http.client.HTTPConnection(ANYWHERE.get(host, host), port, timeout=patience)
    try:
        connection.request("GET", "/healthz", headers={"Host": urlsplit(base_url).netloc})
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
