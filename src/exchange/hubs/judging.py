"""Asking the gates about words that have no page where they could wait: the name of a group, what it is
about, a request to join. For the actions of this room."""

from __future__ import annotations

from collections.abc import Iterable

from exchange.core import gates, worries
from exchange.members.models import Member

# A gate could not look, or found words that nobody here would write.
_NEVER = frozenset({"no-gate", "gate-failed", "spam", "too-long"})


class Stopped(ValueError):
    """The words could point to one child, or look like advertising: they go nowhere."""

    def __init__(self, reasons: Iterable[gates.Reason]) -> None:
        super().__init__("the gates stopped it")
        self.reasons = tuple(reasons)


def let_pass(*, text: str, language: str, by: Member, origin: str = "web") -> None:
    """Nothing when these words may go. That somebody is new stops nothing here: a host reads what
    they ask for anyway. Raises Stopped."""
    if not text.strip():
        return
    verdict = gates.judge(
        gates.Submission(
            text=text,
            kind="reply",
            language=language,
            author_id=by.pk,
            author_is_host=by.is_host,
            author_is_newcomer=by.is_newcomer,
            origin=origin,
        )
    )
    refused = verdict.outcome is gates.Outcome.REFUSE
    found = worries.pointing((*verdict.reasons, *verdict.noticed))
    codes = {reason.code for reason in verdict.reasons}
    if refused or found or codes & _NEVER:
        raise Stopped(found or verdict.reasons)
