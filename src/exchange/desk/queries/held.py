"""What hosts kept back and nobody has rewritten or let out since, so that nothing is forgotten.
Called by the desk's views."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from exchange.contributions.models import Contribution, Decision, State
from exchange.conversation.models import Reply, ReplyDecision
from exchange.core.languages import direction
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
    Four questions to the database."""
    contributions = list(
        Contribution.objects.visible_to(host)
        .filter(state=State.HELD)
        .for_lists()
        .prefetch_related("decisions")
        .order_by("changed_at", "id")[:AT_ONCE]
    )
    replies = list(
        Reply.objects.visible_to(host)
        .filter(state=State.HELD)
        .select_related("contribution")
        .prefetch_related("decisions")
        .order_by("created_at", "id")[:AT_ONCE]
    )
    found = [
        *(_one(row, "contribution", row.title, row.decisions.all()) for row in contributions),
        *(_one(row, "reply", row.contribution.title, row.decisions.all()) for row in replies),
    ]
    return sorted(found, key=lambda one: (one.waits_for_author, one.at))


def _one(
    row: Contribution | Reply,
    what: str,
    title: str,
    decisions: Iterable[Decision | ReplyDecision],
) -> Held:
    last = next(iter(decisions), None)
    return Held(
        url=reverse(f"desk:{what}-decision", args=[row.pk]),
        title=title,
        language=row.language,
        author_name=row.shown_author,
        by=last.by_name if last else "",
        at=last.at if last else row.created_at,
        waits_for_author=bool(last and last.what == Decision.What.REWRITE),
    )
