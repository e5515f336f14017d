"""Pictures of a brief's page, beside the brief that readers see: copies of its own, with consent.
Called by `outside`; what a picture needs before it may go out is asked here too."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import Any

from django.core.files.base import File

from exchange.briefings.models import Brief
from exchange.contributions.models import Picture
from exchange.contributions.pictures import actions, sandbox
from exchange.contributions.pictures.actions import Agreed, ConsentMissing, Ready, check_consent
from exchange.core import text
from exchange.core.time import now
from exchange.members.models import Member
from exchange.writing.models import BriefPage, RoomPicture
from exchange.writing.publishing.words import blocks_of


class NotReady(Exception):
    """A picture that may not go out yet; `title` is how hosts know it."""

    def __init__(self, title: str) -> None:
        super().__init__("a picture is not ready")
        self.title = title


def made_ready(page: BriefPage, by: Member) -> list[Ready]:
    """Every picture, if each says what is in it and everybody who can be recognised has agreed, to
    this day. Raises NotReady; Refused for what is said of one."""
    shown = shown_in(page)
    for picture, value in shown:
        if not is_ready(picture, value.get("alt", "")):
            raise NotReady(picture.title)
    return [_ready(picture, value, by) for picture, value in shown]


def is_ready(picture: RoomPicture, alt: str = "") -> bool:
    if not (alt or picture.alt) or not picture.people:
        return False
    try:
        agreed = _agreed(picture)
        if agreed is not None:
            check_consent(agreed, now().date())
    except ConsentMissing:
        return False
    return True


def follow(ready: Sequence[Ready], row: Brief, by: Member) -> None:
    """The brief has the pictures that stand on its page, and no others. The same file is the same
    picture."""
    standing = Picture.objects.standing().filter(contribution_id=row.pk, reply_number=None)
    marks = {one.picture.source_sha256 for one in ready}
    for picture in standing.exclude(source_sha256__in=marks):
        actions.take_away(picture=picture, by=by)
    for one in ready:
        with contextlib.suppress(actions.TooMany):
            actions.add(ready=one, contribution=row, by=by, is_out=row.is_public)


def shown_in(page: BriefPage) -> list[tuple[RoomPicture, dict[str, Any]]]:
    """The pictures of a draft, each with what was written for this page."""
    values = [block["value"] for block in blocks_of(page) if block["type"] == "picture"]
    known = RoomPicture.objects.in_bulk([value["image"] for value in values if value["image"]])
    return [(known[value["image"]], value) for value in values if value["image"] in known]


def _ready(picture: RoomPicture, value: dict[str, Any], by: Member) -> Ready:
    alt = text.clean_line(value.get("alt") or picture.alt)[:300]
    caption = text.clean_line(value.get("caption") or "")[:200]
    verdict = actions.judged(alt=alt, caption=caption, file_name="", by=by)
    return Ready(_made(picture.file), alt, caption, _agreed(picture), verdict)


def _made(kept: File[bytes]) -> sandbox.Reencoded:
    with kept.open("rb") as file:
        real: Any = file.file
        return sandbox.reencode(real, file.size)


def _agreed(picture: RoomPicture) -> Agreed | None:
    if picture.people != "consent":
        return None
    given = {name: getattr(picture, name) for name in RoomPicture.CONSENT}
    if not all(given[name] for name in ("who", "how", "agreed_on", "use", "until")):
        raise ConsentMissing("incomplete")
    return Agreed(**given)
