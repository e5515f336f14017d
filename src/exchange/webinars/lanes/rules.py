"""Who may write along, show slides and take the pen. Pure: they read what they are given.
Called by the actions of lanes, and by views that show or hide a button."""

from __future__ import annotations

from datetime import datetime, timedelta

from exchange.webinars.models import Lane, Line, Phase, Slide, Webinar
from exchange.webinars.rules import Roles, needs_host

# After so long without a line another writer may take the pen.
SILENCE = timedelta(seconds=60)
LONGEST_LINE = 400
LONGEST_GLOSSARY = 4_000
# So many lines a minute nobody types who writes along.
LINES_A_MINUTE = 40
MOST_LANES = 12
MOST_SLIDES = 80
LONGEST_SLIDE = 1_200
# A first greeting, and corrections afterwards.
_BEFORE = timedelta(hours=1)
_AFTER = timedelta(days=14)


def is_open_for_lines(webinar: Webinar, moment: datetime) -> bool:
    """Whether lines are taken: shortly before, during, and for two weeks after."""
    if not webinar.is_public or webinar.phase == Phase.CANCELLED:
        return False
    if webinar.is_live:
        return True
    if webinar.is_over:
        return moment < webinar.ends_at + _AFTER
    return moment > webinar.starts_at - _BEFORE


def has_pen(lane: Lane, member_id: int) -> bool:
    return lane.pen_id == member_id


def pen_is_free(lane: Lane, moment: datetime) -> bool:
    """Nobody holds it, or whoever does has been silent for a minute."""
    since = lane.pen_since
    return lane.pen_id is None or since is None or since < moment - SILENCE


def may_take_back(line: Line, member_id: int, roles: Roles) -> bool:
    return roles.may_help or (roles.may_write and line.by_id == member_id)


def may_let_out(line: Line, member_id: int, roles: Roles) -> bool:
    """What waits is read by another than its writer; by a host, where a gate saw more in it than
    that its writer is new."""
    if line.by_id == member_id:
        return False
    return roles.is_host if needs_host(codes(line.flags)) else roles.may_help


def may_pass_slide(slide: Slide, roles: Roles) -> bool:
    """Who leads looks at slides before they are shown; a host, where a gate asked."""
    return roles.is_host if needs_host(codes(slide.flags)) else roles.may_lead


def codes(flags: str) -> set[str]:
    """The reasons of the gates, as they are kept beside words."""
    return set(flags.split())
