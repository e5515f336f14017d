"""Starts what is measured: our web process and worker, and nginx with one file to compare with.
Called by measurements. Nothing started here outlives its `with`."""

from __future__ import annotations

import ctypes
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

STATIC_BYTES = 10_000
_READY_WITHIN = 60.0
_PR_SET_PDEATHSIG = 1
_THREADS = os.environ.get("EXCHANGE_THREADS", "6")
_NGINX = """daemon off; pid {place}/pid; error_log {place}/error.log; worker_processes 1;
events {{ worker_connections 256; }}
http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
client_body_temp_path {place}/a; proxy_temp_path {place}/b; fastcgi_temp_path {place}/c;
uwsgi_temp_path {place}/d; scgi_temp_path {place}/e;
server {{ listen 127.0.0.1:{port}; root {place}; }} }}"""


@contextmanager
def web(env: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """Our web process as `run` starts it. Gives its port and process id."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1"),
        *("--blocking-threads", _THREADS, "--host", "127.0.0.1", "--port", str(port), "--no-ws"),
        *("--workers-kill-timeout", "8", "--log-level", "error"),
        "exchange.project.wsgi:application",
    ]
    given = {**environment(env), "EXCHANGE_BASE_URL": f"http://127.0.0.1:{port}"}
    with _running(command, given) as process:
        _wait(port, "/healthz", process)
        yield port, process.pid


@contextmanager
def worker() -> Iterator[int]:
    """The worker, for the sum of memory. Gives its process id."""
    with _running([sys.executable, "-m", "exchange", "work"], environment({})) as process:
        time.sleep(2)
        yield process.pid


@contextmanager
def nginx() -> Iterator[int | None]:
    """nginx with one file of 10 kB at /file.html. Gives its port, or None where it is missing."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if program is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="exchange-nginx-") as place:
        os.chmod(place, 0o755)  # noqa: S103 - its worker is another user and must read the file
        port = free_port()
        (Path(place) / "file.html").write_bytes(os.urandom(STATIC_BYTES // 2).hex().encode())
        (Path(place) / "conf").write_text(_NGINX.format(place=place, port=port))
        with _running([program, "-p", place, "-c", f"{place}/conf"], dict(os.environ)) as process:
            _wait(port, "/file.html", process)
            yield port


def environment(more: Mapping[str, str]) -> dict[str, str]:
    """The environment of a child that is to serve the same data, unless told otherwise."""
    given = {
        **os.environ,
        "EXCHANGE_DATA": str(settings.DATA_DIR),
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
        **more,
    }
    return {name: value for name, value in given.items() if value}


def memory_kb(pid: int, part: str = "Pss:") -> int:
    """Proportional memory of a process and all it started, in kB; shared pages count once.
    The part "Pss_Anon:" leaves out pages of files, which the kernel takes back when it needs to."""
    total = 0
    for one in _tree(pid):
        try:
            rollup = Path(f"/proc/{one}/smaps_rollup").read_text()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith(part))
    return total


def cpu_seconds(pid: int) -> float:
    """Processor time a process and all it started have used so far."""
    ticks = 0
    for one in _tree(pid):
        try:
            words = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += int(words[11]) + int(words[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(command: list[str], env: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(  # noqa: S603 - our own programs
        command, env=env, stdout=subprocess.DEVNULL, start_new_session=True, preexec_fn=_armed()
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(12)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _armed() -> Callable[[], None] | None:
    """Lets the kernel end a child when the measurement itself was killed (Linux)."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def arm() -> None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)

    return arm


def _wait(port: int, path: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _READY_WITHIN
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} stopped before it was ready")
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", path)
            if connection.getresponse().status == http.HTTPStatus.OK:
                return
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        finally:
            connection.close()
    raise RuntimeError(f"nothing answered on port {port} within {_READY_WITHIN:.0f} s")


def _tree(pid: int) -> list[int]:
    """A process and everything below it."""
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += _children(one)
    return found


def _children(pid: int) -> list[int]:
    """Whatever thread of it started them."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(word) for word in task.read_text().split()]
        except OSError:
            continue
    return found
