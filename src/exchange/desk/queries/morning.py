"""The morning queue: everything that waits for a host, the oldest first, prepared for the page.
Called by the desk's views. Bounded: thirty of each, and the same questions for one as for thirty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from django.db.models import Count, Model, OuterRef, QuerySet, Subquery, Window

from exchange.contributions.models import (
    Contribution,
    ContributionQuerySet,
    Decision,
    Revision,
    State,
)
from exchange.conversation.models import Reply, ReplyDecision, ReplyQuerySet, ReplyRevision
from exchange.conversation.offering.queries import with_offers
from exchange.core.time import now
from exchange.desk import claims
from exchange.desk.models import Claim
from exchange.desk.queries import authors
from exchange.desk.queries.asked_again import Asked, waiting_for
from exchange.desk.queries.items import (
    Item,
    in_a_row,
    of_contribution,
    of_reply,
    of_revision,
    with_claim,
)
from exchange.hubs.models import Space
from exchange.hubs.queueing import for_the_exchange
from exchange.ledger.models import Delivery
from exchange.ledger.queries import dead_letters
from exchange.members.models import Member

AT_ONCE = 30
UNDECIDED = (State.WAITING, State.HELD)
DUE_AFTER, LATE_AFTER = timedelta(hours=24), timedelta(hours=72)

T = TypeVar("T")
M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Tray(Generic[T]):
    """Some of what waits, how much there is in all, and since when the oldest waits."""

    items: Sequence[T] = ()
    total: int = 0
    oldest: datetime | None = None

    @property
    def more(self) -> int:
        return self.total - len(self.items)


@dataclass(frozen=True)
class Unanswered:
    """A question nobody has answered, and how late that is."""

    question: Contribution
    is_due: bool
    is_late: bool
    # How many members were asked about it, and whether a host has told the asker so.
    asked: int = 0
    is_held: bool = False


@dataclass(frozen=True)
class Waiting:
    """What people wrote and hosts have still to read."""

    contributions: Tray[Item]
    replies: Tray[Item]
    revisions: Tray[Item]

    @property
    def places(self) -> set[str]:
        """The anchors of what is shown."""
        trays = (self.contributions, self.replies, self.revisions)
        return {item.anchor for tray in trays for item in tray.items}

    @property
    def is_empty(self) -> bool:
        return not any(tray.total for tray in (self.contributions, self.replies, self.revisions))


@dataclass(frozen=True)
class Morning:
    """The whole desk at one moment."""

    contributions: Tray[Item]
    replies: Tray[Item]
    revisions: Tray[Item]
    questions: Tray[Unanswered]
    dead: Tray[Delivery]
    appeals: Sequence[Asked]
    looked_at: datetime

    @property
    def places(self) -> set[str]:
        """The anchors of this page."""
        items = (*self.contributions.items, *self.replies.items, *self.revisions.items)
        places = {item.anchor for item in items}
        places |= {"questions"} if self.questions.total else set()
        return places | ({"dead"} if self.dead.total else set())

    @property
    def is_empty(self) -> bool:
        trays = (self.contributions, self.replies, self.revisions, self.questions, self.dead)
        return not self.appeals and not any(tray.total for tray in trays)


def morning(host: Member) -> Morning:
    """What waits for a host now, in seven questions to the database."""
    contributions = contributions_to_read(host).filter(for_the_exchange("space", "submitted_at"))
    replies = replies_to_read(host).filter(for_the_exchange("contribution__space", "created_at"))
    revisions = changes_waiting().filter(for_the_exchange("contribution__space", "at"))
    read = _read_with(host, contributions, replies, revisions)
    return Morning(
        contributions=read.contributions,
        replies=read.replies,
        revisions=read.revisions,
        questions=_unanswered(),
        dead=_dead(),
        appeals=waiting_for(host),
        looked_at=now(),
    )


def in_space(space: Space, host: Member) -> Waiting:
    """What waits for the hosts of one hub or group."""
    contributions = contributions_to_read(host).filter(space=space)
    replies = replies_to_read(host).filter(contribution__space=space)
    revisions = changes_waiting().filter(contribution__space=space)
    return _read_with(host, contributions, replies, revisions, in_its_queue=True)


def how_many_in(space: Space) -> int:
    """How many things that people wrote wait there."""
    rows: list[QuerySet[Any]] = [
        Contribution.objects.waiting().filter(space=space, sealed_at=None),
        Reply.objects.waiting().filter(contribution__space=space, sealed_at=None),
        changes_waiting().filter(contribution__space=space),
    ]
    counted = [some.order_by().values("pk") for some in rows]
    return counted[0].union(*counted[1:], all=True).count()


def _read_with(
    host: Member,
    contributions_waiting: ContributionQuerySet,
    replies_waiting: ReplyQuerySet,
    revisions_waiting: QuerySet[Revision],
    *,
    in_its_queue: bool = False,
) -> Waiting:
    contributions = _claimed(contributions_waiting.waiting(), Claim.What.CONTRIBUTION)
    replies = _claimed(replies_waiting.waiting(), Claim.What.REPLY)
    revisions = _claimed(revisions_waiting, Claim.What.REVISION)
    people = [
        *(row.author for row in contributions.items),
        *(row.author for row in replies.items),
        *(row.by for row in revisions.items),
    ]
    history = authors.before(people, host=host)
    prepared = [
        *((of_contribution(row, host, history), row) for row in contributions.items),
        *((of_reply(row, host, history), row) for row in replies.items),
        *((of_revision(row, host, history), row) for row in revisions.items),
    ]
    claimed = [with_claim(item, row, host) for item, row in prepared]
    placed = [replace(item, in_its_queue=in_its_queue) for item in claimed]
    items = in_a_row(placed, then="" if in_its_queue else "questions")
    return Waiting(
        contributions=_tray(items, "contribution", contributions.total),
        replies=_tray(items, "reply", replies.total),
        revisions=_tray(items, "revision", revisions.total),
    )


def contributions_to_read(host: Member) -> ContributionQuerySet:
    """Each with the row that extends it, so that an experience is read whole, and with the last
    decision about it."""
    last = Decision.objects.filter(contribution_id=OuterRef("pk")).order_by("-at")
    rows: ContributionQuerySet = (
        Contribution.objects.visible_to(host)
        .select_related("author", "experience", "notice", "space")
        .annotate(seen=Subquery(last.values("pk")[:1]))
    )
    return rows


def replies_to_read(host: Member) -> ReplyQuerySet:
    """Each with the words it had before its last change, and with the last decision about it."""
    stood = ReplyRevision.objects.filter(reply_id=OuterRef("pk")).order_by("-number")
    last = ReplyDecision.objects.filter(reply_id=OuterRef("pk")).order_by("-at")
    rows: ReplyQuerySet = (
        Reply.objects.visible_to(host)
        .select_related("author", "contribution__space")
        .annotate(stood=Subquery(stood.values("body")[:1]), seen=Subquery(last.values("pk")[:1]))
    )
    return rows


def changes_waiting() -> QuerySet[Revision]:
    """Changes of published texts that a gate kept."""
    return (
        Revision.objects.filter(state=State.WAITING, contribution__sealed_at=None)
        .select_related(
            "by", "contribution__author", "contribution__experience", "contribution__space"
        )
        .order_by("at", "id")
    )


def _some(rows: QuerySet[M]) -> Tray[M]:
    """The first rows, and how many there are in all, in one question."""
    found = list(rows.annotate(in_all=Window(Count("pk")))[:AT_ONCE])
    return Tray(found, getattr(found[0], "in_all", 0) if found else 0)


def _claimed(rows: QuerySet[M], what: str) -> Tray[M]:
    """The same, each with who is looking at it."""
    return _some(rows.annotate(**claims.standing(what)))


def _tray(items: Sequence[Item], what: str, total: int) -> Tray[Item]:
    ours = [item for item in items if item.what == what]
    return Tray(ours, total, ours[0].since if ours else None)


def _unanswered() -> Tray[Unanswered]:
    rows: Any = _some(with_offers(Contribution.objects.unanswered().for_lists()))
    moment = now()
    questions = [
        Unanswered(
            row,
            is_due=alone >= DUE_AFTER,
            is_late=alone >= LATE_AFTER,
            asked=row.asked,
            is_held=row.is_held,
        )
        for row in rows.items
        for alone in [moment - (row.published_at or moment)]
    ]
    return Tray(questions, rows.total, questions[0].question.published_at if questions else None)


def _dead() -> Tray[Delivery]:
    """The newest first; the oldest of those shown says since when."""
    rows = _some(dead_letters())
    return Tray(rows.items, rows.total, rows.items[-1].finished_at if rows.items else None)
