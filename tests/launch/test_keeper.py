"""However the launcher ends, nothing it started stays behind; what falls is started again.
Real processes and real signals; run by pytest."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Attended:
    launcher: subprocess.Popen[str]
    port: int
    notes: Path

    def pid(self, name: str) -> int:
        path = self.notes / name
        wait_for(lambda: path.exists() and path.read_text() != "")
        return int(path.read_text())

    def starts(self) -> int:
        return len((self.notes / "starts").read_text().splitlines())


@pytest.fixture
def attended(tmp_path: Path) -> Iterator[Attended]:
    port = a_free_port()
    launcher = subprocess.Popen(
        [sys.executable, Path(__file__).with_name("attendant.py"), str(port), tmp_path],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # Whoever runs the tests under nohup hands that wish down; here it would hide the test's.
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL),
    )
    found = Attended(launcher, port, tmp_path)
    wait_for(lambda: answers(port))
    yield found
    launcher.kill()
    launcher.communicate()


@pytest.mark.parametrize("wish", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_asked_to_stop_it_ends_the_worker_and_frees_the_port(
    attended: Attended, wish: signal.Signals
) -> None:
    pids = [attended.pid("first"), attended.pid("worker")]

    attended.launcher.send_signal(wish)

    assert attended.launcher.wait(15) == 0
    wait_for(lambda: not any(is_alive(pid) for pid in pids))
    assert is_free(attended.port)


def test_killed_outright_it_leaves_no_orphan_and_frees_the_port(attended: Attended) -> None:
    pids = [attended.pid("first"), attended.pid("worker")]

    attended.launcher.kill()

    wait_for(lambda: not any(is_alive(pid) for pid in pids))
    assert is_free(attended.port)


def test_killed_with_its_whole_group_it_leaves_no_orphan(attended: Attended) -> None:
    pids = [attended.pid("first"), attended.pid("worker")]

    os.killpg(attended.launcher.pid, signal.SIGKILL)

    wait_for(lambda: not any(is_alive(pid) for pid in pids))
    assert is_free(attended.port)


def test_a_program_that_falls_is_started_again_without_its_old_worker(attended: Attended) -> None:
    first, worker = attended.pid("first"), attended.pid("worker")

    os.kill(first, signal.SIGKILL)

    wait_for(lambda: attended.starts() == 2)
    assert not is_alive(worker)
    wait_for(lambda: answers(attended.port))
    assert "stopped by itself (ended by SIGKILL)" in next_words(attended)


def test_a_guard_that_was_killed_is_replaced(attended: Attended) -> None:
    (guard,) = [pid for pid in children_of(attended.launcher.pid) if "guard.py" in words_of(pid)]

    os.kill(guard, signal.SIGKILL)
    wait_for(lambda: guard not in children_of(attended.launcher.pid))
    wait_for(lambda: any("guard.py" in words_of(p) for p in children_of(attended.launcher.pid)))
    attended.launcher.kill()

    wait_for(lambda: is_free(attended.port))


def test_one_that_falls_again_and_again_ends_everything_with_an_error(tmp_path: Path) -> None:
    taken = socket.create_server(("127.0.0.1", 0))  # the stand-in cannot have this port
    port = str(taken.getsockname()[1])
    script = "import sys; from launch import keeper; keeper.LONGEST_PAUSE = 0.05;"
    script += "from tests.launch import attendant; sys.exit(attendant.main(*sys.argv[1:]))"

    with taken:
        done = subprocess.run(
            [sys.executable, "-c", script, port, tmp_path],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )

    assert done.returncode == 1
    assert "stopped 6 times in short order" in done.stdout


def next_words(attended: Attended) -> str:
    assert attended.launcher.stdout is not None
    assert attended.launcher.stdout.readline() == "started\n"
    return attended.launcher.stdout.readline()


def wait_for(thing: Callable[[], bool], seconds: float = 12.0) -> None:
    until = time.monotonic() + seconds
    while not thing():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.05)


def a_free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def is_free(port: int) -> bool:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


def is_alive(pid: int) -> bool:
    """A zombie that nobody has collected yet counts as gone."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def children_of(pid: int) -> list[int]:
    try:
        return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def words_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""
