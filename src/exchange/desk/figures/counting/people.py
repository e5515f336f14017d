"""People who contribute: who shared, asked, answered, said that something helped, used, presented.
Called by `counting.everything`. Reading a page is no contribution and is not counted at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db.models import F, Q, QuerySet

from exchange.contributions.models import PUBLIC_STATES, Contribution
from exchange.conversation.models import Mark, Reply
from exchange.desk.figures.counting.cells import Cell, Scope, named
from exchange.desk.figures.periods import Period
from exchange.library.models import Use
from exchange.members.models import Member
from exchange.webinars.models import Presenter

AT_ONCE = 500
Acts = dict[str, tuple[QuerySet[Any], str]]


def count(period: Period, scope: Scope) -> Iterator[Cell]:
    """Members by what they did; hosts apart; the others new or returning, and by country."""
    acts = _acts(_between(period))
    ids = {act: _ids(rows, who) for act, (rows, who) in acts.items()}
    members = list(_members(set().union(*ids.values()), period, scope))
    hosts = {pk for pk, _country, since, _before in members if since and since < period.ends}
    ours = [row for row in members if row[0] not in hosts]
    returning = sum(1 for _pk, _country, _since, before in ours if before)
    yield from named(
        {
            "people": len(ours),
            "people.hosts": len(hosts),
            "people.new": len(ours) - returning,
            "people.returning": returning,
        }
    )
    everybody = {row[0] for row in ours}
    for act, found in ids.items():
        yield Cell(f"people.{act}", len(found & everybody))
    for country, n in Counter(country for _pk, country, *_rest in ours).items():
        yield Cell("people", n, f"country:{country}", n)


def _acts(when: dict[str, dict[str, Any]]) -> Acts:
    """The rows of each act, and by which column one finds who did it."""
    public = Contribution.objects.filter(state__in=PUBLIC_STATES, **when["published_at"])
    replies = Reply.objects.public().filter(contribution__state__in=PUBLIC_STATES)
    # A word to one's own question answers nobody.
    replies = replies.filter(~Q(author=F("contribution__author")) | Q(contribution__author=None))
    spoke = Presenter.objects.filter(
        answer=Presenter.Answer.AGREED, webinar__state__in=PUBLIC_STATES, **when["webinar"]
    )
    return {
        "shared": (public.exclude(kind="question"), "author_id"),
        "asked": (public.filter(kind="question"), "author_id"),
        "answered": (replies.filter(**when["published_at"]), "author_id"),
        "helped": (Mark.objects.filter(kind=Mark.Kind.HELPED, **when["at"]), "member_id"),
        "used": (Use.objects.public().filter(**when["at"]), "by_id"),
        "presented": (spoke, "member_id"),
    }


def _between(period: Period) -> dict[str, dict[str, Any]]:
    def within(column: str) -> dict[str, Any]:
        return {f"{column}__gte": period.begins, f"{column}__lt": period.ends}

    webinar = {**within("webinar__starts_at"), "webinar__phase__in": ("over", "summed")}
    return {"published_at": within("published_at"), "at": within("at"), "webinar": webinar}


def _earlier(period: Period) -> dict[str, dict[str, Any]]:
    webinar = {"webinar__starts_at__lt": period.begins, "webinar__phase__in": ("over", "summed")}
    return {
        "published_at": {"published_at__lt": period.begins},
        "at": {"at__lt": period.begins},
        "webinar": webinar,
    }


def _ids(rows: QuerySet[Any], who: str) -> set[int]:
    found = rows.order_by().filter(**{f"{who}__isnull": False})
    return set(found.values_list(who, flat=True).distinct())


def _members(ids: set[int], period: Period, scope: Scope) -> Iterator[tuple[int, str, Any, bool]]:
    """(number, country, host since, whether they contributed earlier). Asked by numbers, some at a
    time: every table has an index for that, and a question about all at once finds none."""
    every = sorted(ids)
    for start in range(0, len(every), AT_ONCE):
        some = every[start : start + AT_ONCE]
        found = Member.objects.filter(scope.rows(), pk__in=some, erased_at=None).order_by()
        before = _returning(some, period)
        for pk, country, since in found.values_list("pk", "country", "hosting_since"):
            yield pk, country, since, pk in before


def _returning(some: list[int], period: Period) -> set[int]:
    """Who of these did anything of it before the period."""
    found: set[int] = set()
    for rows, who in _acts(_earlier(period)).values():
        left = [pk for pk in some if pk not in found]
        if left:
            found |= _ids(rows.filter(**{f"{who}__in": left}), who)
    return found
