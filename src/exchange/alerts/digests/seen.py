"""What is asked at the moment of sending, once for very many letters: whether their readers still
want them, and whether all that stands in them may still be read. Used by `rewriting` alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import NamedTuple

from exchange.alerts.digests.entries import Entry
from exchange.alerts.models import Digest
from exchange.contributions.models import Contribution
from exchange.conversation.models import Reply
from exchange.core import freshness, time

# An answer is good for so long, and only while nothing public has changed on this machine; another
# machine's change is seen after it. A mail that is on its way takes about as long.
GOOD_SECONDS = 1.0
# Letters of one batch follow one another.
AT_ONCE = 40


class Standing(NamedTuple):
    """One digest and what is asked of its reader: few columns, because there are very many."""

    digest: int
    items: list[list[str]]
    is_active: bool
    erased_at: datetime | None
    stopped_at: datetime | None
    paused_until: datetime | None

    @property
    def is_wanted(self) -> bool:
        """Whether its reader may be written to and wishes it."""
        is_paused = self.paused_until is not None and self.paused_until > time.now()
        return self.is_active and not self.erased_at and not self.stopped_at and not is_paused


@dataclass
class _Known:
    """What was found, at which stamp and when."""

    stamp: int = -1
    at: float = 0.0
    contributions: set[int] = field(default_factory=set)
    replies: set[int] = field(default_factory=set)
    standings: dict[int, Standing] = field(default_factory=dict)

    def refresh(self) -> None:
        """Forget all of it when it is old. The stamp is read before the rows: what changes in
        between is asked for again."""
        stamp, moment = freshness.stamp(), monotonic()
        if stamp != self.stamp or moment - self.at >= GOOD_SECONDS:
            self.stamp, self.at = stamp, moment
            self.contributions, self.replies, self.standings = set(), set(), {}


_known = _Known()


def standing(mail_id: int) -> Standing | None:
    """The digest of a letter and its reader, with those of the letters after it. A wish is no
    public change, so each answer is used once."""
    _known.refresh()
    if mail_id not in _known.standings:
        rows = Digest.objects.filter(mail_id__gte=mail_id, mail_id__lt=mail_id + AT_ONCE)
        _known.standings = {
            row[0]: Standing(*row[1:])
            for row in rows.values_list(
                "mail_id",
                "pk",
                "items",
                "member__is_active",
                "member__erased_at",
                "member__wishes__stopped_at",
                "member__wishes__paused_until",
            )
            if row[0] is not None
        }
    return _known.standings.pop(mail_id, None)


def is_gone(entries: Iterable[Entry]) -> bool:
    """Whether anything of it may not be read by everybody any more."""
    _known.refresh()
    told = list(entries)
    contributions = {entry.contribution for entry in told} - _known.contributions
    replies = {pk for entry in told for pk in entry.replies} - _known.replies
    if contributions:
        rows = Contribution.objects.visible_to(None).listed().filter(pk__in=contributions)
        _known.contributions.update(rows.values_list("pk", flat=True))
    if replies:
        said = Reply.objects.visible_to(None).public().filter(pk__in=replies)
        _known.replies.update(said.values_list("pk", flat=True))
    return not (contributions <= _known.contributions and replies <= _known.replies)
