"""Leaving by mail: a word, what becomes of one's words, and a second word to be sure.
Registered with `mail.inbound` by hooks."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.mail import small_words
from exchange.mail.commands import word_for
from exchange.mail.inbound import Arrived, Outcome
from exchange.mail.paper import Paper, Piece
from exchange.mail.receiving.answering import answer
from exchange.mail.tokens import What
from exchange.members.bymail.people import member_of
from exchange.members.leaving import leave
from exchange.members.models import Member

DAYS_TO_ANSWER = 7


def ask(arrived: Arrived) -> Outcome:
    """Somebody wrote "leave": what happens then, and with which word."""
    member = member_of(arrived.sender)
    if member is None or arrived.trust == "fail":
        return Outcome("kept", "leave-not-sure-who")
    if member.is_appointed:
        return Outcome("kept", "leave-of-a-host")
    with override(member.first_language):
        answer(arrived, _question(member), code="leave", token=What.LEAVE, days=DAYS_TO_ANSWER)
    return Outcome("done", "leave-asked")


def close(arrived: Arrived) -> Outcome:
    """They answered: yes, or yes and all their words too."""
    member = member_of(arrived.sender)
    if (
        member is None
        or not arrived.is_senders_own
        or arrived.trust == "fail"
        or member.is_appointed
    ):
        return Outcome("kept", "leave-not-sure-who")
    said = small_words.said(arrived.opened.words)
    if said not in ("yes", "undo"):
        with override(member.first_language):
            answer(arrived, _question(member), code="leave", token=What.LEAVE, days=DAYS_TO_ANSWER)
        return Outcome("done", "leave-asked")
    leave(member=member, words_too=said == "undo")
    return Outcome("done", "left-with-words" if said == "undo" else "left")


def _question(member: Member) -> Paper:
    language = member.first_language
    known = {
        "yes": small_words.word_for("yes", language),
        "undo": small_words.word_for("undo", language),
    }
    return Paper(
        _("Closing your account"),
        (
            Piece("plain", _("You wrote that you want to leave. We are sorry to see you go.")),
            Piece(
                "plain",
                _(
                    "Answer %(yes)s to close your account: your name and address are removed, and what you wrote stays without your name."
                )
                % known,
            ),
            Piece(
                "plain",
                _("Answer %(undo)s to close it and take back everything you wrote as well.")
                % known,
            ),
            Piece(
                "plain",
                _("If you do nothing, nothing happens. For fewer mails only, write: %(command)s")
                % {"command": word_for("stop-all", language)},
            ),
        ),
        language,
    )
