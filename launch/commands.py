"""What a person may ask of the launcher, in words, and who does it.
Called by the file `exchange` at the root once Python is known to be new enough."""

import argparse
import os
import signal
from collections.abc import Sequence
from types import FrameType

from launch import environment as venv
from launch.checking import check
from launch.doctor import doctor
from launch.places import data_directory
from launch.postgres import serve
from launch.preparing import prepare
from launch.processes import django, environment
from launch.running import run
from launch.testing import test
from launch.voice import Stopped, Trouble, complain, keep_stdout_clean

HELP = """\
The Exchange, one command for everything.

  ./exchange run                 set up what is missing and start; Ctrl-C stops it
             [--port N]          the port to listen on (8000)
             [--data DIR]        where everything is kept (var/)
             [--host ADDRESS]    who may reach it (127.0.0.1, this machine alone)
  ./exchange test [words]        set up and run the tests, on SQLite and PostgreSQL;
                                 a word is a room, a path or a part of a test's name
  ./exchange check               everything that must hold before a change is shared
  ./exchange doctor              what is wrong here, in words
  ./exchange doctor mail         whether mail can arrive and come in, and what to publish

  ./exchange host add ADDRESS    make somebody a host
  ./exchange after_restore       a backup was put back: send nothing that waited in it
  ./exchange safeguarding lead ADDRESS, deputy ADDRESS, end ADDRESS, show
                                 who looks after safeguarding
  ./exchange library import FILE bring records into the library
  ./exchange demo [--remove]     people and contributions to look around with
  ./exchange generate            a large, made-up community, for measuring
  ./exchange bench WHAT          measure pages, search, write, or extract DIR
  ./exchange postgres            a throw-away PostgreSQL to try and measure with

Any other word is handed to the application: ./exchange shell, ./exchange migrate ...
--data DIR and --database ADDRESS may follow every command.
"""
# These work on a filled database, so it is made ready first.
NEED_DATABASE = {
    "host",
    "safeguarding",
    "library",
    "demo",
    "generate",
    "bench",
    "first_host",
    "work",
    "read",
    "check_files",
    "library_links",
    "oai",
    "after_restore",
}

# These measure files alone, or make a database of their own.
NEED_NONE = (["bench", "replies"], ["bench", "live"])


def main(arguments: Sequence[str]) -> int:
    """Do what was asked and give back the exit code; trouble becomes a sentence."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)
    try:
        return _do(list(arguments))
    except Trouble as trouble:
        complain(str(trouble))
        return 1
    except KeyboardInterrupt:
        complain("Stopped.")
        return 128 + signal.SIGINT
    except Stopped as stopped:
        return 128 + int(str(stopped))
    except BrokenPipeError:  # whoever read our words went away
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 1


def _stop(number: int, _frame: FrameType | None) -> None:
    raise Stopped(str(number))


def _do(arguments: list[str]) -> int:
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(HELP, end="")
        return 0
    command, *rest = arguments
    if command == "run":
        return _run(rest)
    if command == "test":
        return _test(rest)
    if command == "check":
        return _check(rest)
    if command == "doctor":
        return _doctor(rest)
    if command == "postgres":
        argparse.ArgumentParser("exchange postgres").parse_args(rest)
        return serve()
    return _hand_over(arguments)


def _run(rest: list[str]) -> int:
    asked = _places("run", rest)
    return run(data=asked.data, host=asked.host, port=asked.port)


def _test(rest: list[str]) -> int:
    return test(rest)


def _check(rest: list[str]) -> int:
    argparse.ArgumentParser("exchange check").parse_args(rest)
    return check()


def _doctor(rest: list[str]) -> int:
    if rest[:1] == ["mail"]:
        return _hand_over(["doctor_mail", *rest[1:]])
    asked = _places("doctor", rest)
    return doctor(data=asked.data, host=asked.host, port=asked.port)


def _places(command: str, rest: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(f"exchange {command}", allow_abbrev=False)
    parser.add_argument("--port", type=_port, default=8000, help="the port to listen on (8000)")
    parser.add_argument("--data", metavar="DIR", help="where everything is kept (var/)")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
    parser.add_argument("--database", metavar="ADDRESS", help="postgresql://... (SQLite in DIR)")
    asked = parser.parse_args(rest)
    _use_database(asked.database)
    return asked


def _port(words: str) -> int:
    if words.isdecimal() and int(words) < 65536:
        return int(words)
    raise argparse.ArgumentTypeError(f"{words} is not a port; choose one from 1 to 65535")


def _use_database(address: str | None) -> None:
    if address == "sqlite":
        os.environ.pop("EXCHANGE_DATABASE", None)
    elif address:
        os.environ["EXCHANGE_DATABASE"] = address


def _hand_over(arguments: list[str]) -> int:
    """Become the application's own command, once all it needs is there."""
    keep_stdout_clean()
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--data")
    if arguments[0] in NEED_DATABASE:
        parser.add_argument("--database")
    asked, words = parser.parse_known_args(arguments)
    venv.ensure("base")
    os.umask(0o077)
    data = data_directory(asked.data)
    if arguments[0] in NEED_DATABASE:
        _use_database(asked.database)
        if not {"-h", "--help"} & set(words) and arguments[:2] not in NEED_NONE:
            prepare(data)
    command = django(*words)
    os.execve(command[0], command, environment(data))  # signals then reach it directly
