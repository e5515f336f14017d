"""A meeting as calendar programs read it: for one person alone, and their own feed (RFC 5545, 5546).
Called by the letters and views of `working`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, timedelta
from urllib.parse import quote

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar, Event, vCalAddress, vDuration, vText, vUri

from exchange.core.time import now
from exchange.hubs.models import Space
from exchange.hubs.models.working import Sitting
from exchange.mail.letters import sender, wire_address
from exchange.members.models import Member

_PROGRAM = "-//Community Child Protection Exchange//Groups//EN"
_PLAIN = "@!#$&'*+-/=?^_`{|}~."
LOOK_AGAIN = timedelta(hours=6)
# What was stays so long: a program learns that something is off by reading it.
STAYS = timedelta(days=60)


def invitation(sitting: Sitting, member: Member) -> str:
    """METHOD:REQUEST for this person; the same again with a higher SEQUENCE moves it."""
    return _for_one("REQUEST", sitting, member)


def cancellation(sitting: Sitting, member: Member) -> str:
    """METHOD:CANCEL: it leaves their calendar."""
    return _for_one("CANCEL", sitting, member)


def own_file(sitting: Sitting, language: str) -> str:
    """What somebody takes from the page: no address stands in it but ours."""
    with override(language):
        return _whole("PUBLISH", [_event(sitting)])


def feed(sittings: Iterable[Sitting], language: str) -> str:
    """All meetings of one person's groups."""
    with override(language):
        calendar = _calendar("PUBLISH")
        name = _("Meetings of my groups")
        calendar.add("name", vText(name))
        calendar.add("x-wr-calname", vText(name))
        calendar.add("refresh-interval", vDuration(LOOK_AGAIN), parameters={"VALUE": "DURATION"})
        for sitting in sittings:
            calendar.add_component(_event(sitting))
        return _text(calendar)


def _for_one(method: str, sitting: Sitting, member: Member) -> str:
    with override(member.first_language):
        event = _event(sitting)
        attendee = vCalAddress(f"mailto:{quote(wire_address(member.email), safe=_PLAIN)}")
        attendee.params.update({"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT"})
        attendee.params.update({"PARTSTAT": "NEEDS-ACTION", "RSVP": "FALSE"})
        event["attendee"] = attendee
        return _whole(method, [event])


def _event(sitting: Sitting) -> Event:
    """In a group whose mails tell nothing, a calendar on a shared phone tells nothing either."""
    paper, space = sitting.paper, sitting.paper.space
    tells = not space.is_sensitive and space.mail_content != Space.Content.NOTICE
    event = Event()
    event.add("uid", f"{sitting.uid}@{settings.MAIL_DOMAIN}")
    event.add("sequence", sitting.sequence)
    event.add("dtstamp", now().astimezone(UTC).replace(microsecond=0))
    begins = sitting.starts_at.astimezone(UTC)
    event.add("dtstart", begins)
    event.add("dtend", begins + timedelta(minutes=sitting.minutes))
    event.add("summary", vText(paper.title if tells else _("Meeting")))
    if tells and sitting.where:
        event.add("location", vText(sitting.where))
    event.add("url", vUri(f"{settings.BASE_URL}{paper.get_absolute_url()}"))
    event.add("status", "CANCELLED" if sitting.is_off else "CONFIRMED")
    organizer = vCalAddress(f"mailto:{sender()}")
    organizer.params["CN"] = settings.SITE_NAME
    event["organizer"] = organizer
    return event


def _whole(method: str, events: Iterable[Event]) -> str:
    calendar = _calendar(method)
    for event in events:
        calendar.add_component(event)
    return _text(calendar)


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", _PROGRAM)
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def _text(calendar: Calendar) -> str:
    text: str = calendar.to_ical().decode()
    return text
