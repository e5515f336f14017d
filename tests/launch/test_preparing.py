"""When a start may skip the migrations, and when it must not. Run by pytest."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from launch.preparing import applied_migrations, is_migrated, migration_names, what_is_applied


@pytest.fixture(autouse=True)
def on_sqlite(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EXCHANGE_DATABASE", raising=False)


def a_database(place: Path, *names: str) -> Path:
    path = place / "exchange.sqlite3"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE IF NOT EXISTS django_migrations (app TEXT, name TEXT)")
        rows = [tuple(name.split(".")) for name in names]
        database.executemany("INSERT INTO django_migrations VALUES (?, ?)", rows)
        database.commit()
    return path


def test_a_database_as_it_was_left_is_not_migrated_again(tmp_path: Path) -> None:
    a_database(tmp_path, "members.0001_members")

    assert is_migrated(tmp_path, what_is_applied(tmp_path))


def test_a_database_without_a_stamp_is_migrated(tmp_path: Path) -> None:
    a_database(tmp_path, "members.0001_members")

    assert not is_migrated(tmp_path, {})


def test_an_older_copy_put_in_its_place_is_migrated(tmp_path: Path) -> None:
    path = a_database(tmp_path, "members.0001_members")
    shutil.copy(path, tmp_path / "backup")
    a_database(tmp_path, "members.0002_newer")
    stamp = what_is_applied(tmp_path)

    shutil.copy(tmp_path / "backup", path)

    assert not is_migrated(tmp_path, stamp)


def test_a_database_that_went_away_is_made_again(tmp_path: Path) -> None:
    path = a_database(tmp_path, "members.0001_members")
    stamp = what_is_applied(tmp_path)

    path.unlink()

    assert not is_migrated(tmp_path, stamp)


def test_a_file_that_is_no_database_is_left_to_the_application(tmp_path: Path) -> None:
    (tmp_path / "exchange.sqlite3").write_text("not a database at all, but long enough to look")

    assert applied_migrations(tmp_path) == []


def test_a_server_is_always_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXCHANGE_DATABASE", "postgresql://exchange@/exchange")

    assert not is_migrated(tmp_path, what_is_applied(tmp_path))


def test_our_migrations_are_named_as_the_database_names_them() -> None:
    assert all(name.count(".") == 1 for name in migration_names())


def test_what_the_writing_room_made_is_no_matter_of_a_start(tmp_path: Path) -> None:
    a_database(tmp_path, "members.0001_members")
    stamp = what_is_applied(tmp_path)

    a_database(tmp_path, "wagtailcore.0001_initial", "taggit.0001_initial", "writing.0001_first")

    assert is_migrated(tmp_path, stamp)
    assert not any(name.startswith("writing.") for name in migration_names())
