"""What somebody who may listen is shown: the address of the stream for now, and the minutes they can
go back to. Called by the page of sound and by the live page, which includes the same player."""

from __future__ import annotations

import shutil
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Max, Min
from django.urls import reverse

from exchange.core.time import now
from exchange.webinars.live import tickets
from exchange.webinars.models import Piece, Seat, Webinar
from exchange.webinars.planning import rules as planning
from exchange.webinars.rules import Roles
from exchange.webinars.sound import places, queries, setting


@dataclass(frozen=True)
class Player:
    """`opus` and `mp3` are addresses of this moment; empty while nothing is sent. `first` and
    `last` are numbers of closed minutes; 0 when there is none."""

    webinar: int
    opus: str
    mp3: str
    first: int
    last: int

    @property
    def is_on(self) -> bool:
        return bool(self.opus)

    @property
    def ten_ago(self) -> int:
        """The minute that began about ten minutes ago; 0 when it has not been so long."""
        return max(self.last - 9, 0) if self.last - self.first >= 9 else 0

    @property
    def minutes(self) -> range:
        """Every number, the newest first."""
        return range(self.last, self.first - 1, -1) if self.last else range(0)

    @property
    def opus_mb(self) -> int:
        return _an_hour(planning.OPUS)

    @property
    def mp3_mb(self) -> int:
        return _an_hour(planning.MP3)

    @property
    def ticket(self) -> str:
        return reverse("webinars:ticket", args=[self.webinar]) + "?for=sound"

    @property
    def minute(self) -> str:
        """The address of a minute, with 0 where its number stands."""
        return reverse("webinars:minute", args=[self.webinar, 0, "mp3"])


def player(webinar: Webinar, *, seat: Seat | None, roles: Roles, origin: str) -> Player:
    """One question to the database. Whether they may listen, the caller asked (`sound.rules`)."""
    rows = Piece.objects.filter(broadcast__webinar_id=webinar.pk)
    if not (roles.is_host or queries.may_be_caught_up(webinar, now())):
        rows = rows.none()
    ends = rows.aggregate(first=Min("number"), last=Max("number"))
    opus = mp3 = ""
    if key := places.on_air(settings.DATA_DIR, webinar.pk):
        ticket = tickets.for_sound(webinar.pk, broadcast=key, seat=seat, roles=roles)
        opus, mp3 = (f"{origin}/live/{webinar.pk}/sound.{k}?t={ticket}" for k in ("opus", "mp3"))
    return Player(webinar.pk, opus, mp3, ends["first"] or 0, ends["last"] or 0)


def _an_hour(kilobytes: int) -> int:
    """Megabytes, of what a minute takes."""
    return round(kilobytes * 60 / 1_000)


def can_send() -> bool:
    """Whether this machine has what sound is made with."""
    return shutil.which("ffmpeg") is not None


def can_stream(environ: dict[str, str]) -> bool:
    """Whether there is an icecast2 to send to; else minutes alone are kept."""
    return setting.icecast(environ, settings.DATA_DIR) is not None
