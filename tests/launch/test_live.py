"""Where the live process goes when its port is taken, and what is said. Run by pytest."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from launch.live import answers, bus_answers, live, live_place
from launch.ports import free_port

HERE = "127.0.0.1"


@contextmanager
def taken() -> Iterator[int]:
    with socket.create_server((HERE, 0)) as listener:
        yield listener.getsockname()[1]


def test_it_stands_beside_the_site() -> None:
    port = free_port(HERE, 0) - 1

    place = live_place({}, HERE, port)

    assert place == {"EXCHANGE_LIVE_PORT": str(port + 1), "EXCHANGE_LIVE_HOST": HERE}


def test_with_nothing_chosen_it_gives_way_to_whoever_has_the_port() -> None:
    with taken() as port:
        place = live_place({}, HERE, port - 1)

        assert place["EXCHANGE_LIVE_PORT"] != str(port)
        in_production = live_place({"EXCHANGE_MODE": "production"}, HERE, port - 1)
        assert in_production["EXCHANGE_LIVE_PORT"] == str(port), "never changed there"


def test_a_chosen_port_that_is_taken_is_said_and_the_rest_starts(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with taken() as port:
        place = live_place({"EXCHANGE_LIVE_PORT": str(port)}, HERE, 8000)

        assert place["EXCHANGE_LIVE_PORT"] == str(port)
        assert "The live process cannot have 127.0.0.1" in "".join(capsys.readouterr())


def test_phones_of_a_training_room_reach_it_where_they_reach_the_site() -> None:
    port = str(free_port("0.0.0.0", 0))
    chosen = {"EXCHANGE_LIVE_PORT": port}

    assert live_place(chosen, "0.0.0.0", 8000)["EXCHANGE_LIVE_HOST"] == "0.0.0.0"
    in_production = live_place(chosen | {"EXCHANGE_MODE": "production"}, "0.0.0.0", 8000)
    assert in_production["EXCHANGE_LIVE_HOST"] == HERE, "a proxy stands before it"


def test_all_else_goes_on_without_it() -> None:
    program = live({})

    assert program.name == "live process"
    assert program.is_extra


def test_nobody_listening_is_not_well() -> None:
    assert not answers(HERE, free_port(HERE, 0), patience=1)
    assert not bus_answers(f"redis://{HERE}:{free_port(HERE, 0)}/0", patience=1)
    with taken() as port:
        assert bus_answers(f"redis://{HERE}:{port}/0", patience=1)
