"""What hosts kept back and nobody has rewritten or let out since, so that nothing is forgotten.
Called by the desk's views."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from exchange.contributions.models import Contribution, Decision, State
from exchange.conversation.models import Reply, ReplyDecision
from exchange.core.languages import direction
from exchange.hubs import rules as hubs
from exchange.hubs.models import Space
from exchange.hubs.queueing import for_the_exchange
from exchange.members.models import Member

AT_ONCE = 50


@dataclass(frozen=True)
class Held:
    """One thing kept back, by whom, and whether it waits for us or for its author."""

    url: str
    title: str
    language: str
    author_name: str
    by: str
    at: datetime
    waits_for_author: bool

    @property
    def direction(self) -> str:
        return direction(self.language)


def held(host: Member) -> list[Held]:
    """Ours to decide first, then what an author was asked to rewrite; the longest held first.
    Four questions to the database. What the hosts of a hub or group hold is theirs for a day."""
    return _held(
        host,
        for_the_exchange("space", "changed_at"),
        for_the_exchange("contribution__space", "created_at"),
        lambda what, pk: reverse(f"desk:{what}-decision", args=[pk]),
    )


def held_in(space: Space, host: Member) -> list[Held]:
    """The same in one hub or group."""
    return _held(
        host,
        Q(space=space),
        Q(contribution__space=space),
        lambda what, pk: reverse(f"inside:queue-{what}", args=[space.slug, pk]),
    )


def _held(host: Member, ours: Q, our_replies: Q, url_of: Callable[[str, int], str]) -> list[Held]:
    contributions = list(
        Contribution.objects.visible_to(host)
        .filter(ours, state=State.HELD)
        .for_lists()
        .prefetch_related("decisions")
        .order_by("changed_at", "id")[:AT_ONCE]
    )
    replies = list(
        Reply.objects.visible_to(host)
        .filter(our_replies, state=State.HELD)
        .select_related("contribution")
        .prefetch_related("decisions")
        .order_by("created_at", "id")[:AT_ONCE]
    )
    found = [
        *(_one(row, url_of("contribution", row.pk), row.title) for row in contributions),
        *(_one(row, url_of("reply", row.pk), _title_above(row, host)) for row in replies),
    ]
    return sorted(found, key=lambda one: (one.waits_for_author, one.at))


def _title_above(row: Reply, host: Member) -> str:
    """What stands inside a group is for its members alone, its title too."""
    about = row.contribution
    if about.is_inside and not hubs.is_within(host, about.space_id):
        return ""
    return about.title


def _one(row: Contribution | Reply, url: str, title: str) -> Held:
    decisions: Iterable[Decision | ReplyDecision] = row.decisions.all()
    last = next(iter(decisions), None)
    return Held(
        url=url,
        title=title,
        language=row.language,
        author_name=row.shown_author,
        by=last.by_name if last else "",
        at=last.at if last else row.created_at,
        waits_for_author=bool(last and last.what == Decision.What.REWRITE),
    )
