"""`./exchange test`: brings what the tests need, then runs them on SQLite and on PostgreSQL.
Called by launch.commands and launch.checking."""

import re
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from launch import environment as venv
from launch import system_packages, tree
from launch.places import PYTHON, ROOT, VENV, read_stamp, write_stamp
from launch.postgres import private_server
from launch.preparing import compile_languages
from launch.processes import Command, environment, run
from launch.voice import Trouble, say

PASSED = VENV / "exchange-tested.json"
NOTHING_FITTED = 5  # pytest's own exit code for "no test was collected"
# What no database can change is not asked twice; tests/conftest.py sees that none of these asks one.
ONCE = (
    "tests/launch",
    *(f"tests/house/test_{name}.py" for name in ("doors", "floors", "sizes", "templates")),
    *(f"tests/mail/{name}" for name in ("door", "doctor", "reading", "trust")),
    *(f"tests/mail/test_{name}.py" for name in ("commands", "paper", "replies_bar", "wire")),
    "tests/mail/bounces/test_reading.py",
    "tests/contributions/test_reencoding.py",
    "tests/discovery/test_analyser.py",
    "tests/library/files/test_cleaning.py",
    "tests/library/ladder/test_readability.py",
    *(
        f"tests/library/reading/test_{name}.py"
        for name in ("language", "pdf", "pdf_hostile", "pdf_letters", "programs", "rendering")
    ),
    "tests/safeguarding/test_screening.py",
    "tests/webinars/rooms/test_protocol.py",
    "tests/webinars/sound/test_making.py",
)
WRITING = "tests/writing"
NOT_AGAIN = "not journey or smoke"


@dataclass
class Outcome:
    """How one round of tests went, in pytest's exit code."""

    database: str
    code: int
    seconds: float

    def in_words(self) -> str:
        words = {0: "passed", NOTHING_FITTED: "nothing to run", 2: "interrupted"}
        return f"{self.database}: {words.get(self.code, 'FAILED')} ({self.seconds:.0f} s)"


def test(words: Sequence[str]) -> int:
    """Run what the words ask for, or everything, on both databases; 0 when all passed."""
    begun = time.monotonic()
    bring_what_is_needed()
    before = tree.fingerprint()
    outcomes: list[Outcome] = []
    with tempfile.TemporaryDirectory(prefix="exchange-test-") as place:
        env = test_environment(Path(place))
        compile_languages(Path(place))
        outcomes += [_round("SQLite", one, env) for one in rounds(words)]
        on_sqlite = len(outcomes)
        if all(outcome.code in {0, NOTHING_FITTED} for outcome in outcomes):
            outcomes += _second_rounds(words, env)
    passed = all(outcome.code in {0, NOTHING_FITTED} for outcome in outcomes)
    if all(outcome.code == NOTHING_FITTED for outcome in outcomes):
        raise Trouble(f"No test fits {' '.join(words) or 'here'}.")
    if passed and not words and tree.fingerprint() == before:
        write_stamp(PASSED, {"tree": before})
    if len(outcomes) == on_sqlite:
        say("\nPostgreSQL is tried once all is well on SQLite.")
    spent = time.monotonic() - begun
    say(f"\n{'. '.join(each.in_words() for each in outcomes)}. {spent:.0f} s in all.")
    return 0 if passed else 1


def bring_what_is_needed() -> None:
    """The environment with the tools for testing, and the programs pip cannot bring."""
    if missing := venv.missing_packages() + system_packages.for_tests():
        system_packages.install(missing, why="for the tests")
    venv.ensure("dev")


def was_just_tested() -> bool:
    """Did every test pass on exactly these files?"""
    return read_stamp(PASSED).get("tree") == tree.fingerprint()


def test_environment(place: Path) -> dict[str, str]:
    """Nobody's own settings reach the tests, and no test reaches anybody's data."""
    env = environment(place)
    for name in [name for name in env if name.startswith("EXCHANGE_")]:
        del env[name]
    # What one process has compiled, hundreds of others and the rounds after it need not.
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    env["EXCHANGE_DATA"] = str(place)
    env["EXCHANGE_VENV"] = str(VENV)
    if browser := system_packages.browser():
        env["EXCHANGE_BROWSER"] = browser
    return env


def selection(words: Sequence[str]) -> list[str]:
    """A word is a room or a path if there is one, else a part of a test's name."""
    paths, names, options = [], [], []
    for word in words:
        if word.startswith("-"):
            options.append(word)
        elif found := _place_of(word):
            paths.append(found)
        else:
            names.append(word)
    if names:
        options += ["-k", " or ".join(re.sub(r"[^\w\[\]-]+", " and ", name) for name in names)]
    return [*paths, *options]


def _place_of(word: str) -> str | None:
    path, colons, rest = word.partition("::")
    for candidate in (Path("tests") / path, Path(path)):
        if (ROOT / candidate).exists() and candidate.parts:
            return f"{candidate}{colons}{rest}"
    return None


@dataclass(frozen=True)
class Round:
    """What pytest is told, and what is said of it."""

    name: str
    chosen: tuple[str, ...]


def rounds(words: Sequence[str]) -> list[Round]:
    """The writing room has settings of its own, so its tests are a round of their own. Words that
    name places choose between the two; others are looked for in both."""
    of_the_room = [word for word in words if (_place_of(word) or "").startswith(WRITING)]
    others = [word for word in words if word not in of_the_room]
    has_others = any(_place_of(word) for word in others)
    found = []
    if has_others or not of_the_room:
        found.append(Round("", tuple(selection(others))))
    if of_the_room or not has_others:
        place = [] if of_the_room else [WRITING]
        names = [word for word in words if word in of_the_room or not _place_of(word)]
        chosen = (*place, *selection(names), "--ds=tests.writing.settings")
        found.append(Round(", the writing room", chosen))
    return found


def _round(database: str, one: Round, env: dict[str, str]) -> Outcome:
    name = f"{database}{one.name}"
    say(f"\nTests on {name}")
    begun = time.monotonic()
    command: Command = [PYTHON, "-m", "pytest", *_in_parallel(one.chosen), *one.chosen]
    return Outcome(name, run(command, env=env), time.monotonic() - begun)


def _in_parallel(words: Sequence[str]) -> list[str]:
    return [] if any(word.startswith(("-n", "-x", "--pdb")) for word in words) else ["-n", "2"]


def _second_rounds(words: Sequence[str], env: dict[str, str]) -> list[Outcome]:
    with private_server() as address:
        there = env | {"EXCHANGE_DATABASE": address}
        return [
            _round("PostgreSQL", _without_what_is_asked_once(one), there) for one in rounds(words)
        ]


def _without_what_is_asked_once(one: Round) -> Round:
    more = [f"--ignore={path}" for path in ONCE if not _is_asked_for(path, one.chosen)]
    if not any(word in {"-m", "-k"} for word in one.chosen):
        more += ["-m", NOT_AGAIN]
    return Round(one.name, (*one.chosen, *more))


def _is_asked_for(path: str, chosen: Sequence[str]) -> bool:
    return any(word.startswith(path) for word in chosen)
