"""What is installed for the tests starts nothing of its own. Run by pytest."""

from pathlib import Path

import pytest

from launch import system_packages


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[list[str]]:
    """A machine where Debian asks in a folder of ours, and what its service manager was told."""
    said: list[list[str]] = []
    monkeypatch.setattr(system_packages, "MAY_START", tmp_path / "policy-rc.d")
    monkeypatch.setattr(system_packages.shutil, "which", lambda *_words, **_named: "/bin/systemctl")
    monkeypatch.setattr(system_packages, "output_of", lambda words: said.append(words) or (0, ""))
    return said


def test_a_service_is_installed_without_starting_now_or_later(asked: list[list[str]]) -> None:
    with system_packages._without_services({"redis-server", "icecast2"}):
        rule = system_packages.MAY_START
        assert rule.read_text() == "#!/bin/sh\nexit 101\n"
        assert rule.stat().st_mode & 0o111

    assert not rule.exists()
    assert [words[-1] for words in asked] == ["icecast2", "redis-server"]


def test_a_rule_of_the_machine_itself_is_left_alone(asked: list[list[str]]) -> None:
    system_packages.MAY_START.write_text("#!/bin/sh\nexit 0\n")

    with system_packages._without_services({"redis-server"}):
        assert "exit 0" in system_packages.MAY_START.read_text()
    assert system_packages.MAY_START.exists()
    assert not asked


def test_without_services_nothing_is_asked(asked: list[list[str]]) -> None:
    with system_packages._without_services(set()):
        assert not system_packages.MAY_START.exists()
