"""icecast2 and the sound program in the launcher: only where they can be, private, and as nobody.
Run by pytest alone."""

import json
import stat
import subprocess
import time
from pathlib import Path

import pytest

from launch import sounding
from launch.ports import free_port
from launch.sounding import answers, configure, found, in_words, programs


@pytest.fixture(autouse=True)
def nobody_chose(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EXCHANGE_ICECAST", raising=False)


@pytest.fixture
def nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sounding, "found", lambda name: "")


def only(name: str):
    return lambda asked: f"/usr/bin/{asked}" if asked == name else ""


def test_without_ffmpeg_nothing_is_started_and_doctor_says_how_to_add_it(nothing, tmp_path: Path):
    well, words = in_words(tmp_path, is_running=False)

    assert programs({}, tmp_path) == []
    assert well
    assert "apt-get install --no-install-recommends ffmpeg icecast2" in words


def test_with_ffmpeg_alone_minutes_are_kept(monkeypatch, tmp_path: Path):
    monkeypatch.setattr(sounding, "found", only("ffmpeg"))

    assert [one.name for one in programs({}, tmp_path)] == ["sound program"]
    assert "kept in minutes" in in_words(tmp_path, is_running=True)[1]
    assert not (tmp_path / "sound" / "icecast" / "icecast.json").exists()


def test_an_icecast_of_somebody_else_is_used_and_not_started(monkeypatch, tmp_path: Path):
    monkeypatch.setattr(sounding, "found", lambda name: f"/usr/bin/{name}")
    env = {"EXCHANGE_ICECAST": "http://source:secret@127.0.0.1:8000"}

    assert [one.name for one in programs(env, tmp_path)] == ["sound program"]


def test_what_is_extra_never_stops_the_rest(monkeypatch, tmp_path: Path):
    monkeypatch.setattr(sounding, "found", lambda name: f"/usr/bin/{name}")

    started = programs({}, tmp_path)

    assert [one.name for one in started] == ["icecast2", "sound program"]
    assert all(one.is_extra for one in started)


def test_the_configuration_is_for_its_owner_alone_and_has_new_passwords(tmp_path: Path):
    first = configure(tmp_path / "icecast", 8010).read_text()
    told = json.loads((tmp_path / "icecast" / "icecast.json").read_text())
    second = configure(tmp_path / "icecast", 8010).read_text()

    assert told["password"] in first
    assert told["password"] not in second
    for name in ("icecast.xml", "icecast.json"):
        assert stat.S_IMODE((tmp_path / "icecast" / name).stat().st_mode) == 0o600
    assert "<bind-address>127.0.0.1</bind-address>" in second


def test_icecast_starts_with_it_whoever_we_are_and_doctor_hears_it(tmp_path: Path):
    port = free_port(sounding.HERE, 0)
    configuration = configure(tmp_path / "sound" / "icecast", port)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([found("icecast2"), "-c", configuration], **quiet) as icecast:
        try:
            late = time.monotonic() + 10
            while not answers("127.0.0.1", port) and time.monotonic() < late:
                time.sleep(0.02)
            well, words = in_words(tmp_path, is_running=True)
            owner = Path(f"/proc/{icecast.pid}").stat().st_uid
        finally:
            icecast.kill()

    assert well
    assert "answers" in words
    assert owner != 0
    assert in_words(tmp_path, is_running=True)[0] is False
