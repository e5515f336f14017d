"""Asking the gates about what a member wants to send, and turning their answer into named errors.
Called by the actions of contributions and conversation."""

from __future__ import annotations

from exchange.contributions.errors import Noticed, Refused
from exchange.core import gates
from exchange.members.models import Member


def judged(
    *,
    text: str,
    title: str = "",
    kind: str,
    language: str,
    author: Member,
    origin: str,
    insist: bool,
) -> gates.Verdict:
    """Pass or hold. Raises Refused when a gate refuses, Noticed when one asks the writer first and
    the writer has not seen it yet (`insist`)."""
    verdict = gates.judge(
        gates.Submission(
            text=text,
            title=title,
            kind=kind,
            language=language,
            author_id=author.pk,
            author_is_host=author.is_host,
            author_is_newcomer=author.is_newcomer,
            origin=origin,
        )
    )
    if verdict.outcome is gates.Outcome.REFUSE:
        raise Refused(verdict.reasons)
    if verdict.noticed and not insist:
        raise Noticed(verdict.noticed)
    return verdict
