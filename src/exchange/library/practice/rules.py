"""Which records are research, and which of our records a text points to.
Pure; called by the actions, queries and views of this matter."""

from __future__ import annotations

import re

from exchange.library.models import Evidence, Resource

RESEARCH_TYPES = frozenset({"research", "systematic-review", "evaluation", "journal-article"})
RESEARCH_EVIDENCE = frozenset({Evidence.RESEARCH, Evidence.REVIEW, Evidence.EVALUATION})
# A record has so many recommendations at most, so that each is read.
MOST_ADVICE = 12

_NOT_IN_ADDRESSES = r"\s<>()\[\]{}\"'«»“”|\\^`"
_ADDRESS = re.compile(
    rf"(?P<before>[^{_NOT_IN_ADDRESSES}/]*(?:://[^{_NOT_IN_ADDRESSES}/]*)?)"
    r"/(?:(?:fr|sw|ar|es|pt)/)?library/(?P<record>[0-9]{1,15})[-/]"
    rf"(?P<rest>[^{_NOT_IN_ADDRESSES}]*)",
    re.IGNORECASE,
)
_ADVICE = re.compile(r"#advice-([0-9]{1,15})\b")


def is_research(resource: Resource) -> bool:
    """Whether communities took part in it who are owed its results."""
    if resource.evidence:
        return resource.evidence in RESEARCH_EVIDENCE
    return bool(RESEARCH_TYPES.intersection(resource.type_slugs))


def cited(text: str, *, host: str) -> set[tuple[int, int]]:
    """(record, recommendation or 0) for every address of a record of ours; `host` is our own, and
    addresses of other places count for nothing."""
    found = set()
    for match in _ADDRESS.finditer(text):
        if _is_ours(match["before"], host):
            advice = _ADVICE.search(match["rest"])
            found.add((int(match["record"]), int(advice[1]) if advice else 0))
    return found


def _is_ours(before: str, host: str) -> bool:
    """Nothing before the path, a word and its mark ("see:"), or our own host."""
    place = before.casefold()
    if place.startswith(("http://", "https://")):
        return place.partition("://")[2] == host.casefold()
    return not place or place == host.casefold() or place[-1] in ":;,=—–"
