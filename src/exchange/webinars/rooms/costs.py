"""The ways to take part, each with what it uses and where it begins; what it uses, planning knows.
Called by the pages of rooms, of seats and of the live hour, and by letters."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.webinars.models import Engine, Way, Webinar
from exchange.webinars.planning import rules, saying

_PLACES = {Way.VIDEO: "webinars:join", Way.SOUND: "webinars:sound", Way.TEXT: "webinars:live"}
_HOUR = Webinar(minutes=60, engine=Engine.BBB, has_sound=True)


@dataclass(frozen=True)
class Offer:
    """One way, what it uses in words, and where it begins; no address for mail."""

    way: str
    label: str
    words: str
    cost: str
    url: str = ""


def room(webinar: Webinar) -> str:
    """What the video room uses, in words; nothing where there is none."""
    return next((one.cost for one in every(webinar) if one.way == Way.VIDEO), "")


def every(webinar: Webinar) -> list[Offer]:
    """All ways this webinar offers, the richest first."""
    return [
        Offer(way, label, words, uses, _place(way, webinar))
        for way, label, words, uses in reversed(saying.costs(webinar))
    ]


def others(webinar: Webinar) -> list[Offer]:
    """The ways that need no video room."""
    return [one for one in every(webinar) if one.way != Way.VIDEO]


def cost(way: str) -> str:
    """ "about 300 kB an hour", where no webinar is at hand."""
    one = next(one for one in rules.costs(_HOUR) if one.way == way)
    return _("%(size)s an hour") % {"size": saying.cost(one)}


def _place(way: Way, webinar: Webinar) -> str:
    name = _PLACES.get(way)
    return reverse(name, args=[webinar.pk]) if name else ""
