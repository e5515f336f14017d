"""Makes a data directory ready: translations, database, starter content; skips what is done.
Called by `run` and before every command that needs a filled database."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from launch.places import SOURCE, VENV, Hold, fingerprint, read_stamp, write_stamp
from launch.processes import django, environment, must
from launch.voice import say

HOUSE = SOURCE / "exchange"
STAMPS = "prepared.json"
# Their tables are made when the writing room first opens, and asked about there.
OF_THE_WRITING_ROOM = ("writing", "taggit", "wagtail")
LANGUAGES = VENV / "exchange-languages.json"


def prepare(data: Path) -> None:
    """Leave translations compiled, migrations applied and the starter content loaded."""
    compile_languages(data)
    hold = Hold(data / ".prepare.lock")
    hold.take()
    try:
        _prepare_database(data)
    finally:
        hold.release()


def compile_languages(data: Path) -> None:
    """The compiled files lie beside their sources, so the stamp lies with the checkout."""
    sources = sorted(HOUSE.glob("locale/*/LC_MESSAGES/*.po"))
    stamp = {"sources": fingerprint(sources)}
    if read_stamp(LANGUAGES) == stamp and all(po.with_suffix(".mo").exists() for po in sources):
        return
    if sources:
        say("Compiling the translations.")
        must(django("compile_languages"), env=environment(data), doing="Compiling the translations")
    write_stamp(LANGUAGES, stamp)


def _prepare_database(data: Path) -> None:
    stamps = read_stamp(data / STAMPS)
    starter = fingerprint(_starter_files())
    env = environment(data)
    if not is_migrated(data, stamps):
        say("Bringing the database up to date.")
        must(django("migrate", "--verbosity=0"), env=env, doing="Bringing the database up to date")
        stamps = {}
    if stamps.get("starter") != starter:
        say(must(django("load_starter"), env=env, doing="Loading the starter content").strip())
    write_stamp(data / STAMPS, {"starter": starter, **what_is_applied(data)})


def what_is_applied(data: Path) -> dict[str, object]:
    """What the stamp remembers of a database that is up to date."""
    return {
        "database": _identity(data),
        "migrations": _migration_files(),
        "applied": applied_migrations(data),
    }


def is_migrated(data: Path, stamps: dict[str, object]) -> bool:
    """Never take the stamp's word alone: the file may have been replaced by an older copy."""
    applied = applied_migrations(data)
    return (
        bool(applied)
        and stamps.get("database") == _identity(data)
        and stamps.get("migrations") == _migration_files()
        and stamps.get("applied") == applied
    )


def _identity(data: Path) -> str:
    return "server" if os.environ.get("EXCHANGE_DATABASE") else str(_sqlite_file(data))


def _sqlite_file(data: Path) -> Path:
    return data / "exchange.sqlite3"


def applied_migrations(data: Path) -> list[str]:
    """What the database itself says was applied, but for the writing room's; nothing when only a
    server could tell."""
    path = _sqlite_file(data)
    if os.environ.get("EXCHANGE_DATABASE") or not path.exists():
        return []
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=20)) as database:
            rows = database.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
            return [
                f"{app}.{name}" for app, name in rows if not app.startswith(OF_THE_WRITING_ROOM)
            ]
    except sqlite3.Error:
        return []


def migration_names() -> set[str]:
    """Our own migrations, as the database would name them."""
    found = [(path.parent.parent.name, path.stem) for path in HOUSE.glob("*/migrations/[0-9]*.py")]
    return {f"{app}.{name}" for app, name in found if not app.startswith(OF_THE_WRITING_ROOM)}


def _migration_files() -> str:
    lock = SOURCE.parent / "requirements" / "base.txt"  # packages bring migrations of their own
    return fingerprint([*HOUSE.glob("*/migrations/*.py"), lock])


def _starter_files() -> list[Path]:
    found = [path for path in HOUSE.glob("*/starter/**/*") if path.is_file()]
    found += HOUSE.glob("project/starter*.py")
    return found
