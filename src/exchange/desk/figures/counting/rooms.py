"""The library, webinars, briefs and newsletters of a period.
Called by `counting.everything`. Of newsletters it is known that they went, never who opened them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q, Sum

from exchange.briefings.models import Subscriber
from exchange.briefings.queries import newsletters
from exchange.contributions.models import PUBLIC_STATES, Contribution
from exchange.desk.figures.counting.cells import Cell, Scope, named
from exchange.desk.figures.periods import Period
from exchange.library.models import UsageDay, Use
from exchange.mail.models import OutgoingMail
from exchange.webinars.after import figures
from exchange.webinars.models import Recording, Summary, Webinar

LETTERS = "newsletter:"
GONE = ("sent", "bounced")


def count(period: Period, scope: Scope) -> Iterator[Cell]:
    yield from _library(period, scope)
    yield from _webinars(period, scope)
    yield from named(_newsletters(period))


def _library(period: Period, scope: Scope) -> Iterator[Cell]:
    added = Contribution.objects.filter(
        scope.rows(), kind="resource", state__in=PUBLIC_STATES, **_within(period, "published_at")
    )
    yield Cell("records", added.count())
    uses = Use.objects.public().filter(
        scope.rows("resource__"), Q(by=None) | scope.rows("by__"), **_within(period, "at")
    )
    ways = dict(uses.order_by().values_list("how").annotate(n=Count("pk")))
    yield Cell("used", sum(ways.values()))
    for how, n in ways.items():
        yield Cell("used", n, f"how:{how}")
    last = period.ends.date()
    days = UsageDay.objects.filter(day__gte=period.first, day__lt=last)
    for what, n in days.order_by().values_list("what").annotate(n=Sum("times")):
        yield Cell("done", n, f"what:{what}")


def _webinars(period: Period, scope: Scope) -> Iterator[Cell]:
    rows: Any = Webinar.objects
    held = rows.filter(
        scope.rows(),
        state__in=PUBLIC_STATES,
        phase__in=("over", "summed"),
        **_within(period, "starts_at"),
    )
    ids = list(held.order_by().values_list("pk", flat=True))
    told = figures.of(ids) if ids else None
    yield from named(
        {
            "webinars": len(ids),
            "webinars.seats": told.people if told else 0,
            "webinars.came": told.people_came if told else 0,
            "webinars.asked": told.questions if told else 0,
            "webinars.answered": told.answered if told else 0,
            "webinars.recordings": Recording.objects.released().filter(webinar_id__in=ids).count(),
            "webinars.summaries": Summary.objects.filter(
                webinar_id__in=ids, state=Summary.State.OUT
            ).count(),
        }
    )


def _newsletters(period: Period) -> dict[str, Any]:
    went = Q(state__in=GONE)
    letters = OutgoingMail.objects.filter(
        key__startswith=LETTERS, **_within(period, "created_at")
    ).aggregate(
        **{
            "letters.went": Count("pk", filter=went),
            "letters.delivered": Count("pk", filter=Q(state="sent")),
            "letters.back": Count("pk", filter=Q(state="bounced")),
            "letters.held": Count("pk", filter=Q(state__in=("suppressed", "dropped", "failed"))),
        }
    )
    editions = newsletters(None).filter(**_within(period, "sending_since"))
    joined = Subscriber.objects.filter(**_within(period, "confirmed_at"))
    stopped = Subscriber.objects.filter(**_within(period, "stopped_at"))
    return {
        **letters,
        "editions": editions.count(),
        "subscribers.new": joined.count(),
        "subscribers.stopped": stopped.count(),
    }


def _within(period: Period, column: str) -> dict[str, Any]:
    return {f"{column}__gte": period.begins, f"{column}__lt": period.ends}
