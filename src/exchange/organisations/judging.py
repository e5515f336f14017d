"""Asking the gates about words on the page of an organisation.
Called by the actions of this room."""

from __future__ import annotations

from exchange.core import gates
from exchange.members.models import Member
from exchange.organisations.errors import Noticed, Refused

# What the gates call a name, in which contact details alone count, and words written freely.
_A_NAME, _WORDS = "organisation", "reply"


def passes(*, names: str, words: str, language: str, by: Member, insist: bool) -> bool:
    """Whether it may stand at once; if not, it waits for a host. Raises Refused, and Noticed when a
    gate asks the writer first and they have not insisted."""
    verdicts = [
        _judged(text, kind, language, by, insist)
        for text, kind in ((names.strip(), _A_NAME), (words.strip(), _WORDS))
        if text
    ]
    return all(verdicts)


def _judged(text: str, kind: str, language: str, by: Member, insist: bool) -> bool:
    verdict = gates.judge(
        gates.Submission(
            text=text,
            kind=kind,
            language=language,
            author_id=by.pk,
            author_is_host=by.is_host,
            author_is_newcomer=by.is_newcomer,
        )
    )
    if verdict.outcome is gates.Outcome.REFUSE:
        raise Refused
    if verdict.noticed and not insist:
        raise Noticed(verdict.noticed, text)
    return verdict.passed
