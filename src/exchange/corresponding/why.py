"""Why words did not go on, said to their writer; that somebody was blocked is never said.
Called by the pages and by the handler of mail."""

from __future__ import annotations

from django.utils.translation import gettext as _

from exchange.contributions.bymail.letters import paused
from exchange.contributions.errors import SpineError
from exchange.corresponding.errors import Enough, NotTaken
from exchange.members.models import Member


def words_of(refusal: SpineError, member: Member) -> str:
    """In one or two sentences."""
    if isinstance(refusal, NotTaken | Enough):
        return words_for(refusal.code, member)
    return _("This cannot go out as it is. Please look at it again, or write to the hosts.")


def words_for(code: str, member: Member) -> str:
    """For a code of `rules`."""
    said = {
        "self": _("These words would go to yourself."),
        "you-blocked": _("You have blocked this person. Unblock them to write to them."),
        "waits": _("Your message is with them. When they answer, you may write to each other."),
        "no-messages": _("This person takes no messages at present."),
        "gone": _("This account is closed."),
        "requests": _(
            "You have asked as many people as you may for now. When one of them answers, or after"
            " some weeks, you may ask the next. Your words are kept on this page."
        ),
        "new-today": _(
            "You have written to as many new people today as you may. Please come back tomorrow."
        ),
        "today": _(
            "That is as much as one person may write for now. Please go on later, or when they"
            " have answered."
        ),
    }
    return paused(member.paused_until) if code == "paused" else said.get(code, "")


def too_long(most: int) -> str:
    return _("This is longer than one message can be (%(n)d letters). Please make it shorter.") % {
        "n": most
    }
