"""How a member's mail comes, in words; and what became of a mail. In the language that is active.
Called by pages and by commands that come by mail."""

from __future__ import annotations

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from exchange.alerts.digests.times import zone_of
from exchange.alerts.models import Wishes
from exchange.core import zones
from exchange.core.words import day
from exchange.mail.models import OutgoingMail

State = OutgoingMail.State


def digest_comes(wishes: Wishes) -> str:
    """When digests come."""
    when = {
        "day": WEEKDAYS[wishes.weekday % 7],
        "hour": f"{wishes.hour % 24:02}:00",
        "zone": zones.called(wishes.timezone),
    }
    sentence = {
        Wishes.Rhythm.DAILY: _("Your digest comes every day at %(hour)s, %(zone)s."),
        Wishes.Rhythm.WEEKLY: _("Your digest comes every week, on %(day)s at %(hour)s, %(zone)s."),
        Wishes.Rhythm.MONTHLY: _(
            "Your digest comes every month, on its first %(day)s at %(hour)s, %(zone)s."
        ),
    }[Wishes.Rhythm(wishes.rhythm)]
    return sentence % when


def next_digest(wishes: Wishes) -> str:
    """The day of the next one, or "" when none is planned."""
    if wishes.next_digest_at is None or wishes.stopped_at is not None:
        return ""
    return day(wishes.next_digest_at.astimezone(zone_of(wishes)))


def what_became(mail: OutgoingMail) -> str:
    """What became of one mail, and why if it did not go."""
    if mail.state == State.SUPPRESSED:
        return _why_not(mail.last_error)
    return {
        State.QUEUED: _("on its way"),
        State.SENDING: _("on its way"),
        State.SENT: _("sent"),
        State.UNSURE: _("perhaps sent: the line broke, and we did not want to send it twice"),
        State.FAILED: _("not sent: the mail server refused it"),
        State.DROPPED: _("not sent: it was taken back before it went"),
        State.BOUNCED: _("it came back: your mailbox did not take it"),
    }[State(mail.state)]


def _why_not(code: str) -> str:
    known = {
        "stopped": _("not sent: you stopped all mail"),
        "paused": _("not sent: you paused all mail; it comes in your digest"),
        "not-followed": _("not sent: you no longer wished to hear of it"),
        "not-public": _("not sent: it was taken back before it went"),
        "author-left": _("not sent: its author has left"),
        "changed": _("not sent: its words had changed, and you were told anew"),
        "stale": _("not sent: it had become too old"),
    }
    return known.get(code) or _("not sent")
