"""Who may write to whom, how much, and for how long it is kept. Pure: plain values in, a code out.
Called by queries, actions and the clock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from exchange.corresponding.models import Choice
from exchange.members.models import Member

LONGEST_FIRST, LONGEST = 1500, 6000
# A request nobody answered goes after this; a correspondence without a word after two years.
REQUEST_KEPT, KEPT = timedelta(days=90), timedelta(days=730)
# Letters about one correspondence are so far apart at least; what came meanwhile goes together.
TOGETHER = timedelta(minutes=10)
DAY = timedelta(days=1)
# People one has not written with, a day; requests that wait for an answer; words in all, a day;
# words to one person without an answer, a day. First for newcomers, then for everybody else.
NEW_A_DAY = (3, 15)
REQUESTS = (2, 20)
WORDS_A_DAY = (30, 200)
IN_A_ROW = (6, 20)

_LINK = re.compile(r"https?://\S*|\bwww\.\S*|\b(?:t|wa|bit)\.(?:me|ly)/\S*", re.IGNORECASE)

# What a gate says of everything a newcomer writes: nobody but the two reads along here.
OF_NEWCOMERS = frozenset({"newcomer"})
# Ways to reach somebody elsewhere. The writer is asked; of a newcomer they are not taken.
WAYS_OUT = frozenset({"phone", "email", "map", "links"})
# The number of a file leads to one child, as a name does.
OF_A_FILE = frozenset({"case-number"})


@dataclass(frozen=True)
class Between:
    """How a writer and another person stand to each other."""

    # Both agreed to write, and neither ended it.
    is_open: bool = False
    # The other one asked, or the writer ended it: to write is to say yes.
    is_writers_turn: bool = False
    # The writer asked, and the other has neither said yes nor can be known to have said no.
    waits: bool = False
    was_ended: bool = False
    has_blocked: bool = False
    is_blocked: bool = False
    from_whom: str = Choice.FromWhom.EVERYBODY
    share_a_group: bool = False


@dataclass(frozen=True)
class Counts:
    """What somebody wrote lately."""

    new_today: int = 0
    requests: int = 0
    today: int = 0
    in_a_row: int = 0


def why_not(writer: Member, to: Member, between: Between, moment: datetime) -> str:
    """Why the one may not write to the other, or "". That they were blocked nobody can tell from
    it: who waits goes on waiting, and "no-messages" has many reasons."""
    if writer.pk == to.pk:
        return "self"
    if writer.paused_until is not None and writer.paused_until > moment:
        return "paused"
    if between.has_blocked:
        return "you-blocked"
    if between.waits:
        return "waits"
    is_gone = not to.is_active or to.erased_at is not None
    if is_gone or between.is_blocked or between.was_ended:
        return "no-messages"
    if between.is_open or between.is_writers_turn:
        return ""
    return "" if _is_wanted(writer, between) else "no-messages"


def may_write_to(writer: Member, to: Member, between: Between, moment: datetime) -> bool:
    return not why_not(writer, to, between, moment)


def too_many(writer: Member, counts: Counts, *, is_first: bool) -> str:
    """Which measure is full, or ""."""
    which = 0 if writer.is_newcomer else 1
    if is_first and counts.requests >= REQUESTS[which]:
        return "requests"
    if is_first and counts.new_today >= NEW_A_DAY[which]:
        return "new-today"
    if counts.today >= WORDS_A_DAY[which] or counts.in_a_row >= IN_A_ROW[which]:
        return "today"
    return ""


def links_in(text: str) -> list[tuple[int, int]]:
    """Where links stand."""
    return [found.span() for found in _LINK.finditer(text)]


def _is_wanted(writer: Member, between: Between) -> bool:
    choices = Choice.FromWhom
    if between.from_whom == choices.EVERYBODY:
        return True
    if between.from_whom == choices.WELCOMED:
        return not writer.is_newcomer
    return between.from_whom == choices.GROUPS and between.share_a_group
