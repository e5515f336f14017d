"""What a member's next digest will hold, and what a past one held, as pages show it.
Called by `views.digest`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import ngettext

from exchange.alerts.digests.choosing import entries_for
from exchange.alerts.digests.entries import Entry, Section, from_kept
from exchange.alerts.digests.letters import heading_of
from exchange.alerts.digests.readers import look_ahead
from exchange.alerts.models import Digest, Wishes
from exchange.alerts.wishing.queries import wishes_of
from exchange.contributions.cards import Card, card
from exchange.contributions.models import Contribution
from exchange.conversation.models import Reply
from exchange.members.models import Member

# More than a person reads on one page.
MOST = 60


@dataclass(frozen=True)
class Part:
    """One section of the page."""

    heading: str
    cards: list[Card]


@dataclass(frozen=True)
class Ahead:
    """The next digest: how it is wished, when it goes, and what would stand in it now."""

    wishes: Wishes
    goes_at: datetime | None
    parts: list[Part]


def ahead(member: Member, *, now: datetime) -> Ahead:
    """What would stand in a digest of this moment."""
    wishes = wishes_of(member)
    wishes.member = member
    readers, news = look_ahead([wishes], until=now)
    entries = entries_for(readers[0], news)
    # Answers may belong to what is older than the news.
    answered = {row.contribution_id: row.contribution for row in news.replies.values()}
    rows = answered | news.contributions
    return Ahead(wishes, wishes.next_digest_at, _parts(entries, rows, news.replies))


def kept(member: Member, period: str) -> tuple[Digest, list[Part]] | None:
    """A digest they got, with what of it they may still read."""
    digest = Digest.objects.filter(member=member, period=period).first()
    if digest is None:
        return None
    entries = from_kept(digest.items)
    numbers = {pk for entry in entries for pk in entry.replies}
    replies = {
        row.pk: row for row in Reply.objects.visible_to(member).public().filter(pk__in=numbers)
    }
    rows = _contributions({entry.contribution for entry in entries}, member)
    return digest, _parts(entries, rows, replies)


def _contributions(numbers: Iterable[int], member: Member) -> dict[int, Contribution]:
    rows = Contribution.objects.visible_to(member).listed().for_lists()
    return {row.pk: row for row in rows.filter(pk__in=set(numbers))}


def _parts(
    entries: Iterable[Entry], rows: Mapping[int, Contribution], replies: Mapping[int, Reply]
) -> list[Part]:
    found: dict[Section, list[Card]] = {}
    for entry in list(entries)[:MOST]:
        there = [pk for pk in entry.replies if pk in replies]
        if entry.contribution in rows and (there or entry.is_new):
            found.setdefault(entry.section, []).append(_card(rows[entry.contribution], there))
    return [Part(heading_of(section), cards) for section, cards in found.items()]


def _card(row: Contribution, replies: list[int]) -> Card:
    shown = card(row, with_kind=True)
    if not replies:
        return shown
    n = len(replies)
    new = ngettext("%(n)d new answer", "%(n)d new answers", n) % {"n": n}
    return replace(shown, place=new, place_url=f"{shown.url}#reply-{replies[0]}")
