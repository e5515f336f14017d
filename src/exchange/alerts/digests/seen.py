"""Whether all that stands in a letter may still be read, asked once for very many letters.
Used by `rewriting` at the moment of sending."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from time import monotonic

from exchange.alerts.digests.entries import Entry
from exchange.contributions.models import Contribution
from exchange.conversation.models import Reply
from exchange.core import freshness

# An answer is good for so long, and only while nothing public has changed on this machine; another
# machine's change is seen after it. A mail that is on its way takes about as long.
GOOD_SECONDS = 1.0


@dataclass
class _Known:
    """What was found visible, at which stamp and when."""

    stamp: int = -1
    at: float = 0.0
    contributions: set[int] = field(default_factory=set)
    replies: set[int] = field(default_factory=set)

    def is_good(self) -> bool:
        return self.stamp == freshness.stamp() and monotonic() - self.at < GOOD_SECONDS


_known = _Known()


def is_gone(entries: Iterable[Entry]) -> bool:
    """Whether anything of it may not be read by everybody any more."""
    if not _known.is_good():
        # The stamp is read before the rows: what changes in between is asked for again.
        _known.stamp, _known.at = freshness.stamp(), monotonic()
        _known.contributions, _known.replies = set(), set()
    contributions = {entry.contribution for entry in entries} - _known.contributions
    replies = {pk for entry in entries for pk in entry.replies} - _known.replies
    if contributions:
        rows = Contribution.objects.visible_to(None).listed().filter(pk__in=contributions)
        _known.contributions.update(rows.values_list("pk", flat=True))
    if replies:
        said = Reply.objects.visible_to(None).public().filter(pk__in=replies)
        _known.replies.update(said.values_list("pk", flat=True))
    return not (contributions <= _known.contributions and replies <= _known.replies)
