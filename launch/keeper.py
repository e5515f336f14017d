"""Keeps long-running programs: starts them, notices when one ends, and leaves no orphan.
Used by `run` (web, worker, live) and by the private PostgreSQL of the tests."""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from launch.guard import send
from launch.places import ROOT
from launch.processes import Command, die_with_parent
from launch.voice import Trouble, say

PATIENCE = 10.0  # seconds a program may take to end by itself
TRIES = 5  # how often one that keeps falling is started again
CALM = 60.0  # after so long on its feet, earlier falls are forgotten
LONGEST_PAUSE = 16.0


@dataclass
class Program:
    """One long-running program and how it has been doing."""

    name: str
    command: Command
    env: Mapping[str, str]
    user: int | None = None  # for a program that refuses to run as root
    group: int | None = None
    output: int | None = None
    is_extra: bool = False  # all else goes on without it
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    falls: int = 0
    start_again_at: float | None = None

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None


class Keeper:
    """All the programs of one command, and the guard that ends them if we are killed."""

    def __init__(self) -> None:
        self.programs: list[Program] = []
        self._guard = _start_guard()

    def start(self, program: Program) -> None:
        if program not in self.programs:
            self.programs.append(program)
        program.process = subprocess.Popen(
            [str(part) for part in program.command],
            env=dict(program.env),
            cwd=ROOT if program.user is None else "/",
            user=program.user,
            group=program.group,
            extra_groups=None if program.user is None else [],
            stdin=subprocess.DEVNULL,
            stdout=program.output,
            stderr=program.output,
            start_new_session=True,  # a group of its own, so that all of it can be ended
            preexec_fn=die_with_parent(),
        )
        program.started = time.monotonic()
        program.start_again_at = None
        self._tell_guard(program.process.pid)

    def mend(self) -> None:
        """Start again what fell, after a pause that grows; give up after TRIES falls."""
        if self._guard.poll() is not None:
            self._guard = _start_guard()
            for program in self.programs:
                if program.process:
                    self._tell_guard(program.process.pid)
        for program in self.programs:
            if program.start_again_at is not None:
                if time.monotonic() >= program.start_again_at:
                    self.start(program)
            elif not program.is_running:
                self._has_fallen(program)

    def _has_fallen(self, program: Program) -> None:
        ending = how_it_ended(program)
        self._forget(program)
        if time.monotonic() - program.started > CALM:
            program.falls = 0
        program.falls += 1
        if program.falls > TRIES and program.is_extra:
            say(
                f"The {program.name} keeps stopping ({ending}). All else goes on; I try on, slowly."
            )
            program.start_again_at = time.monotonic() + CALM
            return
        if program.falls > TRIES:
            raise Trouble(
                f"The {program.name} stopped {program.falls} times in short order ({ending}), so I "
                "stop everything. What it said before is above; ./exchange doctor may know more."
            )
        pause = min(2.0 ** (program.falls - 1), LONGEST_PAUSE)
        program.start_again_at = time.monotonic() + pause
        say(
            f"The {program.name} stopped by itself ({ending}). "
            f"Starting it again in {pause:.0f} s (try {program.falls} of {TRIES})."
        )

    def put_away(self, program: Program) -> None:
        """End one that nobody needs now; the others go on."""
        if program.process and program.is_running:
            program.process.terminate()
            _wait(program.process, time.monotonic() + PATIENCE)
        self._forget(program)
        self.programs.remove(program)
        program.falls, program.start_again_at = 0, None

    def stop(self, *, first: signal.Signals = signal.SIGTERM) -> None:
        """Ask every program to end, wait, then end what is left of each group."""
        for program in self.programs:
            if program.process and program.is_running:
                program.process.send_signal(first)
        until = time.monotonic() + PATIENCE
        for program in self.programs:
            if program.process:
                _wait(program.process, until)
        for program in self.programs:
            self._forget(program)
        self.programs.clear()
        if self._guard.stdin:
            self._guard.stdin.close()
        _wait(self._guard, time.monotonic() + PATIENCE)

    def _forget(self, program: Program) -> None:
        """The first process ended; make sure that nothing of its group lives on."""
        if program.process is None:
            return
        send(program.process.pid, signal.SIGKILL)
        program.process.wait()
        self._tell_guard(-program.process.pid)
        program.process = None

    def _tell_guard(self, number: int) -> None:
        if self._guard.stdin:
            try:
                self._guard.stdin.write(f"{number}\n".encode())
                self._guard.stdin.flush()
            except BrokenPipeError:
                return  # mend() starts another


def _start_guard() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-I", "-S", str(Path(__file__).with_name("guard.py"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def _wait(process: subprocess.Popen[bytes], until: float) -> None:
    try:
        process.wait(max(0.0, until - time.monotonic()))
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def how_it_ended(program: Program) -> str:
    code = program.process.returncode if program.process else None
    if code is None:
        return "no exit code"
    if code < 0:
        return f"ended by {signal.Signals(-code).name}"
    return f"exit code {code}"


class Listener:
    """Waits for whatever comes first: a wish to stop, the end of a child, or the time."""

    def __init__(self) -> None:
        self.wish: signal.Signals | None = None
        self._read, self._write = os.pipe()
        os.set_blocking(self._read, False)
        os.set_blocking(self._write, False)
        self._before: dict[int, Any] = {}

    def __enter__(self) -> "Listener":
        self._wakeup = signal.set_wakeup_fd(self._write, warn_on_full_buffer=False)
        self._handle(signal.SIGINT, self._heard)
        self._handle(signal.SIGTERM, self._heard)
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup means it
            self._handle(signal.SIGHUP, self._heard)
        self._handle(signal.SIGCHLD, lambda _number, _frame: None)
        return self

    def __exit__(self, *_: object) -> None:
        signal.set_wakeup_fd(self._wakeup)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        os.close(self._read)
        os.close(self._write)

    def _handle(
        self, number: signal.Signals, handler: Callable[[int, FrameType | None], None]
    ) -> None:
        self._before[number] = signal.signal(number, handler)

    def _heard(self, number: int, _frame: FrameType | None) -> None:
        if self.wish is not None:  # the second time means: now
            raise KeyboardInterrupt
        self.wish = signal.Signals(number)

    def wait(self, seconds: float) -> None:
        select.select([self._read], [], [], seconds)
        try:
            while os.read(self._read, 512):
                pass
        except BlockingIOError:
            return


def attend(
    keeper: Keeper, listener: Listener, look: Callable[[], None] | None = None, every: float = 0.5
) -> None:
    """Stay, mending what falls, until somebody wishes us to stop; `look` is called so often."""
    while listener.wish is None:
        until_next = _next_look(keeper)
        listener.wait(min(until_next, every) if look else until_next)
        if listener.wish is None:
            keeper.mend()
            if look:
                look()


def _next_look(keeper: Keeper) -> float:
    """Sleep until a child ends (SIGCHLD wakes us) or one is due to be started again."""
    due = [program.start_again_at for program in keeper.programs if program.start_again_at]
    return max(0.05, min(due) - time.monotonic()) if due else 30.0
