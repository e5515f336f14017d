"""What the clock does for webinars: registration opens, an hour nobody ended ends, hosts hear of one
nobody began, and one keeps its hour when a country changes its clocks. Called by the hooks."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from exchange.contributions.errors import NotAllowed
from exchange.contributions.models import State
from exchange.core import walls as clock
from exchange.webinars.errors import NotNow
from exchange.webinars.models import COMING, Phase, Presenter, Webinar
from exchange.webinars.planning import actions, letters, rules
from exchange.webinars.rules import Roles

# The manager comes from the parent, so types would say Contribution.
_WEBINARS: Any = Webinar.objects
_CLOCK = Roles(is_lead=True)
_AT_ONCE = 200
_REMEMBERED_DAYS = 90
_AHEAD = (Phase.ANNOUNCED, Phase.OPEN)


def open_due(*, moment: datetime) -> int:
    """What is announced and whose registration opens now. Gives how many."""
    rows = _WEBINARS.filter(phase=Phase.ANNOUNCED, state=State.PUBLISHED, sealed_at=None)
    due = rows.exclude(opens_at__gt=moment).order_by("pk")[:_AT_ONCE]
    return sum(actions.open_due(webinar, moment=moment) for webinar in due)


def end_forgotten(*, moment: datetime) -> int:
    """What is still live two hours after its planned end."""
    ended = 0
    live = _WEBINARS.filter(phase=Phase.LIVE, sealed_at=None).order_by("pk")
    for webinar in live[:_AT_ONCE]:
        if moment >= webinar.ends_at + rules.ENDS_AFTER:
            actions.end(webinar=webinar, by=None, roles=_CLOCK)
            ended += 1
    return ended


def tell_not_started(*, moment: datetime) -> int:
    """Hosts hear of what should have begun ten minutes ago; each once for one planned hour."""
    late = _WEBINARS.filter(
        phase__in=_AHEAD,
        state=State.PUBLISHED,
        sealed_at=None,
        starts_at__lte=moment - rules.LATE_AFTER,
        starts_at__gt=moment - rules.LATE_AFTER - timedelta(hours=1),
    )
    rows = list(late.select_related("author").order_by("pk")[:_AT_ONCE])
    for webinar in rows:
        with transaction.atomic():
            for host in letters.hosts_of(webinar):
                letters.tell_not_started(webinar, host)
    return len(rows)


def keep_hours(*, moment: datetime) -> int:
    """What was planned for an hour on the wall keeps that hour when the zone has other rules now.
    Gives how many moved."""
    rows = _WEBINARS.filter(phase__in=_AHEAD, sealed_at=None, starts_at__gt=moment)
    ahead = rows.filter(state__in=(State.PUBLISHED, State.DRAFT, State.WAITING)).exclude(wall="")
    moved = 0
    for webinar in ahead.select_related("author").order_by("pk").iterator(chunk_size=_AT_ONCE):
        moved += _kept(webinar)
    return moved


def forget_addresses(*, moment: datetime) -> int:
    """Presenters who are no members were asked at an address; ninety days after the hour nobody
    needs it any more."""
    over = Presenter.objects.exclude(email="").filter(
        webinar__starts_at__lt=moment - timedelta(days=_REMEMBERED_DAYS)
    )
    return over.exclude(webinar__phase__in=COMING).update(email="")


def _kept(webinar: Webinar) -> bool:
    place = clock.fresh(webinar.zone)
    if place is None:
        _tell_hosts(webinar, None)
        return False
    meant = clock.shifted(webinar.wall, webinar.starts_at, place)
    if meant is None:
        return False
    former = webinar.starts_at
    try:
        row = actions.move(
            webinar=webinar, starts_at=meant, minutes=webinar.minutes, zone=webinar.zone, by=None
        )
    except (NotNow, NotAllowed):
        # Too late to move, or taken away meanwhile: hosts decide.
        row = webinar
    _tell_hosts(row, former)
    return row is not webinar


def _tell_hosts(webinar: Webinar, former: datetime | None) -> None:
    with transaction.atomic():
        for host in letters.hosts_of(webinar):
            letters.tell_clock_changed(webinar, host, former=former)
