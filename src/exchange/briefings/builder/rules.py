"""What may be done with an edition, and how much stands in it. Pure.
Called by the actions and views of building newsletters."""

from __future__ import annotations

from datetime import datetime, timedelta

from exchange.briefings.models import Issue, Item, Newsletter
from exchange.briefings.rules import may_publish
from exchange.members.models import Member

# How much the draft puts into one section, and into all of them.
IN_A_SECTION = 3
IN_ALL = 12
# What a host may put in, so that the mail stays light.
MOST_ITEMS = 20
LONGEST_INTRO = 280
LONGEST_MESSAGE = 1_000
# The same thing is proposed once in this time for one hub and language.
NOT_AGAIN_FOR = timedelta(days=365)
# The first newsletter looks back so far.
FIRST_PERIOD = timedelta(days=31)
# When it should have begun by now, and a host should look why it has not.
LATE = timedelta(minutes=15)
# Nothing is scheduled farther away than this.
FARTHEST = timedelta(days=90)
# What a host chose a moment ago is not past.
_A_MINUTE = timedelta(minutes=1)

_SECTION_OF = {
    "experience": Item.Section.EXPERIENCE,
    "brief": Item.Section.BRIEF,
    "resource": Item.Section.RECORD,
    "webinar": Item.Section.WEBINAR,
    "notice": Item.Section.NOTICE,
}


def may_build(member: Member) -> bool:
    """Newsletters are the hosts'."""
    return may_publish(member)


def is_sound_moment(send_at: datetime, now: datetime) -> bool:
    """Whether it may be sent then: not in the past, and not at a moment nobody remembers."""
    return now - _A_MINUTE <= send_at <= now + FARTHEST


def is_late(edition: Newsletter, now: datetime) -> bool:
    """Whether its hour has passed, and something holds it."""
    return edition.is_due(now - LATE)


def section_of(kind: str, *, is_answered: bool) -> str:
    """Where something of this kind stands."""
    if kind == "question":
        return Item.Section.ANSWERED if is_answered else Item.Section.WAITING
    return _SECTION_OF.get(kind, Item.Section.TALK)


def needs_another(issue: Issue, edition: Newsletter, by: Member) -> bool:
    """Whether a second host must say yes after this one."""
    return issue.needs_two and edition.phase != Newsletter.Phase.RELEASED


def is_same_person(edition: Newsletter, by: Member) -> bool:
    """Whether who released it first would confirm it as well."""
    return edition.phase == Newsletter.Phase.RELEASED and edition.released_by_id == by.pk
