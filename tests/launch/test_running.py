"""What `run` refuses before it begins anything slow. Run by pytest."""

import socket
from pathlib import Path

import pytest

from launch.ports import free_port
from launch.running import is_well, only_one, spoken_address
from launch.voice import Trouble


def test_a_port_in_use_is_said_in_words() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(Trouble, match=f"Port {port} is already in use"):
            free_port("127.0.0.1", port)


def test_port_0_finds_a_free_one() -> None:
    assert 1023 < free_port("127.0.0.1", 0) < 65536


def test_an_address_of_another_machine_is_said_in_words() -> None:
    with pytest.raises(Trouble, match="This machine does not have the address"):
        free_port("192.0.2.1", 8000)


def test_two_runs_on_one_directory_are_refused(tmp_path: Path) -> None:
    hold = only_one(tmp_path, "127.0.0.1:8000")

    with pytest.raises(Trouble, match=r"Another `exchange run` is using .*127\.0\.0\.1:8000"):
        only_one(tmp_path, "127.0.0.1:8001")

    hold.release()
    only_one(tmp_path, "127.0.0.1:8001").release()


@pytest.mark.parametrize(
    ("host", "spoken"),
    [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "127.0.0.1"), ("::", "[::1]"), ("::1", "[::1]")],
)
def test_an_address_is_spoken_so_that_a_browser_understands_it(host: str, spoken: str) -> None:
    assert spoken_address(host) == spoken


def test_nobody_listening_is_not_well() -> None:
    assert not is_well("127.0.0.1", free_port("127.0.0.1", 0), "http://127.0.0.1", patience=1)
