"""The links of records, asked now and then whether they still lead somewhere.
Called by the clock and by the command `library_links`; off where the Exchange is not in public."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.library.health import asking, rules
from exchange.library.models import Link, LinkCheck, LinkKind, Resource

# The worker does one thing at a time, and a sign-in code must not wait behind a slow library.
SECONDS_A_RUN = 8.0
_LOOKED_THROUGH = 400
_BATCH = 500
# What a page says differs.
_SHOWN = (LinkCheck.State.SILENT, LinkCheck.State.GONE)


def are_checked() -> bool:
    """In public, unless a setting says otherwise; never on somebody's own machine by itself."""
    return bool(getattr(settings, "LINKS_ARE_CHECKED", settings.PRODUCTION))


def gather() -> int:
    """Make a row for every link a record shows, and drop those no record shows any more."""
    shown: set[str] = set()
    source = _urls()
    while batch := {url for url in islice(source, _BATCH) if url}:
        marks = {rules.mark_of(url): url for url in batch}
        shown.update(marks)
        rows = (
            LinkCheck(url=url, mark=mark, host=_host(url)[:255])
            for mark, url in sorted(marks.items())
            if _host(url)
        )
        LinkCheck.objects.bulk_create(rows, ignore_conflicts=True)
    kept = LinkCheck.objects.values_list("pk", "mark").iterator(chunk_size=2000)
    gone = [pk for pk, mark in kept if mark not in shown]
    for start in range(0, len(gone), _BATCH):
        LinkCheck.objects.filter(pk__in=gone[start : start + _BATCH]).delete()
    return len(shown)


def check_due(*, moment: datetime, seconds: float = SECONDS_A_RUN, most: int = 40) -> int:
    """Ask the links that are due, one of each host, until the time is over. Gives how many."""
    began = monotonic()
    asked = 0
    for link in _one_a_host(moment)[:most]:
        if monotonic() - began > seconds:
            break
        check(link=link)
        asked += 1
    return asked


def check(*, link: LinkCheck) -> LinkCheck:
    """Ask one link and keep what it said."""
    answer = asking.ask(link.url)
    moment = now()
    judged = rules.judged(link, answer, moment)
    with transaction.atomic():
        row = LinkCheck.objects.select_for_update().filter(pk=link.pk).first()
        if row is None:
            return link
        differs = (row.state in _SHOWN) != (judged.state in _SHOWN)
        row.state, row.status, row.leads_to = judged.state, answer.status, answer.leads_to[:1000]
        row.failures, row.first_failed_at = judged.failures, judged.first_failed_at
        row.checked_at, row.next_at = moment, judged.next_at
        row.save()
        if differs:
            record("link.changed", subject_type="link", subject_id=row.pk)
    return row


def _one_a_host(moment: datetime) -> list[LinkCheck]:
    """The longest waiting link of each host."""
    first: dict[str, LinkCheck] = {}
    due = LinkCheck.objects.filter(next_at__lte=moment).order_by("next_at", "pk")
    for link in due[:_LOOKED_THROUGH]:
        first.setdefault(link.host, link)
    return list(first.values())


def _urls() -> Iterator[str]:
    """Every address a record sends its readers to."""
    records: Any = Resource.objects
    public = records.public().exclude(url="").exclude(link_kind=LinkKind.MIRROR)
    yield from public.order_by("pk").values_list("url", flat=True).iterator(chunk_size=2000)
    further = Link.objects.filter(resource__in=records.public()).exclude(kind=LinkKind.MIRROR)
    yield from further.order_by("pk").values_list("url", flat=True).iterator(chunk_size=2000)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
