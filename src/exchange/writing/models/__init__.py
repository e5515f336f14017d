"""What the writing room keeps: its pages by sort, its pictures, and how each page stands outside.
Only loaded in the room's own process; what readers see is kept by the rooms below."""

from exchange.writing.models.pages import (
    BriefPage,
    HousePage,
    NewsletterPage,
    Shelf,
    WrittenPage,
)
from exchange.writing.models.pictures import RoomPicture, RoomRendition
from exchange.writing.models.standing import Standing

__all__ = [
    "BriefPage",
    "HousePage",
    "NewsletterPage",
    "RoomPicture",
    "RoomRendition",
    "Shelf",
    "Standing",
    "WrittenPage",
]
