"""An author's history beside their words: risk can build over several texts.
Called by the morning queue and the decision pages; three questions however many authors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from exchange.contributions.models import PUBLIC_STATES, Contribution, Decision, State
from exchange.conversation.models import Reply, ReplyDecision
from exchange.members.models import Member

NEWEST = 3
_SHARED = ("published", "withdrawn", "kept_back")
_ANSWERED = ("answers", "answers_kept_back")


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
    newest = list(_newest(ids, host))
    shared, answered = _shared(ids), _answered(ids)
    return {
        pk: Before(
            **shared.get(pk, {}),
            **answered.get(pk, {}),
            newest=tuple(one for one in newest if one.author_id == pk),
        )
        for pk in ids
    }


def _shared(ids: set[int]) -> dict[int, dict[str, int]]:
    kept_back = Q(decisions__what__in=[Decision.What.HOLD, Decision.What.REWRITE])
    rows = (
        Contribution.objects.filter(author_id__in=ids)
        .values_list("author_id")
        .annotate(
            published=Count("pk", filter=Q(state__in=PUBLIC_STATES), distinct=True),
            withdrawn=Count("pk", filter=Q(state=State.WITHDRAWN), distinct=True),
            kept_back=Count("decisions", filter=kept_back, distinct=True),
        )
        .order_by()
    )
    return {row[0]: dict(zip(_SHARED, row[1:], strict=True)) for row in rows}


def _answered(ids: set[int]) -> dict[int, dict[str, int]]:
    kept_back = Q(decisions__what__in=[ReplyDecision.What.HOLD, ReplyDecision.What.REWRITE])
    rows = (
        Reply.objects.filter(author_id__in=ids)
        .values_list("author_id")
        .annotate(
            answers=Count("pk", filter=Q(state=State.PUBLISHED), distinct=True),
            answers_kept_back=Count("decisions", filter=kept_back, distinct=True),
        )
        .order_by()
    )
    return {row[0]: dict(zip(_ANSWERED, row[1:], strict=True)) for row in rows}


def _newest(ids: set[int], host: Member) -> Iterable[Contribution]:
    """One more than is shown, because the one that waits may be among them."""
    place = Window(
        RowNumber(),
        partition_by=F("author_id"),
        order_by=[F("created_at").desc(), F("id").desc()],
    )
    rows = Contribution.objects.visible_to(host).filter(author_id__in=ids).for_lists()
    found: Iterable[Contribution] = (
        rows.annotate(place=place).filter(place__lte=NEWEST + 1).order_by("-created_at", "-id")
    )
    return found
