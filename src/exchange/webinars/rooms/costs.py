"""What each way to take part costs in data, for an hour: what decides for most people.
Read by the pages of rooms, and by whoever tells people how to come."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from exchange.core.text import size_in_words
from exchange.webinars.models import Engine, Way, Webinar

# Bytes an hour. Of a video room the usual, with a few small pictures; the others are our own.
AN_HOUR = {
    Way.VIDEO: 300_000_000,
    Way.SOUND: 5_400_000,
    Way.TEXT: 360_000,
    Way.MAIL: 60_000,
}
# A video room with every picture off.
VIDEO_WITHOUT_PICTURES = 30_000_000


@dataclass(frozen=True)
class Offer:
    """One way, what it costs in words, and where it begins; no address for mail."""

    way: str
    label: str
    cost: str
    url: str = ""


def cost(way: str) -> str:
    """ "about 5.4 MB an hour"."""
    return _("about %(size)s an hour") % {"size": _size(AN_HOUR[Way(way)])}


def light_cost() -> str:
    """Of a video room with every picture off."""
    return _size(VIDEO_WITHOUT_PICTURES)


def _size(bytes_count: int) -> str:
    return size_in_words(bytes_count).replace(".0 ", " ")


def others(webinar: Webinar) -> list[Offer]:
    """The ways that need no video room, the richest first."""
    found = []
    if webinar.has_sound:
        found.append(Offer(Way.SOUND, _("Listen"), cost(Way.SOUND), _place("sound", webinar)))
    found.append(Offer(Way.TEXT, _("Read along and ask"), cost(Way.TEXT), _place("live", webinar)))
    found.append(Offer(Way.MAIL, _("By e-mail: answer the reminder to ask"), cost(Way.MAIL)))
    return found


def every(webinar: Webinar) -> list[Offer]:
    """All of them, the video room first where there is one."""
    if webinar.engine == Engine.NONE:
        return others(webinar)
    room = Offer(Way.VIDEO, _("Video room"), cost(Way.VIDEO), _place("join", webinar))
    return [room, *others(webinar)]


def _place(name: str, webinar: Webinar) -> str:
    """Nothing where this Exchange has no such page."""
    try:
        return reverse(f"webinars:{name}", args=[webinar.pk])
    except NoReverseMatch:
        return ""
