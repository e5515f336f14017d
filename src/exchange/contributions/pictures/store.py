"""Where the files of pictures lie: DATA_DIR/pictures/<first letters>/<key>/<width>.webp.
Called by the actions, the clock and the view of pictures; knows keys and files alone."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Collection, Iterator
from pathlib import Path

from django.conf import settings

from exchange.contributions.pictures.sandbox import WIDTHS, Derived
from exchange.core import ids

_KEY = re.compile(r"[A-Za-z0-9_-]{16,32}")
OLD_SECONDS = 3600


def put(key: str, sizes: Collection[Derived]) -> None:
    """All files or none: written beside, then moved to their place in one step."""
    place = _place(key)
    fresh = _tmp() / f"picture-{ids.new_id()}"
    fresh.mkdir(mode=0o700)
    for one in sizes:
        with (fresh / f"{one.at}.webp").open("xb") as file:
            file.write(one.data)
            file.flush()
            os.fsync(file.fileno())
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh.rename(place)


def read(key: str, width: int) -> bytes | None:
    """One file; None when it is not there."""
    if not _KEY.fullmatch(key) or width not in WIDTHS:
        return None
    try:
        return (_place(key) / f"{width}.webp").read_bytes()
    except FileNotFoundError:
        return None


def remove(key: str) -> None:
    """Every file of a picture; what is not there is no trouble."""
    if _KEY.fullmatch(key):
        shutil.rmtree(_place(key), ignore_errors=True)


def old_keys() -> Iterator[str]:
    """Pictures that have files and are not just being added."""
    for place in _root().glob("??/*"):
        if _is_old(place):
            yield place.name


def drop_old_rest() -> None:
    """What an interrupted upload left behind."""
    for left in _tmp().iterdir():
        if _is_old(left):
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)


def _is_old(path: Path) -> bool:
    try:
        return path.stat().st_mtime < time.time() - OLD_SECONDS
    except FileNotFoundError:
        return False


def _root() -> Path:
    return Path(settings.DATA_DIR) / "pictures"


def _tmp() -> Path:
    place = Path(settings.FILE_UPLOAD_TEMP_DIR)
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place


def _place(key: str) -> Path:
    return _root() / key[:2] / key
