"""`./exchange check`: everything that must hold before a change is shared, fastest first.
Called by launch.commands; stops at the first step that fails."""

import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from launch import testing
from launch.places import PYTHON, VENV
from launch.preparing import compile_languages
from launch.processes import Command, django, output_of
from launch.voice import say

# A made-up site on the open internet, so that its stricter settings are checked as well.
ON_THE_INTERNET = {
    "EXCHANGE_MODE": "production",
    "EXCHANGE_BASE_URL": "https://exchange.example.org",
    "EXCHANGE_SMTP": "smtp://name:password@mail.example.org:587",
    "EXCHANGE_SECRET_KEY": "only to look at the settings, never to serve anybody: " + 50 * "x",
}
WRITING = {"DJANGO_SETTINGS_MODULE": "exchange.project.writing_settings"}


@dataclass(frozen=True)
class Step:
    """One thing that must hold, and how to ask."""

    name: str
    command: Command
    settings: Mapping[str, str] = field(default_factory=dict)


def check() -> int:
    """Run each step, say how long it took, stop at the first that fails."""
    begun = time.monotonic()
    testing.bring_what_is_needed()
    tested = testing.was_just_tested()
    with tempfile.TemporaryDirectory(prefix="exchange-check-") as place:
        env = testing.test_environment(Path(place))
        compile_languages(Path(place))
        if not all(holds(step, env) for step in steps()):
            return 1
    if tested:
        say("tests: these same files have just passed them, so they are not run again.")
    elif testing.test([]):
        return 1
    say(f"All is well ({time.monotonic() - begun:.0f} s).")
    return 0


def steps() -> list[Step]:
    """The quick ones first: a slip in format should not cost a minute of tests."""
    ruff = [str(PYTHON), "-m", "ruff"]
    return [
        Step("format", [*ruff, "format", "--check", ".", "exchange"]),
        Step("lint", [*ruff, "check", ".", "exchange"]),
        Step("floors", [PYTHON, VENV / "bin" / "lint-imports", "--no-logo"]),
        Step("settings", django("check", "--fail-level", "WARNING")),
        Step("settings in production", django("check", "--deploy"), ON_THE_INTERNET),
        Step("migrations", django("makemigrations", "--check", "--dry-run")),
        Step("settings of the writing room", django("check", "--fail-level", "WARNING"), WRITING),
        Step("its migrations", django("makemigrations", "--check", "--dry-run"), WRITING),
        Step("translations", django("languages", "--check")),
        Step("types", [PYTHON, "-m", "mypy", "-p", "exchange", "-p", "launch"]),
    ]


def holds(step: Step, env: Mapping[str, str]) -> bool:
    """Ask, and repeat what was answered only if something is wrong."""
    begun = time.monotonic()
    code, words = output_of(step.command, env={**env, **step.settings})
    if code:
        say(words.rstrip())
    say(f"{step.name}: {'NOT WELL' if code else 'well'} ({time.monotonic() - begun:.1f} s)")
    return code == 0
