"""Making the digests that are due, a batch at a time: read and written down outside a transaction,
then queued in one. Called by `hooks.digests` and by `bench`."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q

from exchange.alerts.digests import times
from exchange.alerts.digests.choosing import Reader, entries_for, shown
from exchange.alerts.digests.entries import Entry
from exchange.alerts.digests.letters import Order, letter
from exchange.alerts.digests.readers import load
from exchange.alerts.digests.slips import Press
from exchange.alerts.models import Digest, Waiting, Wishes
from exchange.contributions.models import Contribution
from exchange.conversation.models import Reply
from exchange.ledger.registry import Later
from exchange.mail.actions import Queued, queue_many
from exchange.mail.rules import check_address, check_content, check_headers

log = logging.getLogger(__name__)

A_BATCH = 200
# After that a digest is of no use any more; a backup that was restored does not send it again.
GOOD_FOR = {
    Wishes.Rhythm.DAILY: timedelta(days=2),
    Wishes.Rhythm.WEEKLY: timedelta(days=5),
    Wishes.Rhythm.MONTHLY: timedelta(days=10),
}
# A digest that could not be made does not keep those of others waiting.
TRY_AGAIN = timedelta(hours=6)


@dataclass
class Told:
    """What a digest is about, and its letter; none when there is nothing to say."""

    period: str
    since: datetime
    until: datetime
    entries: Sequence[Entry] = ()
    codes: frozenset[str] = frozenset()
    letter: Queued | None = None


@dataclass
class One:
    """What becomes of one member at this moment: a letter, or none, and when the next is due."""

    wishes: Wishes
    next_at: datetime | None
    told: Told | None = None


@dataclass
class Batch:
    """All that one transaction will write."""

    ones: list[One]
    contributions: set[int] = field(default_factory=set)
    replies: set[int] = field(default_factory=set)


def build(*, now: datetime, limit: int = A_BATCH) -> Batch:
    """Read and write the letters of those whose digest is due; nothing is kept yet."""
    due = list(Wishes.objects.due(now).select_related("member")[:limit])
    ready, ones = [], []
    made = _made_already(due)
    for wishes in due:
        one = _postponed(wishes, made, now)
        if one:
            ones.append(one)
        else:
            ready.append(wishes)
    if not ready:
        return Batch(ones)
    readers, news = load(ready, now=now)
    chosen = [(reader, entries_for(reader, news)) for reader in readers]
    press = press_for(entry for _reader, entries in chosen for entry in entries)
    ones += [_or_later(reader, entries, press, now) for reader, entries in chosen]
    return Batch(ones, set(press.rows), set(press.replies))


def keep(batch: Batch) -> int:
    """Queue the letters and set the next moments, in the caller's transaction; says for how many
    members. Somebody whose wishes have changed meanwhile is left for the next batch. Raises Later when a text that stands
    in the letters was taken back since they were written."""
    _still_visible(batch)
    ones = _still_due(batch.ones)
    told = {one.wishes.member_id: one.told for one in ones if one.told and one.told.letter}
    mails = queue_many([digest.letter for digest in told.values() if digest.letter])
    Digest.objects.bulk_create(
        [
            Digest(
                member_id=member,
                period=digest.period,
                since=digest.since,
                until=digest.until,
                items=[entry.kept for entry in digest.entries],
                mail_id=mail.pk,
            )
            for (member, digest), mail in zip(told.items(), mails, strict=True)
        ],
        ignore_conflicts=True,
    )
    _forget_waiting(told)
    _set_next(ones)
    return len(ones)


def is_due(*, now: datetime) -> bool:
    """Whether anybody's digest is to be made."""
    return Wishes.objects.due(now).exists()


def good_for(wishes: Wishes) -> timedelta:
    """How long its letter may still go."""
    return GOOD_FOR[Wishes.Rhythm(wishes.rhythm)]


def press_for(entries: Iterable[Entry]) -> Press:
    """The rows of these entries that anybody may read at this moment. What a visitor may read,
    every member may; so one look is enough for all."""
    contributions, replies = _numbers(entries)
    return Press(visible_contributions(contributions), visible_replies(replies))


def visible_contributions(numbers: Iterable[int]) -> dict[int, Contribution]:
    """Of these, by number."""
    rows = Contribution.objects.visible_to(None).listed().filter(pk__in=set(numbers))
    return {row.pk: row for row in rows}


def visible_replies(numbers: Iterable[int]) -> dict[int, Reply]:
    """Of these, by number; the contribution is asked for by itself."""
    rows = Reply.objects.visible_to(None).public().filter(pk__in=set(numbers))
    return {row.pk: row for row in rows.select_related("contribution")}


