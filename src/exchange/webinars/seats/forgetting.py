"""What is not kept of people without an account: unconfirmed addresses, and all of it in time.
Called by the clock of seats."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from exchange.mail.actions import forget_address
from exchange.mail.inbound import sender_at
from exchange.webinars.models import Asked, Said, Seat
from exchange.webinars.seats.rules import KEPT_AFTER, UNCONFIRMED

AT_ONCE = 1000


def drop_unconfirmed(*, at: datetime) -> int:
    """Nobody said yes: perhaps somebody else had typed the address."""
    rows = Seat.objects.filter(state=Seat.State.ASKED, at__lt=at - UNCONFIRMED)
    count: int = rows.delete()[0]
    return count


def forget_old(*, at: datetime) -> int:
    """90 days after, the address, the name and the group of a guest. That somebody was there stays
    as a number."""
    rows = Seat.objects.filter(member=None, forgotten_at=None)
    old = rows.filter(webinar__starts_at__lt=at - KEPT_AFTER)
    found = {seat.pk: seat.email for seat in old.order_by("pk")[:AT_ONCE]}
    with transaction.atomic():
        Asked.objects.filter(seat__in=found).update(shown_as="")
        Said.objects.filter(seat__in=found).update(shown_as="")
        Seat.objects.filter(pk__in=found).update(email="", name="", group="", forgotten_at=at)
    for address in {one for one in found.values() if one}:
        _forget_mails(address)
    return len(found)


def _forget_mails(address: str) -> None:
    """Unless the address is a member's, or has a place elsewhere."""
    if sender_at(address) is None and not Seat.objects.filter(email__iexact=address).exists():
        forget_address(address=address)
