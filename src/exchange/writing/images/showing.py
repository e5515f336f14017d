"""The pictures of a draft, as the public templates take them.
Called by the preview alone."""

from __future__ import annotations

from dataclasses import dataclass

from exchange.writing.models import BriefPage, RoomPicture
from exchange.writing.publishing.pictures import shown_in


@dataclass(frozen=True)
class _Words:
    alt: str
    caption: str


@dataclass(frozen=True)
class Drafted:
    """What contributions/_picture.html asks of a picture."""

    picture: _Words
    small: str
    large: str
    width: int
    height: int
    small_kb: int
    large_kb: int
    may_take_away: bool = False


def drafted(page: BriefPage) -> list[Drafted]:
    return [
        _one(picture, value.get("alt") or picture.alt, value.get("caption") or "")
        for picture, value in shown_in(page)
    ]


def _one(picture: RoomPicture, alt: str, caption: str) -> Drafted:
    kb = max(1, round((picture.file_size or 0) / 1000))
    height = round(320 * picture.height / max(1, picture.width))
    return Drafted(_Words(alt, caption), picture.file.url, picture.file.url, 320, height, kb, kb)
