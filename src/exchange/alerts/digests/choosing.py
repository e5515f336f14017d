"""What stands in one member's digest, in which order, and what is left for another time. Pure: no
question is asked of the database here. Used by the modules of this folder alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from exchange.alerts import rules
from exchange.alerts.digests.entries import Entry, Section, number
from exchange.alerts.digests.news import News
from exchange.alerts.models import Level, Watch, Wishes
from exchange.alerts.watching.rules import suits as suits_member
from exchange.contributions.models import Contribution
from exchange.conversation.models import Follow, Reply
from exchange.members.models import Member

# So many are shown, the rest is a number; no section takes the room of all others at first.
SHOWN = 12
FIRST_OF_A_SECTION = 5


@dataclass
class Reader:
    """A member, what they wish, and what was found for them since then."""

    wishes: Wishes
    since: datetime
    until: datetime
    watches: list[Watch] = field(default_factory=list)
    follows: dict[int, Follow] = field(default_factory=dict)
    # Contributions found for searches they keep.
    found: set[int] = field(default_factory=set)
    # Codes of what would have been told at once and waits for the digest; of what was told.
    waiting: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)

    @property
    def member(self) -> Member:
        return self.wishes.member

    def is_new_to(self, moment: datetime | None) -> bool:
        """Whether it came in the time this digest is about."""
        return moment is not None and self.since < moment <= self.until


def entries_for(reader: Reader, news: News) -> list[Entry]:
    """All of it, the most important first: questions they can help with that nobody has answered,
    then answers, places, searches."""
    entries: dict[int, Entry] = {}
    for row in _candidates(reader, news):
        section = _section_of(reader, news, row)
        if section:
            entries[row.pk] = Entry(section, row.pk)
    for thread, replies in _answers(reader, news):
        numbers = tuple(reply.pk for reply in replies)
        new = entries.get(thread)
        # New to them with its first answers: one thing, not two.
        entries[thread] = (
            Entry(new.section, thread, numbers)
            if new
            else Entry(Section.ANSWERS, thread, numbers, is_new=False)
        )
    return sorted(entries.values(), key=lambda entry: _rank(entry, news))


def shown(entries: list[Entry]) -> list[Entry]:
    """Those that stand in the mail: the first few of each section, then whatever is next."""
    counts: dict[Section, int] = {}
    first: list[Entry] = []
    for entry in entries:
        counts[entry.section] = counts.get(entry.section, 0) + 1
        if counts[entry.section] <= FIRST_OF_A_SECTION:
            first.append(entry)
    chosen = set(first[:SHOWN])
    for entry in entries:
        if len(chosen) >= SHOWN:
            break
        chosen.add(entry)
    return [entry for entry in entries if entry in chosen]


def _candidates(reader: Reader, news: News) -> Iterator[Contribution]:
    """What may be told as new: by a watch, a search, or because it waited."""
    numbers = news.looked_at_by(reader.watches) | reader.found
    numbers |= {number(code) for code in reader.waiting if code.startswith("contribution:")}
    if any(watch.kind == Watch.Kind.HELP for watch in reader.watches):
        numbers |= {row.pk for row in news.open_questions}
    for pk in numbers:
        row = news.contributions.get(pk)
        if row and row.author_id != reader.member.pk and f"contribution:{pk}" not in reader.told:
            yield row


def _section_of(reader: Reader, news: News, row: Contribution) -> Section | None:
    """Where it stands, if it is told in the digest at all."""
    suits = row.is_open and suits_member(reader.member, row, reader.watches)
    follow = reader.follows.get(row.pk)
    effective = rules.of_new(
        news.places[row.pk], follow=follow, watches=reader.watches, suits=suits
    )
    waits = f"contribution:{row.pk}" in reader.waiting
    is_due = effective.level == Level.DIGEST and reader.is_new_to(row.published_at)
    if waits or is_due:
        is_help = effective.watch is not None and effective.watch.kind == Watch.Kind.HELP
        return Section.HELP if is_help and row.is_open else Section.PLACES
    unwanted = follow is not None and follow.level == Follow.Level.OFF
    return Section.SEARCHES if row.pk in reader.found and not unwanted else None


def _answers(reader: Reader, news: News) -> Iterator[tuple[int, list[Reply]]]:
    """New answers to what they follow, by what was answered, the oldest first."""
    threads = set(reader.follows)
    for code in reader.waiting:
        reply = news.replies.get(number(code)) if code.startswith("reply:") else None
        if reply:
            threads.add(reply.contribution_id)
    for thread in threads:
        replies = [one for one in news.by_thread.get(thread, ()) if _is_told(reader, one)]
        if replies:
            yield thread, replies


def _is_told(reader: Reader, reply: Reply) -> bool:
    code = f"reply:{reply.pk}"
    if reply.author_id == reader.member.pk or code in reader.told:
        return False
    if code in reader.waiting:
        return True
    follow = reader.follows.get(reply.contribution_id)
    if follow is None or rules.of_answers(follow).level != Level.DIGEST:
        return False
    # What stood there when they began to follow, they have seen.
    moment = reply.published_at
    return moment is not None and reader.is_new_to(moment) and follow.at < moment


_ORDER = list(Section)


def _rank(entry: Entry, news: News) -> tuple[int, bool, float, int]:
    row = news.contributions.get(entry.contribution)
    is_answered = bool(row and row.reply_count)
    last = news.replies[entry.replies[-1]].published_at if entry.replies else None
    moment = (row.published_at if row and entry.is_new else None) or last
    newest_first = -moment.timestamp() if moment else 0.0
    answered = entry.section == Section.HELP and is_answered
    return _ORDER.index(entry.section), answered, newest_first, entry.contribution
