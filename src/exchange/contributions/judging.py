"""Asking the gates about what a member wants to send, and turning their answer into named errors.
Called by the actions of contributions and conversation."""

from __future__ import annotations

from exchange.contributions.errors import Noticed, Refused
from exchange.core import gates, worries
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


# Codes of a gate that could not look, or that found no words a host would write.
_NOT_A_HOSTS = frozenset({"no-gate", "gate-failed", "spam", "too-long"})


def hosts_words(*, text: str, language: str, by: Member) -> None:
    """For words of hosts that have no page where they could wait: an answer by mail, a line on the
    home page. A telephone number or an address is theirs to give. Raises Noticed for what points to
    one child, also a second time, and Refused."""
    verdict = judged(
        text=text, kind="reply", language=language, author=by, origin="web", insist=True
    )
    if pointing := worries.pointing(verdict.reasons):
        raise Noticed(pointing)
    if {reason.code for reason in verdict.reasons} & _NOT_A_HOSTS:
        raise Refused(verdict.reasons)
