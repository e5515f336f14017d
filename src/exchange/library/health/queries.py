"""Reads of the library's health: broken links, figures of use, and the numbers of the overview.
Called by the views of this matter and by the page of a record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Max, Sum
from django.db.models.functions import TruncMonth

from exchange.contributions.models import ContextTerm, State
from exchange.core.remembering import remembered
from exchange.core.time import now
from exchange.library.health.rules import mark_of
from exchange.library.models import Link, LinkCheck, LinkKind, Resource, UsageDay

PAGE_SIZE = 30
MOST_USED = 20
MONTHS = 13
_BROKEN = (LinkCheck.State.GONE, LinkCheck.State.SILENT)


@dataclass(frozen=True)
class Broken:
    """A link that leads nowhere, or elsewhere, and the records that show it."""

    check: LinkCheck
    records: list[Resource]


@dataclass(frozen=True)
class Paged:
    """One page of a list."""

    rows: list[Any]
    page: int
    pages: int
    total: int


@dataclass(frozen=True)
class Month:
    """What was done with all records in a month."""

    month: date
    seen: int = 0
    read: int = 0
    taken: int = 0
    cited: int = 0


def silent_links(resource: Resource) -> dict[str, Any]:
    """Whether the record's own link fails, since when, and an archived copy if one is known."""
    if not resource.shown_link:
        return {}
    key = ("silent-links", resource.pk, resource.version)
    return dict(remembered(key, lambda: _silent_links(resource)))


def used(resource: Resource, *, days: int = 365) -> dict[str, int]:
    """What was done with a record in the last year; for hosts and its depositor alone."""
    since = now().date() - timedelta(days=days)
    rows = UsageDay.objects.filter(resource=resource, day__gte=since).values_list("what")
    return dict(rows.annotate(times=Sum("times")))


def broken(*, state: str, page: int) -> Paged:
    """Links that do not answer, or that have moved, the longest failing first."""
    states = (LinkCheck.State.MOVED,) if state == "moved" else _BROKEN
    rows = LinkCheck.objects.filter(state__in=states).order_by("first_failed_at", "pk")
    total = rows.count()
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(1, page), pages)
    checks = list(rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE])
    return Paged(_with_records(checks), page, pages, total)


def last_asked() -> Any:
    """When a link was last asked at all."""
    return LinkCheck.objects.aggregate(at=Max("checked_at"))["at"]


def by_month() -> list[Month]:
    """The last thirteen months, the newest first."""
    since = (now().date().replace(day=1) - timedelta(days=31 * (MONTHS - 1))).replace(day=1)
    # By day in the database and by month here: SQLite cuts months with a function of ours, slowly.
    rows = (
        UsageDay.objects.filter(day__gte=since)
        .values_list("day", "what")
        .annotate(times=Sum("times"))
        .order_by("-day")
    )
    months: dict[date, dict[str, int]] = {}
    for day, what, times in rows:
        month = months.setdefault(day.replace(day=1), {})
        month[what] = month.get(what, 0) + times
    return [Month(month, **numbers) for month, numbers in months.items()]


def most_used(*, days: int = 90) -> list[dict[str, Any]]:
    """Records people did most with, lately."""
    since = now().date() - timedelta(days=days)
    rows = UsageDay.objects.filter(day__gte=since, resource__state=State.PUBLISHED)
    most = list(rows.values_list("resource_id").annotate(n=Sum("times")).order_by("-n")[:MOST_USED])
    records = Resource.objects.in_bulk([pk for pk, _n in most])
    return [{"record": records[pk], "times": n} for pk, n in most if pk in records]


def by_country(*, days: int = 90) -> list[tuple[str, int]]:
    """How often records about a country were used: of the record, never of its reader."""
    since = now().date() - timedelta(days=days)
    used = dict(
        UsageDay.objects.filter(day__gte=since)
        .values_list("resource_id")
        .annotate(n=Sum("times"))
        .values_list("resource_id", "n")
    )
    terms = ContextTerm.objects.filter(
        contribution_id__in=used, term__vocabulary="country"
    ).values_list("term_id", "contribution_id")
    totals: dict[str, int] = {}
    for term, pk in terms:
        code = term.partition(":")[2]
        totals[code] = totals.get(code, 0) + used[pk]
    return sorted(totals.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_USED]


def rows_of_use(*, days: int = 400) -> Any:
    """Every number that is kept, for a table: month, record, what, times."""
    since = now().date() - timedelta(days=days)
    return (
        UsageDay.objects.filter(day__gte=since, resource__state=State.PUBLISHED)
        .annotate(month=TruncMonth("day"))
        .values_list("month", "resource_id", "resource__title", "what")
        .annotate(times=Sum("times"))
        .order_by("month", "resource_id", "what")
        .iterator(chunk_size=2000)
    )


def link_problems() -> int:
    """How many links do not answer."""
    return int(LinkCheck.objects.filter(state__in=_BROKEN).aggregate(n=Count("pk"))["n"])


def _silent_links(resource: Resource) -> dict[str, Any]:
    check = LinkCheck.objects.filter(mark=mark_of(resource.url), state__in=_BROKEN).first()
    if check is None:
        return {}
    copy = Link.objects.filter(resource=resource, kind=LinkKind.ARCHIVE).first()
    gone = check.state == LinkCheck.State.GONE
    return {"check": check, "copy": copy, "is_gone": gone}


def _with_records(checks: list[LinkCheck]) -> list[Broken]:
    urls = [check.url for check in checks]
    shown: dict[str, list[Resource]] = {}
    records: Any = Resource.objects
    for row in records.public().filter(url__in=urls).defer("body"):
        shown.setdefault(row.url, []).append(row)
    further = Link.objects.filter(url__in=urls, resource__in=records.public())
    for link in further.select_related("resource"):
        shown.setdefault(link.url, []).append(link.resource)
    # An address that only a record shows which is gone is forgotten by the clock, and not shown.
    return [Broken(check, shown[check.url]) for check in checks if check.url in shown]
