"""Channels: made, changed, rested and woken by hosts; told by the worker, one thing at a time.
Called by the hosts' pages and by hooks. Neither address nor secret is ever logged."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse

from exchange.announcing.models import Announcement, Channel, Telling
from exchange.announcing.publications.queries import told
from exchange.announcing.rules import host_of
from exchange.announcing.webhooks import rules
from exchange.contributions import kinds
from exchange.contributions.models import Contribution
from exchange.core import keeping, reaching
from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.ledger.registry import GiveUp, Later
from exchange.members.models import Member

# A worker that died while it told is no more on its way after this.
GOING_AT_MOST = 120.0


class NotSet(Exception):
    """The address of a channel cannot be opened any more: the site's secret key is another."""


def make_channel(*, address: str, secret: str, by: Member, **columns: Any) -> Channel:
    """A new one; nothing is told before something is published. `columns` are its name, its form
    and what it wants."""
    with transaction.atomic():
        channel = Channel.objects.create(
            host=host_of(address),
            address=keeping.locked(address, room="announcing"),
            secret=keeping.locked(secret, room="announcing") if secret else "",
            **columns,
        )
        _entry("channel.made", channel, by)
    return channel


def change_channel(
    *,
    channel: Channel,
    by: Member,
    address: str = "",
    secret: str = "",
    drops_secret: bool = False,
    **columns: Any,
) -> None:
    """Other columns; an empty address or secret leaves the one that is kept."""
    changed: dict[str, Any] = dict(columns)
    if address:
        changed |= {"host": host_of(address), "address": keeping.locked(address, room="announcing")}
        changed |= {"failing_since": None, "rests_since": None}
    if secret or drops_secret:
        changed["secret"] = keeping.locked(secret, room="announcing") if secret else ""
    with transaction.atomic():
        Channel.objects.filter(pk=channel.pk).update(**changed)
        _entry("channel.changed", channel, by)


def remove_channel(*, channel: Channel, by: Member) -> None:
    """Forget it, with what it was told."""
    with transaction.atomic():
        _entry("channel.removed", channel, by)
        channel.delete()


def set_resting(*, channel: Channel, rests: bool, by: Member) -> None:
    """A host lets it rest, or wakes it. What it missed meanwhile is not told later."""
    with transaction.atomic():
        since = now() if rests else None
        Channel.objects.filter(pk=channel.pk).update(rests_since=since, failing_since=None)
        _entry("channel.changed", channel, by)


def try_out(*, channel: Channel) -> str:
    """Send a try now. Empty when it was taken; else a code that is safe to show."""
    try:
        status = _send(channel, rules.tried(channel.form, site=settings.BASE_URL), "try", 5.0)
    except reaching.NotReached as trouble:
        return trouble.code
    except NotSet:
        return "address-lost"
    return "" if rules.is_taken(status) else f"answered-{status}"


def those_to_tell(*, announcement_id: int, what: str) -> list[str]:
    """Numbers of the channels that are to be told: who wants to hear of it; of a withdrawal those
    it has left for."""
    announcement = Announcement.objects.filter(pk=announcement_id).first()
    if announcement is None:
        return []
    if what == Telling.What.NEW:
        awake = Channel.objects.filter(rests_since=None).order_by("pk")
        return [str(channel.pk) for channel in awake if channel.takes(announcement)]
    told_before = Telling.objects.filter(announcement=announcement, what=Telling.What.NEW)
    return [str(pk) for pk in told_before.order_by("channel_id").values_list("channel", flat=True)]


def tell(*, announcement_id: int, channel_id: int, what: str) -> None:
    """Tell one channel, with no transaction open. What was told once is not told again.
    Raises Later, GiveUp."""
    channel = Channel.objects.filter(pk=channel_id).first()
    announcement = Announcement.objects.filter(pk=announcement_id).first()
    if channel is None or announcement is None:
        return
    row, _is_new = Telling.objects.get_or_create(
        channel=channel, announcement=announcement, what=what
    )
    if row.fate in (Telling.Fate.SENT, Telling.Fate.DROPPED):
        return
    if channel.rests_since is not None and what == Telling.What.NEW:
        _keep(row, Telling.Fate.DROPPED, "rests")
        return
    body = _new(announcement, channel) if what == Telling.What.NEW else _gone(announcement, channel)
    if body is None:
        _keep(row, Telling.Fate.DROPPED, "taken-back" if what == Telling.What.NEW else "not-told")
        return
    _hand_over(row, channel, body)


