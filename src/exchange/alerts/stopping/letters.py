"""What the owner is told after a stop: that it was done, and how to put it back. No title, no name.
Called by `alerts.stopping.telling`, in the owner's language."""

from __future__ import annotations

from django.utils.translation import gettext as _

from exchange.alerts.stopping.things import Thing, named
from exchange.mail.paper import Paper, Piece
from exchange.mail.small_words import word_for


def stopped(thing: Thing, way: str, *, undo: str) -> Paper:
    """One short mail."""
    language = thing.member.first_language
    told = {
        "less": _("You get less of this mail from now on:"),
        "pause": _("This mail is paused for a month:"),
    }.get(way, _("You get no more of this mail:"))
    which = _("All mails, but those that are asked for.") if way == "all" else named(thing)
    answer = _("If this was a mistake, answer %(word)s to this mail within a day, or open:")
    pieces = (
        Piece("plain", told),
        Piece("plain", which),
        Piece("link", answer % {"word": word_for("undo", language)}, undo),
        Piece("small", _("Somebody used the link of a mail that we sent to you.")),
    )
    return Paper(_("A change to your mail"), pieces, language)


def as_before() -> str:
    """The answer to an undo."""
    return _("It is as it was before.")


def too_late() -> str:
    """The answer to an undo after a day."""
    return _("It is too late to put this back by mail. You can change it on your mail page:")
