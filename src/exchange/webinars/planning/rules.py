"""What is allowed while a webinar is planned, how much data each way of taking part uses, and in
which cities of a hub people read the clock. Pure. Called by actions, views and beside pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from exchange.members.models import Member
from exchange.webinars.models import COMING, Engine, Phase, Way, Webinar

# Somebody may open the room so long before the hour; it ends by itself so long after.
OPENS_BEFORE = timedelta(minutes=60)
ENDS_AFTER = timedelta(hours=2)
# Then the hosts are told that nobody has begun.
LATE_AFTER = timedelta(minutes=10)
LONGEST = 480
FARTHEST = timedelta(days=730)

# What was measured, in kilobytes a minute with all that the line adds: speech as 12 kbit/s Opus,
# the same as 24 kbit/s MP3 for phones that cannot read it, text and votes as they come, and the
# page that reads itself anew for phones without script.
TEXT = 5
TEXT_WITHOUT_SCRIPT = 6
OPUS = 81
MP3 = 180
# A letter before, one in the hour, one after, and what somebody writes back.
MAIL_IN_ALL = 40
# Nobody can promise what a video room takes: cameras off and slides, to several faces.
_VIDEO = {Engine.BBB: (1_000, 9_000), Engine.JITSI: (500, 12_000), Engine.LINK: (2_000, 18_000)}

# Cities whose clocks people of a hub read, one for each time they live by.
_CITIES = {
    "east-africa": ("Africa/Kigali", "Africa/Nairobi"),
    "southern-africa": ("Africa/Johannesburg",),
    "west-africa": ("Africa/Dakar", "Africa/Lagos"),
    "central-africa": ("Africa/Kinshasa", "Africa/Lubumbashi"),
    "north-africa": ("Africa/Casablanca", "Africa/Cairo"),
    "middle-east": ("Asia/Beirut", "Asia/Dubai"),
    "south-asia": ("Asia/Karachi", "Asia/Kolkata", "Asia/Dhaka"),
    "south-east-asia": ("Asia/Bangkok", "Asia/Manila"),
    "east-asia": ("Asia/Shanghai", "Asia/Tokyo"),
    "latin-america": ("America/Guatemala", "America/Bogota", "America/Sao_Paulo"),
    "caribbean": ("America/Port-au-Prince", "America/Santo_Domingo"),
    "europe": ("Europe/London", "Europe/Paris"),
    "central-asia": ("Asia/Tashkent",),
    "north-america": ("America/New_York", "America/Los_Angeles"),
    "pacific": ("Pacific/Port_Moresby", "Pacific/Fiji"),
}
_WORLD = ("America/Bogota", "Africa/Dakar", "Africa/Nairobi", "Asia/Dhaka", "Asia/Manila")


@dataclass(frozen=True)
class Cost:
    """One way to take part, and how many kilobytes the whole hour takes, from and to."""

    way: Way
    least: int
    most: int

    @property
    def is_exact(self) -> bool:
        return self.least == self.most


def costs(webinar: Webinar) -> list[Cost]:
    """The ways this webinar offers, the lightest first."""
    minutes = webinar.minutes
    found = [
        Cost(Way.MAIL, MAIL_IN_ALL, MAIL_IN_ALL),
        Cost(Way.TEXT, TEXT * minutes, TEXT_WITHOUT_SCRIPT * minutes),
    ]
    if webinar.has_sound:
        # Whoever listens reads along.
        found.append(Cost(Way.SOUND, (OPUS + TEXT) * minutes, (MP3 + TEXT) * minutes))
    if webinar.engine in _VIDEO:
        least, most = _VIDEO[Engine(webinar.engine)]
        found.append(Cost(Way.VIDEO, least * minutes, most * minutes))
    return found


def cities(hub: str) -> tuple[str, ...]:
    """Zones by which people of a hub live; of the whole world where there is no hub."""
    return _CITIES.get(hub, _WORLD)


def every_city() -> list[str]:
    """Of all hubs, each once."""
    return list(dict.fromkeys(zone for zones in _CITIES.values() for zone in zones))


def may_plan(member: Member | None) -> bool:
    """Hosts plan: announcing, moving and calling off reach very many people."""
    return member is not None and member.is_active and member.is_host


def may_start(webinar: Webinar, moment: datetime) -> bool:
    """Not before people can be there, and never what is over."""
    is_ahead = webinar.phase in (Phase.ANNOUNCED, Phase.OPEN)
    return webinar.is_public and is_ahead and moment >= webinar.starts_at - OPENS_BEFORE


def may_move(webinar: Webinar) -> bool:
    return webinar.phase in COMING


def is_sound_time(starts_at: datetime, moment: datetime) -> bool:
    """Ahead of us, and not so far that nobody can mean it."""
    return moment < starts_at < moment + FARTHEST
