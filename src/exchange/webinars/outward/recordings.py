"""The outward doors of recordings: the podcast, the sound and its text.
Loaded by outward/__init__.py."""

from exchange.core import doors
from exchange.core.doors import Marked
from exchange.webinars.recordings import podcast


def _in_the_podcast(marked: Marked) -> str:
    return podcast.feed().decode()


doors.by_hand(
    "webinars: the podcast, recordings and their text",
    reads=_in_the_podcast,
    routes=["webinar-podcast", "webinar-recording", "webinar-transcript"],
    kinds=["webinar with a recording"],
)
