"""How mail fares, how long words wait for a host, and how soon a concern is looked at.
Called by `counting.everything`. Of concerns nothing is counted but how many came and how soon."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Min, Q

from exchange.contributions.models import Decision
from exchange.conversation.models import ReplyDecision
from exchange.desk.figures.counting.cells import Cell, Scope, named, quantile
from exchange.desk.figures.counting.questions import HALF, MOST
from exchange.desk.figures.periods import Period
from exchange.mail.models import IncomingMail, OutgoingMail
from exchange.safeguarding.models import Case, Concern

# First decisions: after these nobody waits any more.
_LOOKED = (Decision.What.PUBLISH, Decision.What.HOLD, Decision.What.REWRITE)


def mail(period: Period, _scope: Scope) -> Iterator[Cell]:
    """Every mail of the period by what became of it, whatever it was about."""
    gone = OutgoingMail.objects.filter(**_within(period, "created_at"))
    state = OutgoingMail.State
    counted = {
        "mail.went": (state.SENT, state.BOUNCED),
        "mail.back": (state.BOUNCED,),
        "mail.stopped": (state.SUPPRESSED, state.DROPPED),
        "mail.failed": (state.FAILED, state.UNSURE),
        "mail.waits": (state.QUEUED, state.SENDING),
    }
    filters: dict[str, Any] = {
        name: Count("pk", filter=Q(state__in=states)) for name, states in counted.items()
    }
    yield from named(gone.aggregate(**filters))
    came = IncomingMail.objects.filter(**_within(period, "received_at"))
    taken = Count("pk", filter=Q(state=IncomingMail.State.DONE))
    yield from named(came.aggregate(**{"mail.came": Count("pk"), "mail.taken": taken}))


def load(period: Period, scope: Scope) -> Iterator[Cell]:
    """Decisions of hosts, and how long what was decided about had waited before its first."""
    waits: list[int] = []
    decisions = 0
    for model, about, since in (
        (Decision, "contribution", "submitted_at"),
        (ReplyDecision, "reply", "created_at"),
    ):
        rows: Any = model._default_manager.filter(
            scope.rows(f"{about}__"), **_within(period, "at")
        ).exclude(by=F(f"{about}__author"))
        found = rows.order_by().values_list("what", "at", f"{about}_id", f"{about}__{since}")
        decided = list(found)
        decisions += len(decided)
        waits += _first_waits(decided, model, about)
    waits.sort()
    yield Cell("decisions", decisions)
    yield Cell("waits", len(waits))
    yield Cell("waits.half", quantile(waits, len(waits), HALF))
    yield Cell("waits.ninety", quantile(waits, len(waits), MOST))


def concerns(period: Period, _scope: Scope) -> Iterator[Cell]:
    """Reports that came, cases they made, and the time until somebody opened each case."""
    cases = Case.objects.filter(**_within(period, "opened_at")).order_by()
    opened = list(cases.annotate(seen=Min("looks__at")).values_list("opened_at", "seen"))
    waits = sorted(int((seen - at).total_seconds()) for at, seen in opened if seen is not None)
    reports = Concern.objects.filter(**_within(period, "at")).count()
    yield Cell("concerns", reports)
    yield Cell("cases", len(opened))
    yield Cell("cases.seen", len(waits))
    yield Cell("cases.half", quantile(waits, len(opened), HALF), people=len(opened))


def _first_waits(decided: list[Any], model: Any, about: str) -> list[int]:
    """Seconds from being sent until the first decision, for those first decided in this period."""
    looked = [(pk, at, since) for what, at, pk, since in decided if what in _LOOKED and since]
    first: dict[int, tuple[datetime, datetime]] = {}
    for pk, at, since in looked:
        if pk not in first or at < first[pk][0]:
            first[pk] = (at, since)
    earlier = set()
    numbers = sorted(first)
    for start in range(0, len(numbers), 500):
        some = numbers[start : start + 500]
        rows = model._default_manager.filter(**{f"{about}_id__in": some}, what__in=_LOOKED)
        least = rows.order_by().values_list(f"{about}_id").annotate(first=Min("at"))
        earlier |= {pk for pk, at in least if at < first[pk][0]}
    return [
        int((at - since).total_seconds())
        for pk, (at, since) in first.items()
        if pk not in earlier and at >= since
    ]


def _within(period: Period, column: str) -> dict[str, Any]:
    return {f"{column}__gte": period.begins, f"{column}__lt": period.ends}
