"""`./exchange check`: everything that must hold before a change is shared, fastest first.
Called by launch.commands; stops at the first step that fails."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from launch import testing
from launch.places import PYTHON, ROOT, VENV
from launch.preparing import compile_languages
from launch.processes import Command, django, run
from launch.voice import say

TEMPLATES = "src/exchange/*/templates/**/*.html"


def check() -> int:
    """Run each step, say how long it took, stop at the first that fails."""
    testing.bring_what_is_needed()
    tested = testing.was_just_tested()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="exchange-check-") as place:
        env = testing.test_environment(Path(place))
        compile_languages(Path(place))
        for name, command in steps():
            if not _passes(name, lambda command=command: run(command, env=env)):  # type: ignore[misc]
                return 1
    if tested:
        say("tests: these same files passed them just now, so they are not run again.")
    elif not _passes("tests", lambda: testing.test([])):
        return 1
    say(f"All is well ({time.monotonic() - begun:.0f} s).")
    return 0


def steps() -> list[tuple[str, Command]]:
    """The quick ones first: a slip in format should not cost a minute of tests."""
    ruff = [str(PYTHON), "-m", "ruff"]
    templates = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob(TEMPLATES))
    found: list[tuple[str, Command]] = [
        ("format", [*ruff, "format", "--check", "--quiet", ".", "exchange"]),
        ("lint", [*ruff, "check", "--quiet", ".", "exchange"]),
        ("floors", [PYTHON, VENV / "bin" / "lint-imports", "--no-logo"]),
        ("settings", django("check", "--fail-level", "WARNING")),
        ("migrations", django("makemigrations", "--check", "--dry-run")),
        ("translations", django("languages", "--check")),
        ("types", [PYTHON, "-m", "mypy", "-p", "exchange", "-p", "launch"]),
    ]
    if templates:
        found.insert(1, ("templates", [VENV / "bin" / "djangofmt", "check", *templates]))
    return found


def _passes(name: str, step: Callable[[], int]) -> bool:
    begun = time.monotonic()
    passed = step() == 0
    say(f"{name}: {'well' if passed else 'NOT WELL'} ({time.monotonic() - begun:.1f} s)")
    return passed
