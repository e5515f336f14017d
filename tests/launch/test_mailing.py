"""Where the mail door goes when its port is taken, and what is said. Run by pytest."""

import socket
import tempfile
from pathlib import Path

import pytest

from launch import mailing
from launch.voice import Trouble


@pytest.fixture(autouse=True)
def marks_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(mailing, "_marks", [])


def test_with_nothing_chosen_a_second_exchange_takes_another_port(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        usual = f"smtp://127.0.0.1:{taken.getsockname()[1]}"
        monkeypatch.setattr(mailing, "USUAL", usual)

        address = mailing.door_address({})

        assert address != usual
        assert mailing.place(address)[0] == "127.0.0.1"
        assert mailing.door_address({"EXCHANGE_MODE": "production"}) == usual, "never changed there"


def test_two_that_start_at_once_do_not_both_take_the_usual_port(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        usual = f"smtp://127.0.0.1:{probe.getsockname()[1]}"
    monkeypatch.setattr(mailing, "USUAL", usual)

    first, second = mailing.door_address({}), mailing.door_address({})

    assert first == usual
    assert second != usual


def test_a_chosen_port_that_is_taken_is_said_and_the_rest_starts(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        chosen = f"lmtp://127.0.0.1:{taken.getsockname()[1]}"

        assert mailing.door_address({"EXCHANGE_MAIL_DOOR": chosen}) == chosen
        assert "The mail door cannot have 127.0.0.1" in "".join(capsys.readouterr())


def test_a_free_port_is_taken_as_it_is() -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        address = f"smtp://127.0.0.1:{probe.getsockname()[1]}"

    assert mailing.door_address({"EXCHANGE_MAIL_DOOR": address}) == address
    [program] = mailing.door({"EXCHANGE_MAIL_DOOR": address})
    assert program.name == "mail door"
    assert mailing.in_words({"EXCHANGE_MAIL_DOOR": address}) == "", "nobody answers there yet"


def test_off_is_no_door() -> None:
    env = {"EXCHANGE_MAIL_DOOR": mailing.door_address({"EXCHANGE_MAIL_DOOR": "OFF"})}

    assert mailing.door(env) == []
    assert mailing.in_words(env) == ""


@pytest.mark.parametrize("address", ["2525", "http://x:1", "smtp://", "smtp://x:port"])
def test_what_cannot_be_read_is_said_before_anything_starts(address: str) -> None:
    with pytest.raises(Trouble, match="EXCHANGE_MAIL_DOOR"):
        mailing.door_address({"EXCHANGE_MAIL_DOOR": address})
