"""The way in for the very first host: a secret link, kept in one file, that works once.
Made by the `first_host` command, used by the page behind the link."""

import os
import secrets
from pathlib import Path

from django.conf import settings

from exchange.core import ids


def token() -> str:
    """The secret of the link; made when there is none yet, readable by the owner alone."""
    path = _path()
    if not path.exists():
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(ids.new_id(24))
        fresh.replace(path)
    return path.read_text().strip()


def is_open(given: str) -> bool:
    """Whether a link is the one that was printed."""
    path = _path()
    return path.exists() and secrets.compare_digest(given.encode(), path.read_bytes().strip())


def use(given: str) -> bool:
    """True for exactly one caller, even when two press the button at once."""
    if not is_open(given):
        return False
    try:
        _path().unlink()
    except FileNotFoundError:
        return False
    return True


def close() -> None:
    """There is a host now: the link is dead."""
    _path().unlink(missing_ok=True)


def _path() -> Path:
    return Path(settings.DATA_DIR) / "first-host-token"
