"""Telling those who follow: one signed request for each inbox and each change, none of it twice.
Called by hooks, with no transaction open. What is not public any more is not told."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from exchange.announcing.fediverse import actions, papers, queries, signing
from exchange.announcing.fediverse.asking import USER_AGENT
from exchange.announcing.fediverse.papers import Paper
from exchange.announcing.fediverse.queries import Pen
from exchange.announcing.models import Actor, Announcement, Follower, Inbox, Parcel
from exchange.announcing.publications.queries import told
from exchange.announcing.rules import host_of
from exchange.core import reaching
from exchange.core.time import now
from exchange.ledger.registry import Later

MADE, CHANGED, GONE = "announcement.made", "announcement.changed", "announcement.gone"
# With the ledger's pauses (an hour at most) this is more than two days.
MOST_TRIES = 64
KEEPS_TRYING = timedelta(days=2)
Settle = Callable[[], None]


def inboxes(*, kind: str, announcement_id: int) -> list[str]:
    """Numbers of the inboxes that are to hear of it: who follows; of a change whoever has got it;
    of a withdrawal both."""
    row = Actor.objects.order_by("pk").first()
    if row is None or (kind != GONE and not row.is_on):
        return []
    has_it = Q(pk__in=Parcel.objects.filter(announcement=announcement_id).values("inbox"))
    follows = Q(pk__in=Follower.objects.values("inbox"))
    wanted = {MADE: follows, CHANGED: has_it, GONE: follows | has_it}[kind]
    return [
        str(pk) for pk in Inbox.objects.filter(wanted).order_by("pk").values_list("pk", flat=True)
    ]


def deliver(*, kind: str, announcement_id: int, inbox_id: int, since: datetime) -> Settle | None:
    """Hand one activity to one inbox. Raises Later."""
    inbox = Inbox.objects.filter(pk=inbox_id).first()
    row = Announcement.objects.filter(pk=announcement_id).first()
    pen = queries.pen(Actor.objects.order_by("pk").first())
    if inbox is None or row is None or pen is None or queries.is_blocked(inbox.domain):
        return None
    has_it = Parcel.objects.filter(announcement=row, inbox=inbox).exists()
    if kind == MADE and has_it:
        return None
    activity = _activity(kind, row, pen)
    if activity is None:
        return None
    if not _handed_over(inbox, activity, pen, since):
        return None
    return lambda: _note(kind, row, inbox)


def accept(*, follower_id: int, event_id: int, since: datetime) -> None:
    """Answer who wished to follow. Raises Later."""
    row = Follower.objects.filter(pk=follower_id).select_related("inbox").first()
    pen = queries.pen(queries.actor())
    if row is None or pen is None or queries.is_blocked(row.inbox.domain):
        return
    paper = papers.accept(pen.account, number=event_id, follower=row.actor, follow=row.follow)
    own = Inbox(url=row.own_inbox, domain=host_of(row.own_inbox))
    _handed_over(own, paper, pen, since)


def _activity(kind: str, row: Announcement, pen: Pen) -> Paper | None:
    if kind == GONE:
        return papers.delete(pen.account, key=row.key, gone_at=row.gone_at or now())
    found = told(row)
    if found is None or not Actor.objects.filter(is_on=True).exists():
        return None
    make = papers.create if kind == MADE else papers.update
    return make(pen.account, found)


def _note(kind: str, row: Announcement, inbox: Inbox) -> None:
    """Remember who has it, or no longer."""
    if not Inbox.objects.filter(pk=inbox.pk).exists():
        return
    if kind == GONE:
        Parcel.objects.filter(announcement=row, inbox=inbox).delete()
    else:
        Parcel.objects.get_or_create(announcement=row, inbox=inbox)


def _handed_over(inbox: Inbox, paper: Paper, pen: Pen, since: datetime) -> bool:
    """Whether the other server took it. One that is gone for good is forgotten; one that refuses
    is left alone; one that cannot answer is tried for two days. Raises Later."""
    try:
        status = _post(inbox.url, paper, pen)
    except reaching.NotReached as trouble:
        return _trouble(inbox, trouble.code, since)
    if status in (404, 410):
        if inbox.pk:
            actions.drop_inbox(inbox=inbox)
        return False
    if status in (408, 425, 429) or status >= 500:
        return _trouble(inbox, f"answered-{status}", since)
    if not 200 <= status < 300:
        _fares(inbox, f"answered-{status}")
        return False
    if inbox.pk:
        Inbox.objects.filter(pk=inbox.pk).update(failing_since=None, code="")
    return True


def _trouble(inbox: Inbox, code: str, since: datetime) -> bool:
    _fares(inbox, code)
    if now() - since < KEEPS_TRYING:
        raise Later(f"inbox-{code}")
    return False


def _fares(inbox: Inbox, code: str) -> None:
    if inbox.pk:
        rows = Inbox.objects.filter(pk=inbox.pk)
        rows.update(code=code[:60])
        rows.filter(failing_since=None).update(failing_since=now())


def _post(url: str, paper: Paper, pen: Pen) -> int:
    body = json.dumps(paper, ensure_ascii=False).encode()
    headers = signing.signed(
        method="POST",
        url=url,
        key_id=pen.account.key_id,
        private_pem=pen.private_pem,
        moment=now(),
        body=body,
    )
    return reaching.post(
        url,
        body=body,
        headers={**headers, "User-Agent": USER_AGENT},
        may_be_this_machine=not settings.PRODUCTION,
    )
