"""Raising a hand, taking it down, calling somebody up.
Called by the live page and by the pages of the team."""

from __future__ import annotations

from django.db import transaction

from exchange.contributions.errors import NotAllowed
from exchange.contributions.rules import may_contribute
from exchange.core.time import now
from exchange.webinars.dialogue import pace, telling
from exchange.webinars.dialogue.actions.being_here import came, fresh, locked, seat_of
from exchange.webinars.dialogue.tallying import tally_soon
from exchange.webinars.errors import AlreadyDone, DoorClosed, NotNow
from exchange.webinars.models import Hand, Seat, Webinar
from exchange.webinars.rules import Roles


def raise_hand(*, webinar: Webinar, seat: Seat, up: bool) -> bool:
    """Up or down; twice is once. Gives whether it is up now. Raises NotNow, DoorClosed, TooFast,
    NotAllowed for a paused member."""
    seat_of(webinar, seat)
    if seat.member is not None and not may_contribute(seat.member):
        raise NotAllowed
    with transaction.atomic():
        row = locked(seat)
        if not up:
            _take_down(row)
            return False
        _check_open(fresh(webinar))
        if Hand.objects.filter(seat=row, down_at=None).exists():
            return True
        pace.HANDS.check(Hand.objects.filter(seat=row))
        Hand.objects.create(webinar_id=row.webinar_id, seat=row)
        came(row, webinar)
        telling.hand(row, up=True)
        tally_soon(webinar_id=row.webinar_id)
    return True


def call_hand(*, hand: Hand, roles: Roles) -> Hand:
    """Somebody is called up, and told so; their hand is down. Raises NotAllowed, AlreadyDone."""
    return _off(hand, roles, called=True)


def lower_hand(*, hand: Hand, roles: Roles) -> Hand:
    """The team takes a hand down without calling. Raises as call_hand."""
    return _off(hand, roles, called=False)


def _check_open(webinar: Webinar) -> None:
    if not webinar.is_live:
        raise NotNow
    if not webinar.hands_open:
        raise DoorClosed


def _off(hand: Hand, roles: Roles, *, called: bool) -> Hand:
    if not roles.may_help:
        raise NotAllowed
    with transaction.atomic():
        rows = Hand.objects.select_for_update(of=("self",), no_key=True).select_related("seat")
        row: Hand = rows.get(pk=hand.pk)
        if row.down_at is not None:
            raise AlreadyDone
        row.down_at = now()
        row.called_at = row.down_at if called else None
        row.save(update_fields=["down_at", "called_at"])
        telling.hand(row.seat, up=False)
        if called:
            telling.called(row.seat)
        tally_soon(webinar_id=row.webinar_id)
    return row


def _take_down(seat: Seat) -> None:
    if Hand.objects.filter(seat=seat, down_at=None).update(down_at=now()):
        telling.hand(seat, up=False)
        tally_soon(webinar_id=seat.webinar_id)
