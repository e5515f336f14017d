"""What was shared and answered, by kind and by language, and how much of it came by mail.
Called by `counting.everything`. What was withdrawn since is not counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from exchange.contributions import kinds
from exchange.contributions.models import PUBLIC_STATES, Contribution
from exchange.conversation.models import Mark, Reply
from exchange.desk.figures.counting.cells import Cell, Scope, by_main_key, named
from exchange.desk.figures.periods import Period

BY_MAIL = "mail"


def count(period: Period, scope: Scope) -> Iterator[Cell]:
    """Kinds, answers, "this helped", and languages people wrote in."""
    shared, replies = _shared(period, scope), _replies(period, scope)
    for kind, n in shared.values_list("kind").annotate(n=Count("pk")):
        yield Cell("shared", n, f"kind:{kind}")
    yield from named(_numbers(period, scope, shared, replies))
    yield from _languages(shared, replies)


def _numbers(
    period: Period, scope: Scope, shared: QuerySet[Any], replies: QuerySet[Any]
) -> dict[str, Any]:
    to_others = ~Q(author=F("contribution__author")) | Q(author=None) | Q(contribution__author=None)
    to_questions = Q(contribution__kind="question") & to_others
    by_host = Q(author__hosting_since__lt=F("published_at"))
    marks = Mark.objects.filter(
        scope.rows("member__"),
        kind=Mark.Kind.HELPED,
        at__gte=period.begins,
        at__lt=period.ends,
        contribution__state__in=PUBLIC_STATES,
    )
    return {
        "helped": marks.count(),
        "shared.mail": shared.filter(_theirs(), origin=BY_MAIL).count(),
        "shared.people": shared.filter(_theirs()).count(),
        **replies.aggregate(
            **{
                "replies": Count("pk"),
                "replies.mail": Count("pk", filter=Q(via=BY_MAIL)),
                "answers": Count("pk", filter=to_questions),
                "answers.hosts": Count("pk", filter=to_questions & by_host),
            }
        ),
    }


def _shared(period: Period, scope: Scope) -> QuerySet[Any]:
    rows: QuerySet[Any] = Contribution.objects.filter(
        scope.rows(),
        state__in=PUBLIC_STATES,
        published_at__gte=period.begins,
        published_at__lt=period.ends,
    )
    return rows.exclude(origin="starter").order_by()


def _replies(period: Period, scope: Scope) -> QuerySet[Any]:
    rows: QuerySet[Any] = Reply.objects.public().filter(
        scope.rows(),
        contribution__state__in=PUBLIC_STATES,
        published_at__gte=period.begins,
        published_at__lt=period.ends,
    )
    return rows.order_by()


def _theirs() -> Q:
    """What people write themselves: neither records of the library nor what only hosts write."""
    ours = [kind.slug for kind in kinds.every() if kind.is_by_hosts]
    return ~Q(kind__in=[*ours, "resource"])


def _languages(shared: QuerySet[Any], replies: QuerySet[Any]) -> Iterator[Cell]:
    """Texts by the language they were written in; a person stands behind the one they use most."""
    said: list[tuple[str, int | None, int]] = []
    for rows in (shared.filter(_theirs()), replies):
        said += rows.values_list("language", "author_id").annotate(n=Count("pk"))
    people = by_main_key(said)
    texts: Counter[str] = Counter()
    for language, _person, n in said:
        texts[language] += n
    for language, n in texts.items():
        yield Cell("written", n, f"language:{language}", people[language])
    yield Cell("written", sum(texts.values()))
