"""The whole command, as a newcomer runs it: an empty directory first, a quick start next.
Run by pytest; the environment must be made already, as `./exchange test` does."""

import os
import re
import signal
import smtplib
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from launch import environment
from launch.ports import free_port

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(
    not environment.is_ready("base"), reason="the environment is not as the lock says"
)


@contextmanager
def started(data: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    env = {name: value for name, value in os.environ.items() if not name.startswith("EXCHANGE_")}
    launcher = subprocess.Popen(
        [ROOT / "exchange", "run", "--port", "0", "--data", data],
        env=env | {"EXCHANGE_VENV": str(environment.VENV)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield launcher, words_until_ready(launcher)
    finally:
        launcher.terminate()
        launcher.wait(30)


def words_until_ready(launcher: subprocess.Popen[str]) -> str:
    assert launcher.stdout is not None
    words = ""
    for line in launcher.stdout:
        words += line
        if line.startswith("Ready: "):
            return words
    raise AssertionError(f"it ended before it was ready:\n{words}")


def address_in(words: str) -> str:
    found = re.search(r"^Ready: (http://\S+)$", words, re.MULTILINE)
    assert found
    return found[1]


def is_taken_by_the_door(port: int) -> bool:
    with smtplib.SMTP("127.0.0.1", port, "client.example", timeout=10) as talk:
        talk.sendmail("amina@example.org", ["ask@127.0.0.1"], "Subject: a question\r\n\r\nHow?\r\n")
    return True


def get(address: str) -> int:
    with urllib.request.urlopen(address, timeout=10) as answer:
        return int(answer.status)


def test_an_empty_directory_becomes_an_exchange_and_starts_again_quickly(tmp_path: Path) -> None:
    data = tmp_path / "data"

    with started(data) as (launcher, words):
        assert get(address_in(words) + "/") == 200
        assert launcher.stdout is not None
        place = re.match(r"Mail comes in at smtp://127.0.0.1:(\d+)$", launcher.stdout.readline())
        assert place
        assert is_taken_by_the_door(int(place[1]))
        launcher.send_signal(signal.SIGINT)
        assert launcher.stdout is not None
        rest = launcher.stdout.read()
    assert "first-host" in rest
    assert launcher.returncode == 0
    assert free_port("127.0.0.1", int(address_in(words).rpartition(":")[2]))

    begun = time.monotonic()
    with started(data) as (launcher, words):
        seconds = time.monotonic() - begun
        assert get(address_in(words) + "/healthz") == 200
    assert "database" not in words
    assert seconds < 5


def test_a_worker_that_is_killed_is_started_again(tmp_path: Path) -> None:
    with started(tmp_path / "data") as (launcher, words):
        (worker,) = [pid for pid in children_of(launcher.pid) if "\0work\0" in words_of(pid)]

        os.kill(worker, signal.SIGKILL)

        assert launcher.stdout is not None
        said = next(line for line in launcher.stdout if "worker" in line)
        assert "stopped by itself (ended by SIGKILL). Starting it again in 1 s" in said
        assert get(address_in(words) + "/healthz") == 200


def children_of(pid: int) -> list[int]:
    return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def words_of(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text()