def _new(announcement: Announcement, channel: Channel) -> bytes | None:
    """The last look: None when it is not public any more."""
    found = told(announcement)
    return rules.published(channel.form, found) if found else None


def _gone(announcement: Announcement, channel: Channel) -> bytes | None:
    """None when nothing of it ever left for this channel."""
    rows = Telling.objects.filter(announcement=announcement, channel=channel)
    before = rows.filter(what=Telling.What.NEW).first()
    if before is None or not before.has_left:
        return None
    if before.fate == Telling.Fate.GOING and _is_young(before.at):
        raise Later("still-on-its-way")
    row = announcement.contribution
    return rules.taken_back(
        channel.form, key=announcement.key, address=_bare_address(row), language=row.language
    )


def _bare_address(row: Contribution) -> str:
    """Its page by the number alone: the usual address says the title once more."""
    try:
        return settings.BASE_URL + reverse(kinds.get(row.kind).page, args=[row.pk, "-"])
    except (KeyError, NoReverseMatch):
        return str(settings.BASE_URL)


def _is_young(at: datetime) -> bool:
    return (now() - at).total_seconds() < GOING_AT_MOST


def _hand_over(row: Telling, channel: Channel, body: bytes) -> None:
    had_left, row.has_left, row.tries = row.has_left, True, row.tries + 1
    _keep(row, Telling.Fate.GOING, "")
    try:
        status = _send(channel, body, f"{row.announcement.key}-{row.what}", 10.0)
    except reaching.NotReached as trouble:
        # Whether it arrived is known only where no line was ever open.
        row.has_left = had_left or trouble.code in ("no-answer", "too-slow")
        _failed(row, channel, trouble.code, is_hopeless=False)
    except NotSet:
        row.has_left = had_left
        _failed(row, channel, "address-lost", is_hopeless=True)
    else:
        if rules.is_taken(status):
            _keep(row, Telling.Fate.SENT, str(status))
            Channel.objects.filter(pk=channel.pk).update(failing_since=None)
            return
        row.has_left = had_left
        _failed(row, channel, f"answered-{status}", is_hopeless=rules.is_hopeless(status))


def _failed(row: Telling, channel: Channel, code: str, *, is_hopeless: bool) -> None:
    """Raises Later or GiveUp; a channel that has failed for three days rests."""
    _channels(channel).filter(failing_since=None).update(failing_since=now())
    tired = _channels(channel).filter(
        failing_since__lte=now() - rules.RESTS_AFTER, rests_since=None
    )
    with transaction.atomic():
        rests = bool(tired.update(rests_since=now()))
        if rests:
            _entry("channel.rests", channel, None)
    if is_hopeless or rests:
        _keep(row, Telling.Fate.FAILED, code)
        raise GiveUp(f"webhook-{code}")
    _keep(row, Telling.Fate.WAITING, code)
    raise Later(f"webhook-{code}")


def _channels(channel: Channel) -> QuerySet[Channel]:
    return Channel.objects.filter(pk=channel.pk)


def _keep(row: Telling, fate: str, code: str) -> None:
    row.fate, row.code, row.at = fate, code[:60], now()
    row.save(update_fields=["fate", "code", "at", "has_left", "tries"])


def _send(channel: Channel, body: bytes, delivery: str, seconds: float) -> int:
    try:
        address = keeping.opened(channel.address, room="announcing")
        secret = keeping.opened(channel.secret, room="announcing") if channel.secret else ""
    except keeping.CannotOpen:
        raise NotSet from None
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "TheExchange/1.0 (announcing)",
        rules.DELIVERY: delivery,
    }
    if secret:
        headers[rules.SIGNATURE] = rules.signed(secret, body, moment=int(time.time()))
    return reaching.post(
        address,
        body=body,
        headers=headers,
        seconds=seconds,
        may_be_this_machine=not settings.PRODUCTION,
    )


def _entry(kind: str, channel: Channel, by: Member | None) -> None:
    record(
        kind,
        subject_type="channel",
        subject_id=channel.pk,
        actor_id=by.pk if by else None,
        public=False,
    )
