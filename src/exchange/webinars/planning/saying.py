"""When a webinar is, in words: by the reader's clock, the clock it was planned by, and those of the
hub's cities. Called by pages, cards and letters; asks the database nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton
from django.utils.translation import gettext as _

from exchange.core import languages, words, zones
from exchange.core import walls as clock
from exchange.webinars.hours import said
from exchange.webinars.models import Way, Webinar
from exchange.webinars.planning import rules
from exchange.webinars.planning.rules import Cost

_MOST_OF_A_COUNTRY = 4
# More names in one line say less.
_MOST_IN_A_LINE = 4


@dataclass(frozen=True)
class Hour:
    """The hour at one place. `day` stands alone where it is another day than by the first clock."""

    place: str
    day: str
    start: str
    end: str
    iso: str
    is_own: bool = False


def hour(webinar: Webinar, zone: str = "", *, is_own: bool = False) -> Hour:
    """By the clock of one zone; by that of the plan where none is given."""
    return spell(webinar.starts_at, webinar.ends_at, *_zone(webinar, zone), is_own=is_own)


def spell(
    starts_at: datetime, ends_at: datetime, place: tzinfo, name: str, *, is_own: bool = False
) -> Hour:
    local = starts_at.astimezone(place)
    return Hour(
        place=name,
        day=format_date(local, "full", locale=_locale()),
        start=f"{local:%H:%M}",
        end=f"{ends_at.astimezone(place):%H:%M}",
        iso=starts_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ"),
        is_own=is_own,
    )


def hours(webinar: Webinar, *, own: str = "", country: str = "") -> list[Hour]:
    """The reader's own clock first, where we know it; then that of the plan, the hub's cities and
    UTC. Of a country with several clocks we know only which they are. Places that share a clock
    stand in one line."""
    near = zones.of_country(country)[:_MOST_OF_A_COUNTRY]
    if not own and len({_offset(webinar, zone) for zone in near}) == 1:
        own = near[0]
    first = [own] if own else []
    by_clock: dict[timedelta, list[str]] = {}
    for zone in [*first, webinar.zone, *near, *rules.cities(webinar.hub), "UTC"]:
        by_clock.setdefault(_offset(webinar, zone), []).append(zone)
    return [
        _shared(webinar, list(dict.fromkeys(together)), is_own=bool(own) and place == 0)
        for place, together in enumerate(by_clock.values())
    ]


def in_a_line(starts_at: datetime, zone: str) -> str:
    """ "Thursday 3 December 2026, 14:00 Nairobi (11:00 UTC)": for letters."""
    return said(starts_at, zone if zones.is_known(zone) else zones.UNKNOWN)


def on_a_card(webinar: Webinar) -> str:
    """ "Thu 3 Dec, 14:00 Nairobi": short enough for the quiet line of a card."""
    place, _name = _zone(webinar, "")
    local = webinar.starts_at.astimezone(place)
    day = format_skeleton("yMMMEd", local, locale=_locale())
    city = zones.city(webinar.zone) if zones.is_known(webinar.zone) else "UTC"
    return languages.isolated(f"{day}, {local:%H:%M} {city}")


def spoken(webinar: Webinar) -> list[str]:
    return [languages.named(code) for code in webinar.spoken_codes]


def cost(one: Cost) -> str:
    """What the whole of it uses, as a sum people buy data by."""
    if one.is_exact:
        return _("about %(size)s") % {"size": _size(one.most)}
    return _("%(least)s to %(most)s") % {"least": _size(one.least), "most": _size(one.most)}


def costs(webinar: Webinar) -> list[tuple[Way, str, str, str]]:
    """(way, what it is called, what it is, what it uses), the lightest first."""
    told = {
        Way.MAIL: (
            _("By e-mail"),
            _("Ask by answering the letter before. What was said comes by e-mail afterwards."),
        ),
        Way.TEXT: (
            _("Read along"),
            _("What is said, in short, as text; ask, vote and answer. Works on any telephone."),
        ),
        Way.SOUND: (_("Listen and read along"), _("Sound like a small radio, and the text.")),
        Way.VIDEO: (
            _("Video room"),
            _("See and speak. With cameras off it uses least; nobody can say exactly how much."),
        ),
    }
    return [(one.way, *told[one.way], cost(one)) for one in rules.costs(webinar)]


def _size(kilobytes: int) -> str:
    """Rounded, so that it does not pretend to be exact."""
    if kilobytes >= 10_000:
        return f"{words.number(round(kilobytes / 1_000))} MB"
    if kilobytes >= 1_000:
        return f"{words.number(round(kilobytes / 1_000, 1))} MB"
    return f"{words.number(max(10, round(kilobytes, -1)))} kB"


def _shared(webinar: Webinar, together: list[str], *, is_own: bool) -> Hour:
    place, name = _zone(webinar, together[0])
    known = [zone for zone in together if zones.is_known(zone) and zone != zones.UNKNOWN]
    cities = [zones.city(zone) for zone in known[:_MOST_IN_A_LINE]]
    if len(cities) > 1:
        name = f"{' · '.join(cities)} {name[name.find('(') :] if '(' in name else ''}".strip()
    return spell(webinar.starts_at, webinar.ends_at, place, name, is_own=is_own)


def _offset(webinar: Webinar, zone: str) -> timedelta:
    place, _name = _zone(webinar, zone)
    return clock.offset(webinar.starts_at, place)


def _zone(webinar: Webinar, zone: str) -> tuple[tzinfo, str]:
    """A zone we know, and what it is called; one whose name is gone by its distance to UTC."""
    wanted = zone or webinar.zone
    if zones.is_known(wanted):
        return ZoneInfo(wanted), zones.called(wanted, webinar.starts_at)
    if zone and zone != webinar.zone:
        return UTC, "UTC"
    local = webinar.starts_at.astimezone(webinar.place)
    return webinar.place, f"UTC{local:%z}"


def _locale() -> str:
    return words.locale(languages.current())
