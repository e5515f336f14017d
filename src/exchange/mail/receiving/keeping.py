"""The files of mail that came in: complete ones in the spool, kept ones by month, unreadable ones.
Called by the actions of receiving; the spool itself is written by `mail.door.spool`."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from django.conf import settings

from exchange.core.time import now
from exchange.mail.door import spool

_ARRIVAL = re.compile(r"[0-9]{8}T[0-9]{6}-[0-9a-f]{16}")


class Unreadable(Exception):
    """A file in the spool that is no mail of ours, or that the disk does not give back."""


@dataclass(frozen=True)
class Notes:
    """What the door wrote down beside a mail."""

    via: str = "smtp"
    sender: str = ""
    recipient: str = ""
    peer: str = ""
    helo: str = ""
    at: datetime | None = None


def put(raw: bytes, notes: Notes) -> str:
    """Write a mail into the spool as the door does; its arrival is given back when it is safe."""
    spool.prepare(settings.MAIL_IN_DIR)
    draft = spool.Draft(settings.MAIL_IN_DIR)
    try:
        draft.write(raw)
        said = {"via": notes.via, "from": notes.sender, "to": notes.recipient}
        return draft.settle([{**said, "peer": notes.peer, "helo": notes.helo}])[0]
    finally:
        draft.discard()


def complete(at_most: int) -> list[Path]:
    """Mails that wait in the spool, the longest waiting first."""
    try:
        with os.scandir(settings.MAIL_IN_DIR / "new") as entries:
            names = sorted(entry.name for entry in entries if entry.name.endswith(".eml"))
    except FileNotFoundError:
        return []
    return [settings.MAIL_IN_DIR / "new" / name for name in islice(names, at_most)]


def open_file(path: Path) -> tuple[bytes, Notes]:
    """A mail of the spool and its notes. Raises Unreadable; FileNotFoundError when another worker
    has taken it."""
    if not _ARRIVAL.fullmatch(path.stem):
        raise Unreadable
    try:
        raw = path.read_bytes()
        return raw, _notes(path.with_suffix(".json"))
    except FileNotFoundError:
        if path.exists():
            raise Unreadable from None
        raise
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise Unreadable from error


def keep(path: Path) -> None:
    """Move it from the spool to the month it came in; done twice, or by two, it is done once."""
    folder = _month(path.stem)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileNotFoundError):
        path.chmod(0o600)
        # The mail last: as long as it lies in the spool, it will be taken again.
        notes = path.with_suffix(".json")
        _copy(notes, folder / notes.name)
        path.replace(folder / path.name)
        notes.unlink()


def put_aside(path: Path) -> None:
    """What cannot be read is out of the way, and still there for somebody who looks."""
    folder = settings.MAIL_IN_DIR / "broken"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileNotFoundError):
        path.replace(folder / path.name)
        notes = path.with_suffix(".json")
        notes.replace(folder / notes.name)


def raw_of(arrival: str) -> bytes | None:
    """The mail itself, wherever it lies; None when it is gone."""
    for folder in (_month(arrival), settings.MAIL_IN_DIR / "new"):
        with suppress(FileNotFoundError):
            return (folder / f"{arrival}.eml").read_bytes()
    return None


def notes_of(arrival: str) -> Notes:
    """What the door wrote down; nothing when that is gone."""
    for folder in (_month(arrival), settings.MAIL_IN_DIR / "new"):
        with suppress(OSError, ValueError, TypeError, AttributeError):
            return _notes(folder / f"{arrival}.json")
    return Notes()


def forget(arrival: str) -> None:
    """Its files go."""
    for suffix in (".eml", ".json"):
        (_month(arrival) / f"{arrival}{suffix}").unlink(missing_ok=True)


def strays(since: datetime) -> Iterator[Path]:
    """Kept mails of the last days, to compare with the rows: a database that was set back by a
    power cut may not know of one."""
    for month in {f"{since:%Y-%m}", f"{now():%Y-%m}"}:
        for path in sorted((settings.MAIL_IN_DIR / "kept" / month).glob("*.eml")):
            if path.stem >= f"{since:%Y%m%dT%H%M%S}":
                yield path


def bring_back(path: Path) -> None:
    """Let a kept mail be taken once more."""
    new = settings.MAIL_IN_DIR / "new"
    notes = path.with_suffix(".json")
    with suppress(FileNotFoundError):
        notes.replace(new / notes.name)
        path.replace(new / path.name)


def how_many_broken() -> int:
    """How many files lie aside because nobody could read them."""
    try:
        with os.scandir(settings.MAIL_IN_DIR / "broken") as entries:
            return sum(entry.name.endswith(".eml") for entry in entries)
    except FileNotFoundError:
        return 0


def _copy(source: Path, target: Path) -> None:
    unfinished = target.with_name(f"{target.name}.{os.getpid()}")
    unfinished.write_bytes(source.read_bytes())
    unfinished.chmod(0o600)
    unfinished.replace(target)


def _notes(path: Path) -> Notes:
    said = json.loads(path.read_bytes())
    at = datetime.fromisoformat(str(said["at"])) if said.get("at") else None
    return Notes(
        via=str(said.get("via") or "smtp")[:12],
        sender=str(said.get("from") or "").strip().removeprefix("<").removesuffix(">"),
        recipient=str(said.get("to") or "").strip().removeprefix("<").removesuffix(">"),
        peer=str(said.get("peer") or ""),
        helo=str(said.get("helo") or ""),
        at=at.replace(tzinfo=at.tzinfo or UTC) if at else None,
    )


def _month(arrival: str) -> Path:
    folder: Path = settings.MAIL_IN_DIR / "kept" / f"{arrival[:4]}-{arrival[4:6]}"
    return folder
