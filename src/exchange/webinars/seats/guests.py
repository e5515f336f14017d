"""People without an account: asked by mail whether they mean it, before anything counts.
What a page says does not depend on whether an address is known. Called by pages and mail handlers."""

from __future__ import annotations

from django.db import transaction

from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.mail.inbound import sender_at
from exchange.members import queries as members
from exchange.webinars.errors import NotNow
from exchange.webinars.models import Seat, Webinar
from exchange.webinars.seats.actions import locked, open_for_seats, settle
from exchange.webinars.seats.wishes import Wish, checked

State = Seat.State


def ask(*, webinar: Webinar, address: str, wish: Wish) -> None:
    """Somebody typed an address: its owner is written to, and says whether they come. A member is
    asked to sign in; nothing is registered in their name. Raises NotNow, NameRefused."""
    wished, plain = checked(wish), address.strip().lower()
    owner = sender_at(plain)
    is_members = owner is not None or members.by_address(plain) is not None
    with transaction.atomic():
        present = open_for_seats(webinar.pk)
        if is_members:
            _record_known(present, owner.person if owner and owner.active else 0)
            return
        seat = Seat.objects.filter(webinar=present, email=plain).first()
        seat = seat or Seat(webinar=present, email=plain)
        if seat.state in (State.ASKED, State.GIVEN_UP):
            _write(seat, wished)
        record(
            "seat.asked",
            subject_type="seat",
            subject_id=seat.pk,
            detail={"webinar": present.pk},
            public=False,
        )


def confirm(*, seat: Seat) -> Seat:
    """The owner of the address says yes: a place, or a place in line. Saying it twice changes
    nothing. Raises NotNow, Full."""
    with transaction.atomic():
        present = locked(seat.webinar_id)
        fresh: Seat = Seat.objects.select_related("webinar").get(pk=seat.pk)
        if fresh.state in (State.TAKEN, State.WAITING):
            return fresh
        if not present.takes_seats:
            raise NotNow
        fresh.confirmed_at = now()
        return settle(fresh, present)


def refuse(*, seat: Seat) -> None:
    """It was not they who asked: nothing of the address stays here."""
    Seat.objects.filter(pk=seat.pk, state=State.ASKED).delete()


def _write(seat: Seat, wish: Wish) -> None:
    for name, value in vars(wish).items():
        setattr(seat, name, value)
    seat.state, seat.at, seat.queued_at = State.ASKED, now(), None
    seat.no_reminders_at = None
    seat.save()


def _record_known(webinar: Webinar, member_id: int) -> None:
    record(
        "seat.known",
        subject_type="webinar",
        subject_id=webinar.pk,
        detail={"member": member_id},
        public=False,
    )


__all__ = ["NotNow", "ask", "confirm", "refuse"]
