"""Starting other programs so that none of them outlives us.
Used by every part of the launcher that runs something."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from launch.places import PYTHON, ROOT, SOURCE
from launch.voice import Trouble

PR_SET_PDEATHSIG = 1
Command = Sequence[str | Path]
# Left over from other work, these would send ours elsewhere.
MISLEADING = (
    "DJANGO_SETTINGS_MODULE",
    "PYTHONHOME",
    "PYTHONSAFEPATH",
    "VIRTUAL_ENV",
    "__PYVENV_LAUNCHER__",
)


def environment(data: Path | None = None, **more: str) -> dict[str, str]:
    """The caller's environment, proxies and pip settings included, with our paths in it."""
    result = dict(os.environ)
    for name in MISLEADING:
        result.pop(name, None)
    result["PYTHONPATH"] = str(SOURCE)
    result["PYTHONUNBUFFERED"] = "1"
    if data:
        result["EXCHANGE_DATA"] = str(data)
    return result | more


def die_with_parent() -> Callable[[], None] | None:
    """For preexec_fn: the kernel ends this child when the launcher is gone (Linux)."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()

    def arm() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != parent:  # it went away before we were armed
            os._exit(1)

    return arm


def run(
    command: Command,
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path = ROOT,
    quiet: bool = False,
) -> int:
    """Run in the foreground and return the exit code; Ctrl-C lets it finish its last words."""
    silence = subprocess.DEVNULL if quiet else None
    with subprocess.Popen(
        [str(part) for part in command],
        env=dict(env) if env is not None else None,
        cwd=cwd,
        stdout=silence,
        stderr=silence,
        preexec_fn=die_with_parent(),
    ) as process:
        try:
            return process.wait()
        except BaseException as reason:
            _end(process, heard=isinstance(reason, KeyboardInterrupt))
            raise


def _end(process: subprocess.Popen[bytes], *, heard: bool) -> None:
    """After Ctrl-C the child has heard it too: a moment to sum up, then firmly."""
    if not heard:
        process.terminate()
    for patience, send in ((5, process.terminate), (5, process.kill), (5, process.kill)):
        try:
            process.wait(patience)
        except (subprocess.TimeoutExpired, KeyboardInterrupt):
            send()
        else:
            return


def output_of(command: Command, *, env: Mapping[str, str] | None = None) -> tuple[int, str]:
    """Run quietly; give back the exit code and everything it said, errors included."""
    done = subprocess.run(
        [str(part) for part in command],
        env=dict(env) if env is not None else None,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        check=False,
        preexec_fn=die_with_parent(),
    )
    return done.returncode, done.stdout.decode("utf-8", "replace")


def django(*words: str) -> list[str]:
    """The command line of a Django command, inside the environment."""
    return [str(PYTHON), "-m", "exchange", *words]


def serving(application: str, *, host: str, port: int, threads: str) -> Command:
    """The command line of the web server for one of our applications."""
    where = ["--host", host, "--port", str(port), "--no-ws", "--workers", "1"]
    quietly = ["--workers-kill-timeout", "8", "--log-level", "error"]  # warnings advise on threads
    granian = [str(PYTHON), "-m", "granian", "--interface", "wsgi", "--blocking-threads", threads]
    return [*granian, *where, *quietly, f"exchange.project.{application}:application"]


def must(command: Command, *, env: Mapping[str, str], doing: str) -> str:
    """Run quietly; when it fails, show all it said and stop."""
    code, words = output_of(command, env=env)
    if code:
        print(words, file=sys.stderr, flush=True)
        raise Trouble(f"{doing} failed (exit code {code}); what it said is above.")
    return words
