"""The short answer to a command: what is so now, and the next useful word.
Called by the handlers beside it, in the member's language."""

from __future__ import annotations

from exchange.mail.inbound import Arrived, Outcome
from exchange.mail.paper import Paper, Piece
from exchange.mail.receiving.answering import answer
from exchange.members.models import Member


def said(
    arrived: Arrived, member: Member, code: str, told: str, more: str = "", *, state: str = "done"
) -> Outcome:
    """Tell them, and say what became of the mail."""
    first, _rest, _more = told.partition("\n")
    pieces = [Piece("plain", told), *([Piece("plain", more)] if more else [])]
    paper = Paper(first[:120].rstrip(":"), tuple(pieces), member.first_language)
    answer(arrived, paper, code=code, token=None)
    return Outcome(state, code)
