"""Codes of rooms and engines in plain words.
Called by the pages of rooms."""

from __future__ import annotations

from django.utils.translation import gettext as _

from exchange.webinars.rooms.rules import Why


def why(code: str) -> str:
    """Why somebody may not come in at present."""
    told = {
        Why.NO_ROOM: _("This webinar has no video room."),
        Why.NO_SEAT: _("The video room is for those who have registered."),
        Why.CANCELLED: _("This webinar was cancelled."),
        Why.OVER: _("This webinar is over, and its video room is closed."),
        Why.TOO_EARLY: _("You can come in half an hour before it begins."),
        Why.NOT_LIVE: _("The video room opens when the webinar begins."),
    }
    return told[Why(code)]


def trouble(code: str) -> str:
    """For hosts: what is wrong with the engine, and where to look."""
    told = {
        "engine-silent": _("It does not answer: it is down, or its address is wrong."),
        "engine-slow": _("It did not answer within six seconds."),
        "engine-busy": _("Too many questions to it are under way at once."),
        "engine-resting": _(
            "It failed several times in a minute, so we ask again in half a minute."
        ),
        "engine-garbage": _("What it answered is not what such a server says."),
        "engine-too-much": _("It answered more than we read."),
        "engine-not-set-up": _("No such server is set up here."),
        "link-missing": _("The link to the room is missing or cannot be used."),
        "checksumError": _("It does not accept our secret. Compare EXCHANGE_BBB with its own."),
    }
    if code in told:
        return told[code]
    if code.startswith("engine-"):
        return _("It answered with an error (%(code)s).") % {"code": code.removeprefix("engine-")}
    return _("It refused: %(code)s.") % {"code": code}
