"""What authors asked another host to look at: what is open, and what came of the rest.
Called by the morning queue and the page of appeals."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from exchange.contributions.models import State
from exchange.conversation.models import Reply
from exchange.core.languages import direction
from exchange.desk.appeals import may_settle
from exchange.desk.models import Appeal
from exchange.members.models import Member

AT_ONCE = 30


@dataclass(frozen=True)
class Asked:
    """One appeal as a host sees it."""

    appeal: Appeal
    title: str
    language: str
    is_answer: bool
    is_ours: bool

    @property
    def direction(self) -> str:
        return direction(self.language)


def waiting_for(host: Member) -> list[Asked]:
    """Open ones this host may decide about, the oldest first."""
    return [one for one in _asked(host, Appeal.Outcome.OPEN) if one.is_ours]


def all_open(host: Member) -> list[Asked]:
    """Every open one; those that wait for somebody else are shown as such."""
    return _asked(host, Appeal.Outcome.OPEN)


def settled(host: Member) -> list[Asked]:
    """What came of the others, the newest first."""
    return _asked(host, Appeal.Outcome.LET_OUT, Appeal.Outcome.STAYS)


def one_of(host: Member, pk: int) -> Asked | None:
    """One appeal, if the thing it is about can be seen at all."""
    found = _rows(host).filter(pk=pk).first()
    return _one(found, host) if found else None


def _asked(host: Member, *outcomes: str) -> list[Asked]:
    is_open = Appeal.Outcome.OPEN in outcomes
    rows = _rows(host).filter(outcome__in=outcomes)
    rows = rows.order_by("asked_at" if is_open else "-settled_at", "pk")
    return [_one(row, host) for row in rows[:AT_ONCE]]


def _rows(host: Member) -> QuerySet[Appeal]:
    """Each with whether there is a host besides this one and the author."""
    joined = ("contribution", "reply__contribution", "asked_by", "against")
    author = Coalesce(OuterRef("contribution__author_id"), OuterRef("reply__author_id"), Value(0))
    others = Member.objects.hosts().exclude(pk=host.pk).exclude(pk=author)
    return (
        Appeal.objects.select_related(*joined)
        .filter(
            contribution__sealed_at=None, reply__sealed_at=None, reply__contribution__sealed_at=None
        )
        .exclude(_behind_the_door())
        .annotate(others=Exists(others))
    )


def _behind_the_door() -> Q:
    """What hosts withdrew inside a group was read there alone; its own hosts look again."""
    gone = State.WITHDRAWN
    theirs = Q(contribution__is_inside=True, contribution__state=gone)
    return theirs | Q(reply__contribution__is_inside=True, reply__state=gone)


def _one(appeal: Appeal, host: Member) -> Asked:
    subject = appeal.subject
    of_answer = isinstance(subject, Reply)
    about = subject.contribution if isinstance(subject, Reply) else subject
    # An answer inside a group may wait here; what it answers stands there for its members alone.
    title = "" if of_answer and about.is_inside else about.title
    is_ours = may_settle(host, appeal, getattr(appeal, "others", None))
    return Asked(appeal, title, subject.language, of_answer, is_ours)
