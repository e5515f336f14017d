"""A webinar as calendar programs read it: one person's invitation and its end, and what is public.
Called by the letters of this room, and by the views of `calendars`. RFC 5545, 5546, 7986."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import (
    Alarm,
    Calendar,
    Component,
    Event,
    Timezone,
    TimezoneStandard,
    vCalAddress,
    vDuration,
    vInt,
    vText,
    vUri,
)

from exchange.core.time import now
from exchange.mail.letters import sender, wire_address
from exchange.webinars.calendars import wording
from exchange.webinars.models import Phase, Seat, Webinar

_PROGRAM = "-//Community Child Protection Exchange//Webinars//EN"
# How often a program that subscribed should look again.
LOOK_AGAIN = timedelta(hours=1)
_ALARM = timedelta(minutes=15)
# What may stand in an address as it is, so that programs find their own one by comparing.
_PLAIN = "@!#$&'*+-/=?^_`{|}~."


def invitation(webinar: Webinar, seat: Seat) -> str:
    """METHOD:REQUEST for this person alone; the same again, with a higher SEQUENCE, moves it."""
    with override(seat.language):
        event = _for_one(webinar, seat)
        event.add("status", "CANCELLED" if _is_off(webinar) else "CONFIRMED")
        event.add("transp", "OPAQUE")
        event.add_component(_alarm(webinar))
        return _whole("REQUEST", [event])


def cancellation(webinar: Webinar, seat: Seat) -> str:
    """METHOD:CANCEL for this person: the webinar is cancelled, and has the higher SEQUENCE then,
    or they have given up their place, which the newer DTSTAMP says."""
    with override(seat.language):
        event = _for_one(webinar, seat)
        event.add("status", "CANCELLED")
        event.add("transp", "TRANSPARENT")
        return _whole("CANCEL", [event])


def erasure(webinar: Webinar, seat: Seat) -> str:
    """METHOD:CANCEL for a webinar that was withdrawn: what stands in their calendar goes, and
    nothing of its words is sent once more."""
    with override(seat.language):
        event = _for_one(webinar, seat)
        for name in ("summary", "description", "url"):
            event.pop(name)
        event.add("summary", vText(_("Webinar")))
        event["sequence"] = vInt(webinar.sequence + 1)
        event.add("status", "CANCELLED")
        return _whole("CANCEL", [event])


def for_own_file(webinar: Webinar, seat: Seat) -> str:
    """What somebody takes from the page of their place: the same event as in their mail, so that
    it stands in their calendar once. No address is in it but ours."""
    with override(seat.language):
        event = _event(webinar, page=wording.page_of(webinar, seat), stamp=now())
        event.add("status", "CANCELLED" if _is_off(webinar) else "CONFIRMED")
        return _whole("PUBLISH", [event])


def published(
    webinars: Iterable[Webinar], *, language: str, name: str = "", address: str = ""
) -> str:
    """METHOD:PUBLISH, for everybody: no person stands in it. `name` and `address` are of a feed
    that programs subscribe to. The same rows give the same text, so that a program which asks
    again need not load it."""
    with override(language):
        return _whole("PUBLISH", [_public(one) for one in webinars], name=name, address=address)


def stamp_of(webinar: Webinar) -> datetime:
    """When what stands in a calendar about it was last changed."""
    moved = [move.at for move in webinar.moves.all()]
    known = [webinar.changed_at, webinar.went_live_at, webinar.ended_at, *moved]
    return max(moment for moment in known if moment is not None)


def uid_of(webinar: Webinar) -> str:
    return f"{webinar.uid}@{settings.MAIL_DOMAIN}"


def _public(webinar: Webinar) -> Event:
    event = _event(webinar, page=wording.page_of(webinar), stamp=stamp_of(webinar))
    event.add("status", "CANCELLED" if _is_off(webinar) else "CONFIRMED")
    # A subscription shows what there is; nobody is busy because of it.
    event.add("transp", "TRANSPARENT")
    return event


def _for_one(webinar: Webinar, seat: Seat) -> Event:
    """Whose it is, and nobody else."""
    event = _event(webinar, page=wording.page_of(webinar, seat), stamp=now())
    attendee = vCalAddress(f"mailto:{quote(wire_address(seat.address), safe=_PLAIN)}")
    attendee.params.update(
        {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED"}
    )
    attendee.params["RSVP"] = "FALSE"
    event["attendee"] = attendee
    return event


def _event(webinar: Webinar, *, page: str, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", uid_of(webinar))
    event.add("sequence", webinar.sequence)
    event.add("dtstamp", _utc(stamp))
    event.add("last-modified", _utc(stamp_of(webinar)))
    event.add("dtstart", _utc(webinar.starts_at))
    event.add("dtend", _utc(webinar.starts_at + timedelta(minutes=webinar.minutes)))
    language = {"LANGUAGE": webinar.language}
    event.add("summary", vText(wording.summary(webinar), params=language))
    event.add("description", vText(wording.description(webinar, page)))
    event.add("location", vText(wording.place(webinar)))
    event.add("url", vUri(page))
    event["organizer"] = _organizer()
    return event


def _organizer() -> vCalAddress:
    """An address of ours, no person; every method needs one (RFC 5546, 3.2)."""
    organizer = vCalAddress(f"mailto:{sender()}")
    organizer.params["CN"] = settings.SITE_NAME
    return organizer


def _alarm(webinar: Webinar) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", vDuration(-_ALARM))
    alarm.add("description", vText(wording.summary(webinar)))
    return alarm


def _whole(method: str, events: list[Event], *, name: str = "", address: str = "") -> str:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", _PROGRAM)
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    if name:
        _as_feed(calendar, name, address)
    components: list[Component] = [*events] or [_utc_zone()]
    for component in components:
        calendar.add_component(component)
    whole: str = calendar.to_ical().decode()
    return whole


def _as_feed(calendar: Calendar, name: str, address: str) -> None:
    """What programs that subscribe go by: its name, and when to look again; once as the standard
    has it, once as those do that are older than it."""
    calendar.add("name", vText(name))
    calendar.add("x-wr-calname", vText(name))
    calendar.add("description", vText(_("Webinars of practitioners who protect children")))
    calendar.add("refresh-interval", vDuration(LOOK_AGAIN), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(LOOK_AGAIN))
    if address:
        calendar.add("source", vUri(address), parameters={"VALUE": "URI"})


def _utc_zone() -> Timezone:
    """A calendar has one component at least (RFC 5545, 3.6): what a feed of no event holds."""
    began = TimezoneStandard()
    began.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 - the standard wants a local hour here
    began.add("tzoffsetfrom", timedelta(0))
    began.add("tzoffsetto", timedelta(0))
    zone = Timezone()
    zone.add("tzid", "Etc/UTC")
    zone.add_component(began)
    return zone


def _is_off(webinar: Webinar) -> bool:
    return webinar.phase == Phase.CANCELLED


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
