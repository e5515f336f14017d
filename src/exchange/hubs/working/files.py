"""Files of a group: cleaned as the library cleans its own, kept for those inside, gone when taken away.
Called by pages and by the clock; each change is one transaction."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, Protocol

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Sum

from exchange.core import cleaning, ids
from exchange.core.languages import current
from exchange.hubs.models import Space
from exchange.hubs.models.working import Kept, Paper
from exchange.hubs.working import papers, rules
from exchange.hubs.working.errors import NotAllowed, TooMuch
from exchange.hubs.working.judging import LABEL, may_stand
from exchange.hubs.working.papers import Written
from exchange.members.models import Member

# All files of one group together.
MOST = 200_000_000
PIECE = 1 << 16
Kind = Paper.Kind


class Upload(Protocol):
    """What a form hands over."""

    name: str | None
    size: int | None
    file: IO[bytes] | None


def add(space: Space, *, by: Member, upload: Upload, written: Written) -> Paper:
    """A file for those inside. Raises NotAllowed, TooMuch, cleaning.NotTaken, Noticed, Refused."""
    if not rules.may_begin(by, space, Kind.FILE):
        raise NotAllowed
    with _cleaned(space, upload) as clean:
        titled = _titled(written, clean)
        with transaction.atomic():
            row = papers.write(space, kind=Kind.FILE, by=by, written=titled)
            if not row.kept.exists():
                _keep(row, by, clean, version=1)
    return row


def replace(paper: Paper, *, by: Member, upload: Upload, insist: bool = False) -> Kept:
    """A newer version; earlier ones stay until the file is taken away. Raises as `add`."""
    if not rules.may_begin(by, paper.space, Kind.FILE) or not paper.is_out:
        raise NotAllowed
    with _cleaned(paper.space, upload) as clean:
        written = Written(insist=insist)
        if not _judged(paper.space, by, clean.words_of_name, written):
            # A name that must wait: the file keeps the one it has.
            clean = _with_name(clean, newest(paper).name)
        with transaction.atomic():
            row = papers.locked(paper)
            last = row.kept.aggregate(last=Max("version"))["last"] or 0
            kept = _keep(row, by, clean, version=last + 1)
            papers.tell(row, "file_replaced", by)
    return kept


def newest(paper: Paper) -> Kept:
    found: Kept = paper.kept.order_by("-version")[0]
    return found


def room_left(space: Space) -> int:
    used = Kept.objects.filter(paper__space=space).aggregate(all=Sum("size"))["all"] or 0
    return max(0, MOST - used)


def empty(*, paper_id: int) -> None:
    """It was taken away: its bytes leave the disk, and no name of it stays."""
    with transaction.atomic():
        rows = Kept.objects.filter(paper_id=paper_id, paper__state=Paper.State.GONE)
        keys = list(rows.values_list("key", flat=True))
        rows.delete()
        transaction.on_commit(lambda: _remove(keys))


def _remove(keys: list[str]) -> None:
    for key in keys:
        _place(key).unlink(missing_ok=True)


def sweep() -> None:
    """What a crash left behind: bytes without a row, papers that are gone with bytes."""
    gone = Kept.objects.filter(paper__state=Paper.State.GONE).values_list("paper_id", flat=True)
    for pk in set(gone):
        empty(paper_id=pk)
    for place in _root().glob("??/*"):
        is_old = place.stat().st_mtime < os.path.getmtime(_root()) - 3600
        if is_old and not Kept.objects.filter(key=place.name).exists():
            place.unlink(missing_ok=True)


def pieces(kept: Kept) -> Iterator[bytes]:
    """Raises FileNotFoundError at once."""
    file = _place(kept.key).open("rb")
    return _read(file)


def _read(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece


def _cleaned(space: Space, upload: Upload) -> AbstractContextManager[cleaning.Clean]:
    size = upload.size or 0
    if size > settings.LARGEST_FILE or size > room_left(space):
        raise TooMuch
    if upload.file is None:
        raise NotAllowed
    return cleaning.cleaned(upload.file, size, upload.name or "")


def _judged(space: Space, by: Member, words: str, written: Written) -> bool:
    return may_stand(space, by, words=words, language=current(), insist=written.insist, kind=LABEL)


def _titled(written: Written, clean: cleaning.Clean) -> Written:
    return Written(
        title=written.title or clean.name[:200],
        beside=clean.words_of_name,
        insist=written.insist,
        once_key=written.once_key,
    )


def _with_name(clean: cleaning.Clean, name: str) -> cleaning.Clean:
    return cleaning.Clean(**{**vars(clean), "name": name})


def _keep(row: Paper, by: Member, clean: cleaning.Clean, *, version: int) -> Kept:
    key = ids.new_id()
    _put(clean.path, _place(key))
    kept: Kept = Kept.objects.create(
        paper=row,
        key=key,
        version=version,
        name=clean.name,
        media_type=clean.media_type,
        size=clean.size,
        sha256=clean.sha256,
        taken_out=list(clean.taken_out),
        by=by,
    )
    return kept


def _put(source: Path, place: Path) -> None:
    """Written beside, made sure of, then moved to its place in one step."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = place.with_name(f".{place.name}")
    with source.open("rb") as given, fresh.open("xb") as copy:
        fresh.chmod(0o600)
        shutil.copyfileobj(given, copy, PIECE)
        copy.flush()
        os.fsync(copy.fileno())
    fresh.rename(place)


def _place(key: str) -> Path:
    return _root() / key[:2] / key


def _root() -> Path:
    return Path(settings.DATA_DIR) / "groups"
