"""An author's history beside their words: risk can build over several texts.
Called by the morning queue and the decision pages; one question however many authors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from exchange.contributions.models import PUBLIC_STATES, Contribution, Decision, State
from exchange.conversation.models import Reply, ReplyDecision
from exchange.members.models import Member

NEWEST = 3
# What the page says of an earlier contribution; its text stays where it is.
_SAID = ("id", "kind", "state", "title", "slug", "author_id")


@dataclass(frozen=True)
class Before:
    """What an author wrote before: how much is out, how often something was kept back."""

    published: int = 0
    kept_back: int = 0
    withdrawn: int = 0
    answers: int = 0
    answers_kept_back: int = 0
    newest: tuple[Contribution, ...] = ()

    @property
    def all_kept_back(self) -> int:
        return self.kept_back + self.answers_kept_back

    @property
    def is_empty(self) -> bool:
        return self == Before()

    def without(self, contribution_id: int | None) -> Before:
        """The same without the contribution it stands beside."""
        others = [one for one in self.newest if one.pk != contribution_id]
        return replace(self, newest=tuple(others[:NEWEST]))


def before(authors: Iterable[Member | None], *, host: Member) -> dict[int, Before]:
    """The history of each author, by id; the newest titles are those this host may see."""
    ids = {author.pk for author in authors if author is not None}
    if not ids:
        return {}
    counted, newest = _counted(), _newest(host)
    rows = Member.objects.filter(pk__in=ids).order_by().values("pk", **counted, **newest)
    return {
        row["pk"]: Before(
            **{name: row[name] for name in counted},
            newest=tuple(Contribution(**row[name]) for name in newest if row[name]),
        )
        for row in rows
    }


def _counted() -> dict[str, Coalesce]:
    shared = Contribution.objects.filter(author=OuterRef("pk"))
    decided = Decision.objects.filter(
        contribution__author=OuterRef("pk"), what__in=[Decision.What.HOLD, Decision.What.REWRITE]
    )
    answers = Reply.objects.filter(author=OuterRef("pk"), state=State.PUBLISHED)
    decided_answers = ReplyDecision.objects.filter(
        reply__author=OuterRef("pk"), what__in=[ReplyDecision.What.HOLD, ReplyDecision.What.REWRITE]
    )
    return {
        "published": _count(shared.filter(state__in=PUBLIC_STATES), "author"),
        "withdrawn": _count(shared.filter(state=State.WITHDRAWN), "author"),
        "kept_back": _count(decided, "contribution__author"),
        "answers": _count(answers, "author"),
        "answers_kept_back": _count(decided_answers, "reply__author"),
    }


def _count(rows: QuerySet[Any], author: str) -> Coalesce:
    counted = rows.order_by().values(author).annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0)


def _newest(host: Member) -> dict[str, Subquery]:
    """One more than is shown, because the one that waits may be among them."""
    rows = (
        Contribution.objects.visible_to(host)
        .filter(author=OuterRef("pk"))
        .order_by("-created_at", "-id")
        .values_list(JSONObject(**{name: name for name in _SAID}))
    )
    return {f"newest_{n}": Subquery(rows[n : n + 1]) for n in range(NEWEST + 1)}
