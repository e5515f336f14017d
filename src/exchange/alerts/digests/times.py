"""When a member's next digest goes, and which period it is for: in their own time, outside their
quiet hours. Pure; called by digests, by the page of wishes and by alerts that wait."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from exchange.alerts.models import Wishes

Rhythm = Wishes.Rhythm
_DAY = timedelta(days=1)


def next_moment(wishes: Wishes, *, after: datetime) -> datetime:
    """The first moment after this one at which their digest is due, in UTC."""
    # Two days back: a late hour moves to the end of the quiet hours, which is the next morning.
    first = after.astimezone(zone_of(wishes)).date() - 2 * _DAY
    moments = (end_of_quiet(wishes, _at(wishes, day)) for day in _days(wishes, first))
    return next(moment for moment in moments if moment > after)


def period_of(wishes: Wishes, moment: datetime) -> str:
    """The code of the period a digest of this moment is for: "2026-11-20", "2026-W47", "2026-11"."""
    local = moment.astimezone(zone_of(wishes))
    form = {Rhythm.DAILY: "%Y-%m-%d", Rhythm.MONTHLY: "%Y-%m"}.get(Rhythm(wishes.rhythm), "%G-W%V")
    return local.strftime(form)


def is_quiet(wishes: Wishes, moment: datetime) -> bool:
    """Whether the member wants no mail at this moment. From an hour until the same hour is never."""
    if wishes.quiet_from is None or wishes.quiet_until is None:
        return False
    begin, end = wishes.quiet_from % 24, wishes.quiet_until % 24
    hour = moment.astimezone(zone_of(wishes)).hour
    return begin <= hour < end if begin <= end else hour >= begin or hour < end


def end_of_quiet(wishes: Wishes, moment: datetime) -> datetime:
    """The same moment in UTC; in quiet hours, when they end."""
    moment = moment.astimezone(UTC)
    # More than once only where the clock jumps over the one hour that is not quiet.
    while is_quiet(wishes, moment):
        local = moment.astimezone(zone_of(wishes))
        end = (wishes.quiet_until or 0) % 24
        day = local.date() if local.hour < end else local.date() + _DAY
        moment = _instant(wishes, day, end)
    return moment


def zone_of(wishes: Wishes) -> ZoneInfo:
    """The member's zone; UTC when nobody knows that name (any more)."""
    try:
        return ZoneInfo(wishes.timezone)
    except (LookupError, ValueError, OSError):
        return ZoneInfo("UTC")


def _days(wishes: Wishes, first: date) -> Iterator[date]:
    """The days of their rhythm, from this one on, without end."""
    day, rhythm = first, Rhythm(wishes.rhythm)
    while True:
        on_their_day = day.weekday() == wishes.weekday % 7
        if rhythm == Rhythm.DAILY or (on_their_day and (rhythm == Rhythm.WEEKLY or day.day <= 7)):
            yield day
        day += _DAY


def _at(wishes: Wishes, day: date) -> datetime:
    return _instant(wishes, day, wishes.hour % 24)


def _instant(wishes: Wishes, day: date, hour: int) -> datetime:
    """This hour of their clock. An hour the clock jumps over is told by the time before the jump,
    so it comes just after it; of an hour that comes twice it is the first."""
    return datetime.combine(day, time(hour), zone_of(wishes)).astimezone(UTC)
