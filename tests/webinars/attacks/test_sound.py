"""Pieces that are no sound of a browser: nothing comes of them, and nothing is fetched or unpacked.
Run by pytest alone."""

import shutil
import subprocess
import time
from pathlib import Path

import pytest

from exchange.webinars.sound.program.decoding import BEGINS, Sitting

HOSTILE = {
    "a list": b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
    "a list of files": b"ffconcat version 1.0\nfile /etc/passwd\n",
    "an address": b"http://127.0.0.1:9/\n",
    "nothing": b"",
    "noise": BEGINS + bytes(range(256)) * 700,
    "a page": b"<svg onload=alert(1)>" * 400,
}


@pytest.fixture
def sitting(tmp_path: Path) -> Sitting:
    (tmp_path / "work").mkdir()
    (tmp_path / "in").mkdir()
    return Sitting(tmp_path / "in", tmp_path / "work")


def _decoded(sitting: Sitting, piece: bytes, seconds: float) -> int:
    """Send it as the first piece; how many bytes of sound come of it."""
    (sitting.folder / "00000000.webm").write_bytes(piece)
    found, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        found += len(sitting.tend(time.monotonic(), 0.0))
        if found:
            break
        time.sleep(0.02)
    sitting.end()
    return found


def _made(folder: Path, codec: str) -> bytes:
    """Silence in a container of the right sort."""
    made = folder / "made.mkv"
    source = ("-f", "lavfi", "-i", "anullsrc=r=48000:cl=mono", "-t", "30")
    subprocess.run(
        [
            str(shutil.which("ffmpeg")),
            "-loglevel",
            "quiet",
            "-y",
            *source,
            "-c:a",
            codec,
            str(made),
        ],
        check=True,
    )
    return made.read_bytes()


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_sound_becomes_none(sitting, name):
    assert _decoded(sitting, HOSTILE[name], 0.6) == 0


def test_only_what_browsers_send_is_unpacked(sitting, tmp_path):
    assert _decoded(sitting, _made(tmp_path, "flac"), 0.6) == 0

    again = Sitting(sitting.folder, sitting.folder.with_name("work"))
    again.next = 0
    assert _decoded(again, _made(tmp_path, "libopus"), 8.0) > 0
