"""Asking the gates about private words. No host reads them first, so what a gate would hold elsewhere
is given back to its writer here. Called by the actions of this room."""

from __future__ import annotations

from exchange.contributions.errors import Noticed, Refused
from exchange.core import gates, worries
from exchange.core.gates import Reason
from exchange.corresponding import rules
from exchange.corresponding.errors import Rewrite
from exchange.members.models import Member


def look(*, text: str, language: str, writer: Member, origin: str, insist: bool) -> None:
    """Let pass, or raise Rewrite (it has to be changed), Noticed (the writer looks at it once more,
    then `insist`s), Refused (advertising, or a gate that could not look)."""
    verdict = gates.judge(
        gates.Submission(
            text=text,
            kind="reply",
            language=language,
            author_id=writer.pk,
            author_is_host=writer.is_host,
            author_is_newcomer=writer.is_newcomer,
            origin=origin,
        )
    )
    reasons = [one for one in verdict.reasons if one.code not in rules.OF_NEWCOMERS]
    if writer.is_newcomer:
        reasons = [one for one in reasons if one.code != "links"] + _links(text)
    held = [one for one in reasons if _has_to_change(one, writer)]
    if held:
        raise Rewrite(tuple(held))
    asked = tuple(one for one in reasons if one.code in rules.WAYS_OUT)
    if len(asked) < len(reasons) or (verdict.outcome is gates.Outcome.REFUSE):
        raise Refused(verdict.reasons)
    if asked and not insist:
        raise Noticed(asked)


def _has_to_change(reason: Reason, writer: Member) -> bool:
    if reason.code in rules.OF_A_FILE or worries.pointing([reason]):
        return True
    return writer.is_newcomer and reason.code in rules.WAYS_OUT


def _links(text: str) -> list[Reason]:
    return [Reason("links", start, end, "text") for start, end in rules.links_in(text)]
