"""Asking the gates about words inside a group. What they hold waits for a host of that group, not of the
Exchange. Called by the actions of `working` alone."""

from __future__ import annotations

from exchange.core import gates, worries
from exchange.hubs import rules
from exchange.hubs.belongs import belonging_of
from exchange.hubs.models import Space
from exchange.hubs.working.errors import Noticed, Refused
from exchange.members.models import Member

# Codes of a gate that could not look, or that found what no host would write.
_NOT_A_HOSTS = frozenset({"no-gate", "gate-failed", "spam", "too-long"})
# Labels beside words: there only what could reach or name somebody counts.
LABEL = "file-name"


def may_stand(
    space: Space,
    member: Member,
    *,
    words: str,
    language: str,
    insist: bool = False,
    origin: str = "web",
    kind: str = "reply",
) -> bool:
    """Whether the words may be seen by those inside at once; otherwise a host of the space reads
    them first. Raises Refused, and Noticed when the writer has not seen it yet (`insist`)."""
    if not words.strip():
        return True
    verdict = gates.judge(
        gates.Submission(
            text=words,
            kind=kind,
            language=language,
            author_id=member.pk,
            author_is_host=member.is_host,
            # Who belongs to the group was let in by its hosts.
            author_is_newcomer=False,
            origin=origin,
        )
    )
    if verdict.outcome is gates.Outcome.REFUSE:
        raise Refused
    if verdict.noticed and not insist:
        raise Noticed(verdict.noticed, words)
    if rules.hosts(member, space.pk):
        return _a_host_may(verdict)
    return verdict.passed and not _is_read_first(space, member)


def _a_host_may(verdict: gates.Verdict) -> bool:
    """A telephone number or an address is a host's to give; what points to one child is not."""
    codes = {reason.code for reason in verdict.reasons}
    return not worries.pointing(verdict.reasons) and not codes & _NOT_A_HOSTS


def _is_read_first(space: Space, member: Member) -> bool:
    if space.reads_first == Space.Reads.EVERYBODY:
        return True
    if space.reads_first == Space.Reads.NOBODY:
        return False
    belonging = belonging_of(member).get(space.pk)
    return belonging is None or belonging.trusted_at is None
