"""What the tests of recordings begin with: an hour that is over, with minutes of real sound.
Read by pytest alone."""

import shutil
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from exchange.core.time import now
from exchange.members.models import Member
from exchange.webinars.models import Broadcast, Phase, Piece, Recording, Webinar
from exchange.webinars.recordings import actions, queries, working
from exchange.webinars.sound import places
from tests import cast
from tests.webinars.conftest import planned

_SOUND = ("ffmpeg", "-nostdin", "-loglevel", "quiet", "-y", "-f", "lavfi")


@pytest.fixture(scope="session")
def minute(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds of a tone, as the sound program writes its minutes."""
    folder = tmp_path_factory.mktemp("minute")
    tone = [*_SOUND, "-i", "sine=frequency=440:duration=2", "-ar", "16000", "-ac", "1"]
    opus = ["-c:a", "libopus", "-b:a", "12k", str(folder / "one.opus")]
    mp3 = ["-c:a", "libmp3lame", "-b:a", "24k", "-write_xing", "0", str(folder / "one.mp3")]
    for end in (opus, mp3):
        subprocess.run([*tone, *end], check=True)
    return folder


@pytest.fixture
def over(beatriz: Member) -> Webinar:
    """Announced as recorded, begun an hour ago and ended."""
    begun = now().replace(microsecond=0) - timedelta(hours=1)
    columns: dict[str, Any] = {"starts_at": begun, "went_live_at": begun, "ended_at": now()}
    return planned(beatriz, phase=Phase.OVER, is_recorded=True, has_sound=True, **columns)


@pytest.fixture
def broadcast(over: Webinar, beatriz: Member) -> Broadcast:
    closed = {"state": Broadcast.State.CLOSED, "closed_at": now(), "sender": beatriz}
    return Broadcast.objects.create(webinar=over, **closed)


@pytest.fixture
def sounded(over: Webinar, broadcast: Broadcast, minute: Path) -> Webinar:
    """The same with three minutes of sound on the disk."""
    place = places.place(settings.DATA_DIR, broadcast.key)
    place.pieces.mkdir(parents=True)
    place.ended.touch()
    for number in (1, 2, 3):
        sizes = {}
        for kind in ("opus", "mp3"):
            shutil.copy(minute / f"one.{kind}", place.piece(number, kind))
            sizes[f"{kind}_bytes"] = place.piece(number, kind).stat().st_size
        Piece.objects.create(broadcast=broadcast, number=number, seconds=2.0, **sizes)
    return over


@pytest.fixture
def waiting(sounded: Webinar) -> Recording:
    """Its recording, made and waiting for two hosts."""
    row = actions.begin(webinar=sounded)
    assert row is not None
    working.make(row.pk)
    row.refresh_from_db()
    return row


@pytest.fixture
def host(beatriz: Member) -> Client:
    return cast.signed_in(Client(), beatriz)


def heard(recording: Recording, by: Member, *, yes: bool = True, note: str = "") -> Recording:
    """A host opened it and said yes or no."""
    actions.note_played(recording=recording, by=by)
    return actions.say(recording=recording, by=by, says_yes=yes, note=note)


def is_out(recording: Recording) -> bool:
    return queries.out().filter(pk=recording.pk).exists()


@pytest.fixture
def released(waiting: Recording, beatriz: Member, desta: Member) -> Recording:
    heard(waiting, beatriz)
    return heard(waiting, desta)
