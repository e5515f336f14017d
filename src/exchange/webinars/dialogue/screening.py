"""Asking the gates about live words, of members and of guests, and about words of the team.
Called by the actions beside it alone."""

from __future__ import annotations

from exchange.contributions.errors import NotAllowed, Noticed, Refused
from exchange.contributions.judging import judged
from exchange.contributions.rules import may_contribute
from exchange.core import gates
from exchange.members.models import Member
from exchange.webinars.models import Seat

KIND = "webinar"


def of_seat(*, text: str, language: str, seat: Seat, via: str, insist: bool) -> gates.Verdict:
    """Pass or hold. Raises NotAllowed for a paused member, Refused, and Noticed when the writer is
    to see something first (unless they `insist`)."""
    if seat.member is not None:
        if not may_contribute(seat.member):
            raise NotAllowed
        return judged(
            text=text, kind=KIND, language=language, author=seat.member, origin=via, insist=insist
        )
    verdict = gates.judge(gates.Submission(text=text, kind=KIND, language=language, origin=via))
    if verdict.outcome is gates.Outcome.REFUSE:
        raise Refused(verdict.reasons)
    if verdict.noticed and not insist:
        raise Noticed(verdict.noticed)
    return verdict


def of_team(*, text: str, language: str, by: Member | None, insist: bool = False) -> None:
    """Words of the team go out at once or not at all. Raises Noticed when the writer is to see
    something first; only a host may insist. Raises Refused for what a host must let out."""
    if not text:
        return
    insists = insist and by is not None and by.is_host
    if by is not None:
        verdict = judged(
            text=text, kind=KIND, language=language, author=by, origin="web", insist=insists
        )
    else:
        verdict = _of_presenter(text, language)
    if not verdict.passed and not (by is not None and by.is_host):
        raise Refused(verdict.reasons)


def _of_presenter(text: str, language: str) -> gates.Verdict:
    """Somebody invited without an account: what says anything of a child or an address comes back
    to them; that nobody has welcomed them is no reason, for they were asked to speak."""
    verdict = gates.judge(gates.Submission(text=text, kind=KIND, language=language))
    if verdict.noticed:
        raise Noticed(verdict.noticed)
    unknown = {reason.code for reason in verdict.reasons} <= {"unknown-author", "newcomer"}
    held = verdict.outcome is gates.Outcome.HOLD
    return gates.Verdict(gates.Outcome.PASS) if held and unknown else verdict
