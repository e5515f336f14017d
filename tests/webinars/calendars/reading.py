"""Reading a calendar file with two programs that know nothing of each other.
Used by the tests beside it."""

import icalendar
import vobject


def one_event(text, *, whole=True):
    """The calendar and its only event; `whole` if it has words."""
    calendar = icalendar.Calendar.from_ical(text)
    assert calendar.errors == []
    (event,) = calendar.walk("VEVENT")
    assert event.errors == []
    if whole:
        both(text)
    assert vobject.readOne(text).vevent.uid.value == str(event["UID"])
    return calendar, event


def events(text):
    return icalendar.Calendar.from_ical(text).walk("VEVENT")


def both(text):
    """What each of the two reads of the only event."""
    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    first = {name.lower(): str(event[name]) for name in ("UID", "SUMMARY", "DESCRIPTION", "URL")}
    first |= {name.lower(): event[name].dt for name in ("DTSTART", "DTEND", "DTSTAMP")}
    read = vobject.readOne(text).vevent
    second = {name: getattr(read, name).value for name in first}
    return first, second


def is_well_formed(text):
    """Lines of at most 75 octets that end as they must; no letter is cut in two."""
    lines = text.encode().split(b"\r\n")
    return (
        lines[-1] == b""
        and all(0 < len(line) <= 75 for line in lines[:-1])
        and all(b"\n" not in line and b"\r" not in line for line in lines)
        and all(line.decode() for line in lines[:-1])
    )
