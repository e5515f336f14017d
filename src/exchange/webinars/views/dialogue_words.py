"""What somebody reads after what they did in the dialogue, or why it was not done.
Called by the views of the dialogue."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.contributions.errors import NotAllowed, Refused
from exchange.webinars.errors import AlreadyDone, DoorClosed, Full, TooFast
from exchange.webinars.models import Asked, Said, Webinar


def asked_words(row: Asked, webinar: Webinar) -> str:
    if row.needs_host:
        return _("Thank you. A host reads your question before anybody else sees it.")
    if webinar.is_live:
        return _("Thank you. A helper reads your question; then it stands on the wall.")
    return _("Thank you. A helper reads your question; you find it in the webinar.")


def said_words(row: Said) -> str:
    if row.state == Said.State.SHOWN:
        return _("Everybody reads it now.")
    return _("Thank you. A helper reads it first.")


def voice_words(on: bool) -> str:
    return _("Your voice counts.") if on else _("Your voice is taken back.")


def hand_words(up: bool) -> str:
    return _("Your hand is up. You hear when it is your turn.") if up else _("Your hand is down.")


def chosen_words() -> str:
    return _("Your choice counts. You can change it while the poll is open.")


def why_not(error: Exception) -> str:
    """What can be done instead."""
    if isinstance(error, TooFast):
        return _too_fast(error.seconds)
    if isinstance(error, DoorClosed):
        return _("This is closed at the moment. Keep your words; it may open again.")
    if isinstance(error, AlreadyDone):
        return _("Somebody else was faster with this.")
    if isinstance(error, Full):
        return _("No place is free in this webinar. You may read along.")
    if isinstance(error, Refused):
        return _("This cannot go out as it is. Please look at it again, or write to the hosts.")
    if isinstance(error, NotAllowed):
        return _("You cannot do this here. Write to the hosts if you think you should.")
    return _("It is too early or too late for this. The page of the webinar says when.")


def _too_fast(seconds: int) -> str:
    if seconds <= 90:
        return _("That was a lot in a short time. Please wait a minute; your words are kept.")
    minutes = -(-seconds // 60)
    return ngettext(
        "That was a lot in a short time. Please wait %(n)d minute; your words are kept.",
        "That was a lot in a short time. Please wait %(n)d minutes; your words are kept.",
        minutes,
    ) % {"n": minutes}
