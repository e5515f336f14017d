"""What stands in an edition at this moment, as a mark: a letter with another mark holds something
that was taken back, or changed. Called by the chain, the last look and the withdrawing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from exchange.briefings.builder.queries import standing
from exchange.briefings.models import Item, Newsletter
from exchange.core import freshness

# As long as one look at a batch is good for; another machine's change is seen after it.
GOOD_SECONDS = 0.25


def mark_of(edition: Newsletter) -> str:
    """Of the edition's own words and of all that is told in it and may be read by everybody."""
    own = [edition.title, edition.body, edition.local_title, edition.local]
    items = [
        f"{item.contribution_id} {item.contribution.title} {_line(item)}"
        for item in standing(edition)
    ]
    told = "\0".join([*own, *items])
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _line(item: Item) -> str:
    """What is told of it below its title: the hosts' line, or how its own words begin."""
    told = item.contribution
    return item.intro or told.summary or f"version {told.version}"


def mark_if_public(edition: Newsletter | None) -> str:
    """Its mark; "" when it may not be read by everybody any more."""
    return mark_of(edition) if edition is not None and edition.is_public else ""


@dataclass
class _Known:
    """What was found, at which stamp and when."""

    stamp: int = -1
    at: float = 0.0
    marks: dict[int, str] = field(default_factory=dict)


_known = _Known()


def mark_now(edition_id: int, *, expected: str = "") -> str:
    """The same, asked for every letter, so it is remembered for a moment, until something public
    changes. Where it is not what was `expected`, it is looked at once more: the letter may be the
    younger of the two, and would be written anew for nothing, as often as it may be."""
    stamp, moment = freshness.stamp(), monotonic()
    is_another = _known.marks.get(edition_id, expected) != expected
    if is_another or stamp != _known.stamp or moment - _known.at >= GOOD_SECONDS:
        _known.stamp, _known.at, _known.marks = stamp, moment, {}
    if edition_id not in _known.marks:
        rows: Any = Newsletter.objects
        _known.marks[edition_id] = mark_if_public(rows.filter(pk=edition_id).first())
    return _known.marks[edition_id]
