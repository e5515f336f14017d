"""How words choose tests, and how the launcher knows what was tested. Run by pytest."""

from pathlib import Path

import pytest

from launch import places, testing, tree


@pytest.mark.parametrize(
    ("words", "chosen"),
    [
        ([], []),
        (["launch"], ["tests/launch"]),
        (["tests/launch"], ["tests/launch"]),
        (["launch/test_testing.py::test_x"], ["tests/launch/test_testing.py::test_x"]),
        (["orphan"], ["-k", "orphan"]),
        (["launch", "no orphan"], ["tests/launch", "-k", "no and orphan"]),
        (["orphan", "port", "-x"], ["-x", "-k", "orphan or port"]),
    ],
)
def test_a_word_is_a_room_a_path_or_part_of_a_name(words: list[str], chosen: list[str]) -> None:
    assert testing.selection(words) == chosen


@pytest.mark.parametrize(
    ("words", "chosen"),
    [
        ([], [[], ["tests/writing"]]),
        (["launch"], [["tests/launch"]]),
        (["writing"], [["tests/writing"]]),
        (["writing/test_access.py"], [["tests/writing/test_access.py"]]),
        (["orphan"], [["-k", "orphan"], ["tests/writing", "-k", "orphan"]]),
        (["launch", "writing", "-x"], [["tests/launch", "-x"], ["tests/writing", "-x"]]),
    ],
)
def test_the_writing_room_has_a_round_of_its_own(words: list[str], chosen: list[list[str]]) -> None:
    found = [list(one.chosen) for one in testing.rounds(words)]

    own = "--ds=tests.writing.settings"
    assert [[word for word in one if word != own] for one in found] == chosen
    assert all((own in one) == any("writing" in word for word in one) for one in found)


def test_settings_of_the_person_do_not_reach_the_tests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXCHANGE_SMTP", "smtp://mail.example.org")
    monkeypatch.setenv("EXCHANGE_DATABASE", "postgresql://real@/people")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")

    env = testing.test_environment(tmp_path)

    assert "EXCHANGE_SMTP" not in env
    assert "EXCHANGE_DATABASE" not in env
    assert "PYTHONDONTWRITEBYTECODE" not in env
    assert env["EXCHANGE_DATA"] == str(tmp_path)


def test_every_change_of_a_file_changes_the_tree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree, "ROOT", tmp_path)
    (tmp_path / "page.html").write_text("one")
    before = tree.fingerprint()

    (tmp_path / "page.html").write_text("two")
    changed = tree.fingerprint()
    (tmp_path / "new.py").write_text("")

    assert len({before, changed, tree.fingerprint()}) == 3


def test_what_is_made_and_not_written_does_not_change_the_tree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree, "ROOT", tmp_path)
    before = tree.fingerprint()

    for name in ("var", ".ruff_cache", "__pycache__"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text("made")

    assert tree.fingerprint() == before


def test_the_locks_name_no_place_to_fetch_from() -> None:
    for lock in places.REQUIREMENTS.glob("*.txt"):
        words = lock.read_text()
        pins = [line for line in words.splitlines() if line[:1].isalnum()]

        assert "://" not in words
        assert "--index-url" not in words
        assert all("==" in line for line in pins)
        assert words.count("--hash=sha256:") >= len(pins)


def test_what_is_asked_once_is_there() -> None:
    assert [path for path in testing.ONCE if not (places.ROOT / path).exists()] == []
