"""Which records are research, and which of our records a text points to.
Pure; called by the actions, queries and views of this matter."""

from __future__ import annotations

import re

from exchange.library.models import Evidence, Resource

RESEARCH_TYPES = frozenset({"research", "systematic-review", "evaluation", "journal-article"})
RESEARCH_EVIDENCE = frozenset({Evidence.RESEARCH, Evidence.REVIEW, Evidence.EVALUATION})
# One text counts for so many records at most.
MOST_CITED = 40
# A record has so many recommendations at most, so that each is read.
MOST_ADVICE = 12

_RECORD = re.compile(r"/library/([0-9]{1,15})[-/]")
_ADVICE = re.compile(r"#advice-([0-9]{1,15})\b")
# Where an address ends, on either side.
_EDGE = re.compile(r"[\s<>()\[\]{}\"'«»“”|\\^`]")
_LANGUAGE = re.compile(r"/(?:fr|sw|ar|es|pt)$")
# How far is looked on either side, so that a hostile text costs no more than a long one.
_BEFORE, _AFTER = 200, 400


def is_research(resource: Resource) -> bool:
    """Whether communities took part in it who are owed its results."""
    if resource.evidence:
        return resource.evidence in RESEARCH_EVIDENCE
    return bool(RESEARCH_TYPES.intersection(resource.type_slugs))


def cited(text: str, *, host: str) -> set[tuple[int, int]]:
    """(record, recommendation or 0) for every address of a record of ours; `host` is our own, and
    addresses of other places count for nothing."""
    found = set()
    for match in _RECORD.finditer(text):
        before = _EDGE.split(text[max(0, match.start() - _BEFORE) : match.start()])[-1]
        if _is_ours(_LANGUAGE.sub("", before), host):
            rest = _EDGE.split(text[match.end() : match.end() + _AFTER], maxsplit=1)[0]
            advice = _ADVICE.search(rest)
            found.add((int(match[1]), int(advice[1]) if advice else 0))
        if len(found) == MOST_CITED:
            break
    return found


def _is_ours(before: str, host: str) -> bool:
    """Nothing before the path, a word and its mark ("see:"), or our own host."""
    place = before.casefold()
    if place.startswith(("http://", "https://")):
        return place.partition("://")[2] == host.casefold()
    return not place or place == host.casefold() or place[-1] in ":;,=—–"
