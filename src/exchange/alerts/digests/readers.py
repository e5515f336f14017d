"""Whose digest it is and all that decides what stands in it, in a few questions for very many.
Used by `building` and the page of the next digest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast

from exchange.alerts.digests.choosing import Reader
from exchange.alerts.digests.entries import codes_of, number
from exchange.alerts.digests.news import News, gather
from exchange.alerts.models import Digest, Waiting, Watch, Wishes
from exchange.conversation.models import Follow, SavedMatch, SavedSearch
from exchange.mail.models import OutgoingMail

# Somebody who has had none yet, or had none for long, hears of the last so many days.
SPAN = {
    Wishes.Rhythm.DAILY: timedelta(days=1),
    Wishes.Rhythm.WEEKLY: timedelta(days=7),
    Wishes.Rhythm.MONTHLY: timedelta(days=31),
}
LONGEST = timedelta(days=45)
# What was published at this very moment may not be committed yet; it comes next time.
SETTLED = timedelta(minutes=1)
# Of a mail in these states nobody is told again.
TOLD = ("queued", "sending", "sent", "unsure")


def load(wishes: Sequence[Wishes], *, now: datetime) -> tuple[list[Reader], News]:
    """The readers of a batch, and the news they share."""
    readers, news = look_ahead(wishes, until=now - SETTLED)
    since = min((one.since for one in readers), default=now)
    _add_told({one.wishes.member_id: one for one in readers}, since)
    return readers, news


def look_ahead(wishes: Sequence[Wishes], *, until: datetime) -> tuple[list[Reader], News]:
    """The same without what was told already by other mails: for a page that shows what will
    come."""
    readers = {one.member_id: Reader(one, since_of(one, until), until) for one in wishes}
    since = min((one.since for one in readers.values()), default=until)
    _add_codes(readers, since, until)
    _add_watches(readers)
    codes = [code for one in readers.values() for code in one.waiting]
    found = {pk for one in readers.values() for pk in one.found}
    news = gather(
        since=since,
        until=until,
        contribution_ids=_numbers(codes, "contribution") | found,
        reply_ids=_numbers(codes, "reply"),
    )
    _add_follows(readers, news)
    return list(readers.values()), news


def since_of(wishes: Wishes, until: datetime) -> datetime:
    """From when on things are new to them."""
    begun = wishes.last_digest_at or until - SPAN[Wishes.Rhythm(wishes.rhythm)]
    return max(begun, wishes.member.joined_at, until - LONGEST)


def _add_codes(readers: dict[int, Reader], since: datetime, until: datetime) -> None:
    """What waits for their digest, and what was found for searches that tell by digest."""
    waiting = Waiting.objects.filter(member__in=list(readers), due_at=None)
    awake = Q(search__paused_until=None) | Q(search__paused_until__lte=until)
    found = SavedMatch.objects.filter(
        awake,
        search__member__in=list(readers),
        search__level=SavedSearch.Level.DIGEST,
        search__stopped_at=None,
        at__gt=since,
    )
    number_of_match = Cast("contribution_id", CharField())
    rows = waiting.values_list("member_id", "item", "at", Value(""))
    both = rows.union(found.values_list("search__member_id", number_of_match, "at", Value("found")))
    for member, item, at, sort in both:
        reader = readers[member]
        if not sort:
            reader.waiting.add(item)
        elif reader.is_new_to(at):
            reader.found.add(int(item))


def _add_watches(readers: dict[int, Reader]) -> None:
    for watch in Watch.objects.filter(member__in=list(readers)):
        readers[watch.member_id].watches.append(watch)


def _add_follows(readers: dict[int, Reader], news: News) -> None:
    """Of all they follow what is new."""
    threads = set(news.contributions) | set(news.by_thread)
    for follow in Follow.objects.filter(member__in=list(readers), contribution__in=threads):
        readers[follow.member_id].follows[follow.contribution_id] = follow


def _add_told(readers: dict[int, Reader], since: datetime) -> None:
    """What went by itself, or stood in a digest not long ago."""
    told: dict[int, set[str]] = defaultdict(set)
    mails = OutgoingMail.objects.filter(person__in=list(readers), created_at__gt=since - LONGEST)
    for person, item in mails.filter(state__in=TOLD).values_list("person", "item"):
        if person is not None:
            told[person].add(item)
    digests = Digest.objects.filter(member__in=list(readers), made_at__gt=since - LONGEST)
    for member, rows in digests.values_list("member_id", "items"):
        told[member].update(codes_of(rows))
    for pk, reader in readers.items():
        reader.told = told[pk]


def _numbers(codes: Iterable[str], sort: str) -> set[int]:
    return {number(code) for code in codes if code.startswith(f"{sort}:")}
