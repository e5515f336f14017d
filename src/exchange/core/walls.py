"""Hours on the wall and moments in the world: what a typed hour means at a place, with the nights on
which clocks change. Pure. Called by the rooms that plan something by the hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_WALL = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True)
class Meant:
    """What a wall hour means: one moment, two of them, or none; then `instead` is the wall hour
    that the clocks show at that moment, and the last one before they jump."""

    moments: tuple[datetime, ...]
    instead: tuple[datetime, ...] = ()

    @property
    def is_plain(self) -> bool:
        return len(self.moments) == 1


def meant(wall: datetime, place: tzinfo) -> Meant:
    """`wall` is naive. Both readings of it are carried to UTC and back: what comes back changed
    does not exist there."""
    carried = [wall.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (0, 1)]
    back = [moment.astimezone(place).replace(tzinfo=None) for moment in carried]
    moments = tuple(
        sorted({moment for moment, shown in zip(carried, back, strict=True) if shown == wall})
    )
    return Meant(moments, () if moments else tuple(sorted(back)))


def wall_of(moment: datetime, place: tzinfo) -> str:
    """The hour on the wall at that place, as it is kept."""
    return moment.astimezone(place).strftime(_WALL)


def joined(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour.replace(second=0, microsecond=0))


def fresh(zone: str) -> ZoneInfo | None:
    """The zone as the machine knows it now, past what this process remembers; None when the name
    is gone."""
    try:
        return ZoneInfo.no_cache(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def shifted(wall: str, starts_at: datetime, place: tzinfo) -> datetime | None:
    """The moment that this wall hour means now, if it is another than was planned; None when
    nothing changed. Of two readings the nearer one counts; an hour that a new rule leaves out
    begins when the clocks have jumped."""
    planned = datetime.strptime(wall, _WALL)  # noqa: DTZ007 - an hour on the wall has no zone
    known = meant(planned, place)
    choices = known.moments or (planned.replace(tzinfo=place, fold=0).astimezone(UTC),)
    if starts_at in choices:
        return None
    return min(choices, key=lambda moment: abs(moment - starts_at))


def offset(moment: datetime, place: tzinfo) -> timedelta:
    return moment.astimezone(place).utcoffset() or timedelta(0)
