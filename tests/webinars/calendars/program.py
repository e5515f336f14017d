"""A small calendar program that follows RFC 5546: one entry a UID, replaced by what is newer.
Used by the tests beside it."""

import icalendar


class CalendarProgram:
    """The calendar of one person. `entries` by UID; `refused` is what it did not take, and why."""

    def __init__(self, owner):
        self.owner = owner
        self.entries = {}
        self.refused = []

    def open(self, letter):
        """A mail: the part for calendars must say what the header says (RFC 6047)."""
        for part in letter.walk():
            if part.get_content_type() == "text/calendar":
                text = part.get_payload(decode=True).decode()
                self.take(text, method=part["Content-Type"].params["method"])

    def take(self, text, *, method):
        calendar = icalendar.Calendar.from_ical(text)
        assert str(calendar["METHOD"]) == method
        for event in calendar.walk("VEVENT"):
            self._take(event, method)

    def _take(self, event, method):
        invited = str(event["ATTENDEE"]).removeprefix("mailto:").lower()
        if invited != self.owner.lower():
            self.refused.append("for somebody else")
            return
        uid = str(event["UID"])
        known = self.entries.get(uid)
        if known is not None and _age(event) < _age(known):
            self.refused.append("older")
            return
        if method == "CANCEL" and known is None:
            self.refused.append("nothing to cancel")
            return
        self.entries[uid] = event

    @property
    def standing(self):
        """What the person sees: (begins, ends) of what has not been cancelled."""
        return [
            (event["DTSTART"].dt, event["DTEND"].dt)
            for event in self.entries.values()
            if event["STATUS"] != "CANCELLED"
        ]


def _age(event):
    """First the SEQUENCE, then DTSTAMP (RFC 5546, 2.1.5)."""
    return event["SEQUENCE"], event["DTSTAMP"].dt