def _or_later(reader: Reader, entries: list[Entry], press: Press, now: datetime) -> One:
    """One digest that breaks is looked at again later; those of others do not wait for it."""
    try:
        return _checked(_one(reader, entries, press, now))
    except Exception as error:  # noqa: BLE001 - whatever one text does to a letter, others go on
        log.warning("digest of member %s: %s", reader.member.pk, type(error).__name__)
        return One(reader.wishes, now + TRY_AGAIN)


def _checked(one: One) -> One:
    """The queue takes all letters of a batch or none. Raises MailRefused."""
    if one.told and one.told.letter:
        letter = one.told.letter
        check_address(letter.to)
        check_content(subject=letter.subject, text=letter.text, html=letter.html)
        check_headers(letter.headers)
    return one


def _one(reader: Reader, entries: list[Entry], press: Press, now: datetime) -> One:
    wishes = reader.wishes
    period = times.period_of(wishes, wishes.next_digest_at or now)
    codes = frozenset(code for entry in entries for code in entry.codes)
    told = Told(period, reader.since, reader.until, codes=codes)
    one = One(wishes, times.next_moment(wishes, after=now), told)
    told.entries = left = [some for some in map(press.without_gone, entries) if some]
    if left:
        order = Order(reader.member, wishes, period, left, shown(left), now + good_for(wishes))
        told.letter = letter(order, press)
    return one


def _made_already(due: Sequence[Wishes]) -> set[tuple[int, str]]:
    rows = Digest.objects.filter(
        member__in=[one.member_id for one in due],
        period__in={times.period_of(one, one.next_digest_at) for one in due if one.next_digest_at},
    )
    return set(rows.values_list("member_id", "period"))


def _postponed(wishes: Wishes, made: set[tuple[int, str]], now: datetime) -> One | None:
    """Who gets none at this moment, and when we look again."""
    member = wishes.member
    if not member.is_active or member.erased_at is not None or member.is_demo:
        return One(wishes, None)
    if wishes.paused_until and wishes.paused_until > now:
        return One(wishes, times.next_moment(wishes, after=wishes.paused_until))
    if times.is_quiet(wishes, now):
        return One(wishes, times.end_of_quiet(wishes, now))
    due = wishes.next_digest_at or now
    if (wishes.member_id, times.period_of(wishes, due)) in made:
        return One(wishes, times.next_moment(wishes, after=now))
    return None


def _still_visible(batch: Batch) -> None:
    rows = Contribution.objects.visible_to(None).listed().filter(pk__in=batch.contributions)
    replies = Reply.objects.visible_to(None).public().filter(pk__in=batch.replies)
    if rows.count() < len(batch.contributions) or replies.count() < len(batch.replies):
        raise Later("taken-back-meanwhile")


def _still_due(ones: Sequence[One]) -> list[One]:
    """Those whose wishes are as they were read, locked until the end of the transaction."""
    rows = Wishes.objects.select_for_update(of=("self",)).filter(
        pk__in=[one.wishes.pk for one in ones], stopped_at=None
    )
    stand = {
        pk: (changed_at, next_at, may_be_told)
        for pk, changed_at, next_at, may_be_told in rows.annotate(
            may_be_told=Q(member__is_active=True, member__erased_at=None)
        ).values_list("pk", "changed_at", "next_digest_at", "may_be_told")
    }
    return [one for one in ones if _stands(one, stand.get(one.wishes.pk))]


def _stands(one: One, stand: tuple[datetime, datetime | None, bool] | None) -> bool:
    if stand is None or stand[:2] != (one.wishes.changed_at, one.wishes.next_digest_at):
        return False
    return stand[2] or one.told is None


def _forget_waiting(told: Mapping[int, Told]) -> None:
    """What waited for the digest stands in it now."""
    waiting = Waiting.objects.filter(member__in=list(told), due_at=None)
    rows = waiting.values_list("pk", "member_id", "item")
    gone = [pk for pk, member, item in rows if item in told[member].codes]
    if gone:
        Waiting.objects.filter(pk__in=gone).delete()


def _set_next(ones: Sequence[One]) -> None:
    """Few questions: people of one zone and one rhythm are due at the same moment."""
    groups: dict[tuple[datetime | None, datetime | None], list[int]] = defaultdict(list)
    for one in ones:
        groups[one.next_at, one.told.until if one.told else None].append(one.wishes.pk)
    for (next_at, until), pks in groups.items():
        rows = Wishes.objects.filter(pk__in=pks)
        if until is None:
            rows.update(next_digest_at=next_at)
        else:
            rows.update(next_digest_at=next_at, last_digest_at=until)


def _numbers(entries: Iterable[Entry]) -> tuple[set[int], set[int]]:
    contributions: set[int] = set()
    replies: set[int] = set()
    for entry in entries:
        contributions.add(entry.contribution)
        replies.update(entry.replies)
    return contributions, replies
