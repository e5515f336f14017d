"""When something new is told to one member: now, later, in their digest, or never. Pure.
Called by the actions of this matter.

The first answer to something goes at once. Those that come within ten minutes after a mail about
it wait until these are over, and go together in one mail; whoever has answered on the page
meanwhile has seen them and gets none. Nobody's reading is watched, so reading cancels nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from exchange.alerts.digests.times import end_of_quiet
from exchange.alerts.models import Wishes

TOGETHER = timedelta(minutes=10)
# Nobody wants to hear at once of what is older, after a mail server was away or a backup came back.
STALE = timedelta(days=7)


@dataclass(frozen=True)
class When:
    """`at` is a moment to come; neither now nor at a moment means in the digest."""

    now: bool = False
    at: datetime | None = None
    never: bool = False


NOW, IN_DIGEST, NEVER = When(now=True), When(), When(never=True)


def when(
    wishes: Wishes, *, moment: datetime, this_week: int, last_about_it: datetime | None = None
) -> When:
    """`this_week`: mails of the last seven days that count. `last_about_it`: when the last mail
    about the same contribution was written."""
    if wishes.stopped_at is not None:
        return NEVER
    if (wishes.paused_until and wishes.paused_until > moment) or this_week >= wishes.most_a_week:
        return IN_DIGEST
    begin = max(moment, last_about_it + TOGETHER) if last_about_it else moment
    due = end_of_quiet(wishes, begin)
    return NOW if due <= moment else When(at=due)
