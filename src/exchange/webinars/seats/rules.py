"""Who has a place and who waits; when a reminder is due. Pure: no database, no clock of their own.
Called by the actions, queries and clock of seats."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

# A listening club on one phone.
MOST_PEOPLE = 60
# Minutes before the start; below zero: after the end.
DEFAULT_REMINDERS = (7 * 24 * 60, 24 * 60, 60, -30)
MOST_REMINDERS = 8
EARLIEST, LATEST = 60 * 24 * 60, -14 * 24 * 60
# From then on a place that is too small for the group in front is given to the next who fit.
LAST_DAY = timedelta(days=1)
# So long a guest's address may wait for its owner's yes, and so long it is kept after the hour.
UNCONFIRMED = timedelta(days=7)
KEPT_AFTER = timedelta(days=90)


@dataclass(frozen=True)
class InLine:
    """A seat on the waiting list: its number, and how many people it is for."""

    pk: int
    people: int


def free(capacity: int | None, taken: int) -> int | None:
    """How many people there is room for; None: for all."""
    return None if capacity is None else max(0, capacity - taken)


def fits(room: int | None, people: int) -> bool:
    return room is None or people <= room


def moves_up(line: Sequence[InLine], room: int | None, *, in_order: bool) -> list[int]:
    """Whose turn it is, who came first first. `in_order`: nobody passes a group that does not fit
    yet; in the last day a place would otherwise stay empty."""
    chosen: list[int] = []
    for one in line:
        if fits(room, one.people):
            chosen.append(one.pk)
            room = None if room is None else room - one.people
        elif in_order:
            break
    return chosen


def keeps_order(starts_at: datetime, at: datetime) -> bool:
    return at < starts_at - LAST_DAY


def grace(minutes_before: int) -> timedelta:
    """For how long after its moment a reminder still says something true: an eighth of its offset,
    from a quarter of an hour to half a day."""
    if minutes_before < 0:
        return timedelta(days=3)
    eighth = timedelta(minutes=minutes_before) / 8
    return min(max(eighth, timedelta(minutes=15)), timedelta(hours=12))


def is_due(due_at: datetime, minutes_before: int, at: datetime) -> bool:
    """Its moment has come, and is not long past."""
    return due_at <= at <= due_at + grace(minutes_before)


def is_offset(minutes: int) -> bool:
    """Whether a host may remind so long before, or after."""
    return LATEST <= minutes <= EARLIEST and minutes != 0


def people_of(rows: Iterable[InLine]) -> int:
    return sum(row.people for row in rows)
