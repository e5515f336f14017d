"""The gates: a newcomer's words wait for a host, and every text is screened for what could harm.
Registered by `hooks.py`; asked through `core.gates.judge`, never directly."""

import re

from exchange.contributions import kinds
from exchange.core.gates import Outcome, Reason, Submission, Verdict
from exchange.safeguarding.screening.judge import screen

# Short labels people give themselves or their files: shown beside words, never instead of them.
LABELS = frozenset({"name", "role", "practice", "profile", "organisation", "caption", "file-name"})
REPLY = "reply"
MOST_LINKS = 2
_LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)


def newcomers_wait(submission: Submission) -> Verdict:
    """Pass what hosts and welcomed members write; hold the rest. What this gate does not know
    (a kind nobody registered, an author nobody names) is held too."""
    if not (submission.text.strip() or submission.title.strip()):
        return _held("empty")
    if submission.kind in LABELS:
        return Verdict(Outcome.PASS)
    if submission.kind != REPLY and submission.kind not in kinds.slugs():
        return _held("unknown-kind")
    if submission.author_is_host:
        return Verdict(Outcome.PASS)
    if submission.author_id is None:
        return _held("unknown-author")
    if submission.author_is_newcomer:
        return _held("newcomer")
    return Verdict(Outcome.PASS)


def screened(submission: Submission) -> Verdict:
    """What the text itself says, whoever wrote it. In a label only contact details count: people
    may be called what they are called."""
    return screen(submission, contacts_only=submission.kind in LABELS)


def _held(code: str) -> Verdict:
    return Verdict(Outcome.HOLD, (Reason(code),))


def few_links(submission: Submission) -> Verdict:
    """A newcomer's text with more than two links waits, and the host is told why."""
    if not submission.author_is_newcomer or submission.author_is_host:
        return Verdict(Outcome.PASS)
    links = _LINK.findall(f"{submission.title} {submission.text}")
    return _held("links") if len(links) > MOST_LINKS else Verdict(Outcome.PASS)
