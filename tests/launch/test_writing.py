"""When the writing room is opened and closed, and at which port. Real processes; run by pytest."""

import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from launch import keeper as keeping
from launch.keeper import Keeper, Program
from launch.ports import free_port
from launch.writing import (
    HERE,
    WISH,
    WritingRoom,
    answers,
    in_words,
    minutes_of_rest,
    usual_port,
    writing_place,
)

STAND_IN = Path(__file__).with_name("stand_in.py")


@pytest.fixture
def keeper(monkeypatch: pytest.MonkeyPatch) -> Iterator[Keeper]:
    monkeypatch.setattr(keeping, "PATIENCE", 1.0)
    keeper = Keeper()
    yield keeper
    keeper.stop()


def a_room(keeper: Keeper, place: Path, **settings: str) -> WritingRoom:
    """A room whose program is a stand-in that holds its port."""
    port = free_port(HERE, 0)
    env = {"EXCHANGE_DATA": str(place), "EXCHANGE_WRITE_PORT": str(port), **settings}
    room = WritingRoom(keeper, env)
    command = [sys.executable, STAND_IN, str(port), place]
    room._program = Program("writing room", command, os.environ, is_extra=True)
    return room


def wish(place: Path, minutes_ago: float = 0) -> None:
    moment = time.time() - 60 * minutes_ago
    (place / WISH).touch()
    os.utime(place / WISH, (moment, moment))


def test_nobody_wishes_and_nothing_is_started(keeper: Keeper, tmp_path: Path) -> None:
    a_room(keeper, tmp_path).look()

    assert not keeper.programs


def test_a_wish_opens_it_once_and_half_an_hour_of_quiet_closes_it(
    keeper: Keeper, tmp_path: Path
) -> None:
    room = a_room(keeper, tmp_path)
    wish(tmp_path)

    room.look()
    room.look()

    (program,) = keeper.programs
    assert program.is_running
    noted = tmp_path / "worker"
    wait_until(lambda: noted.exists() and noted.read_text() != "")
    worker = int(noted.read_text())
    wish(tmp_path, minutes_ago=29)
    room.look()
    assert program.is_running
    wish(tmp_path, minutes_ago=31)
    room.look()
    assert not keeper.programs
    wait_until(lambda: is_dead(worker))


def test_it_opens_again_after_it_was_closed(keeper: Keeper, tmp_path: Path) -> None:
    room = a_room(keeper, tmp_path)
    for minutes_ago in (0, 31, 0):
        wish(tmp_path, minutes_ago=minutes_ago)
        room.look()

    assert keeper.programs[0].is_running


def test_without_rest_it_is_always_open(keeper: Keeper, tmp_path: Path) -> None:
    a_room(keeper, tmp_path, EXCHANGE_WRITE_REST="0").look()

    assert keeper.programs[0].is_running


def test_where_it_stands_elsewhere_nothing_is_started_here(keeper: Keeper, tmp_path: Path) -> None:
    place = writing_place({"EXCHANGE_WRITE_URL": "http://10.0.0.7:8002"}, 8000)
    wish(tmp_path)

    WritingRoom(keeper, {"EXCHANGE_DATA": str(tmp_path), **place}).look()

    assert place == {}
    assert not keeper.programs


def test_it_takes_another_port_when_the_usual_one_is_taken() -> None:
    with socket.create_server((HERE, 0)) as taken:
        number = taken.getsockname()[1]
        port = number - 2

        place = writing_place({}, port)
        chosen = writing_place({"EXCHANGE_WRITE_PORT": str(number)}, port)

    assert usual_port(port) == number
    assert place["EXCHANGE_WRITE_PORT"] != str(number)
    assert chosen["EXCHANGE_WRITE_PORT"] == str(number), "a chosen one is never changed"


def test_what_is_no_number_of_minutes_is_the_usual() -> None:
    assert minutes_of_rest({"EXCHANGE_WRITE_REST": "soon"}) == minutes_of_rest({}) == 30


def test_doctor_says_that_it_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXCHANGE_WRITE_PORT", str(free_port(HERE, 0)))
    monkeypatch.delenv("EXCHANGE_WRITE_URL", raising=False)

    assert not answers(free_port(HERE, 0), patience=1)
    assert "opens when a host comes" in in_words(8000)


def wait_until(thing: Callable[[], bool]) -> None:
    until = time.monotonic() + 12
    while not thing():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.02)


def is_dead(pid: int) -> bool:
    """A zombie that nobody has collected yet counts as gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True
