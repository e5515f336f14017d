"""Who may do what with the page of an organisation. Pure: rows in, an answer out.
Called by actions, views and templates of this room, and by the form of notices."""

from __future__ import annotations

from exchange.core.time import now
from exchange.members.models import Member
from exchange.organisations.models import Belonging

MOST_BELONGINGS = 12
# Proposals of one person that may wait at the same time.
MOST_PROPOSED = 5
LONGEST_ABOUT = 1500
LONGEST_WHY = 1000
# What whoever looks after a page may change; the name is the hosts' to correct.
OF_SPEAKERS = ("about", "website", "kind", "country")
OF_HOSTS = ("name", "acronym", "also_known_as", *OF_SPEAKERS, "is_founding", "note")
# What the gates read: words, and names, in which contact details alone count.
WORDS = ("about", "note")
NAMES = ("name", "acronym", "also_known_as", "website")


def may_write(member: Member | None) -> bool:
    """Active members; a paused one reads until the pause ends."""
    if member is None or not member.is_authenticated or not member.is_active:
        return False
    return member.paused_until is None or member.paused_until <= now()


def speaks(belonging: Belonging | None) -> bool:
    """Whether a host let them look after the page."""
    return belonging is not None and belonging.role == Belonging.Role.SPEAKS


def may_change(member: Member | None, belonging: Belonging | None) -> bool:
    if member is None or not may_write(member):
        return False
    return member.is_host or speaks(belonging)


def waits(belonging: Belonging | None) -> bool:
    """They asked to look after the page, and no host has said yes or no."""
    return (
        belonging is not None
        and belonging.asked_at is not None
        and belonging.decided_at is None
        and not speaks(belonging)
    )
