"""Directories and stamps: what cannot be used is said in words; a stamp is whole or not there.
Run by pytest."""

import subprocess
import sys
from pathlib import Path

import pytest

from launch.places import Hold, data_directory, read_stamp, write_stamp
from launch.voice import Trouble


def test_a_missing_directory_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    place = data_directory(str(tmp_path / "a" / "b"))

    assert place.is_dir()
    assert place.stat().st_mode & 0o077 == 0


def test_a_file_in_the_way_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here")

    with pytest.raises(Trouble, match="is a file, not a directory"):
        data_directory(str(tmp_path / "file"))


def test_a_place_under_a_file_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here")

    with pytest.raises(Trouble, match="lies under a file"):
        data_directory(str(tmp_path / "file" / "below"))


def test_a_place_that_cannot_be_made_is_said_in_words() -> None:
    with pytest.raises(Trouble, match="Choose another with --data DIR"):
        data_directory("/proc/exchange")


def test_a_hold_is_taken_once_and_ends_with_its_holder(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    script = "import sys; from pathlib import Path; from launch.places import Hold;"
    script += "hold = Hold(Path(sys.argv[1])); print(hold.try_take())"
    other = [sys.executable, "-c", script, path]
    root = Path(__file__).resolve().parents[2]
    hold = Hold(path)

    assert hold.try_take()
    assert subprocess.run(other, cwd=root, capture_output=True, check=True).stdout == b"False\n"
    hold.release()
    assert subprocess.run(other, cwd=root, capture_output=True, check=True).stdout == b"True\n"


def test_a_stamp_that_cannot_be_read_is_no_stamp(tmp_path: Path) -> None:
    write_stamp(tmp_path / "stamp", {"tree": "abc"})
    assert read_stamp(tmp_path / "stamp") == {"tree": "abc"}

    (tmp_path / "stamp").write_text('{"tree": "ab')

    assert read_stamp(tmp_path / "stamp") == {}
    assert read_stamp(tmp_path / "none") == {}
