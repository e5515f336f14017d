"""What hosts decide about mail that was kept for them, and what is forgotten in time.
Called through `mail.receiving.actions`."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.ledger.models import Delivery
from exchange.mail.models import IncomingMail
from exchange.mail.receiving import keeping

AT_ONCE = 2000
CONSUMER = "mail.handle_incoming"
WAYS = ("not-for-us", "answered")
State = IncomingMail.State


class AlreadySettled(Exception):
    """Another host was faster."""


def settle(*, incoming: IncomingMail, how: str, by: int) -> None:
    """A host has seen to it: "not-for-us" or "answered" elsewhere."""
    if how not in WAYS:
        raise ValueError(how)
    with transaction.atomic():
        _take(incoming, state=State.SETTLED, outcome=how, settled_by=by)
        record(
            "incoming.settled",
            subject_type="incoming",
            subject_id=incoming.pk,
            actor_id=by,
            detail={"how": how},
            public=False,
        )


def vouch(*, incoming: IncomingMail, address: str, by: int) -> None:
    """A host says whose it is: it goes its way once more, as from this member's own address, and
    the member is told there what became of it."""
    detail = {**incoming.detail, "vouched_by": by, "tries": 0}
    detail.pop("no_answer", None)
    _once_more(incoming, by=by, from_address=address, detail=detail)


def try_again(*, incoming: IncomingMail, by: int) -> None:
    """A host lets a mail go its way again that broke."""
    _once_more(incoming, by=by, detail={**incoming.detail, "tries": 0})


def reopen(*, incoming_id: int) -> None:
    """A dead letter about it is tried again."""
    IncomingMail.objects.filter(pk=incoming_id, state=State.KEPT, outcome="broke").update(
        state=State.NEW, outcome=""
    )


def keep_stranded() -> int:
    """Mails whose delivery is a dead letter (workers died over them) wait for a host."""
    dead = Delivery.objects.filter(consumer=CONSUMER, state=Delivery.State.DEAD)
    theirs = dead.values_list("event__subject_id", flat=True)[:AT_ONCE]
    rows = IncomingMail.objects.filter(pk__in=list(theirs), state=State.NEW)
    return rows.update(state=State.KEPT, outcome="broke")


def forget_old(*, at: datetime) -> int:
    """After so many days the mail and its words are gone; that it came remains."""
    before = at - timedelta(days=settings.MAIL_KEEP_DAYS)
    rows = IncomingMail.objects.filter(received_at__lt=before, blanked_at__isnull=True)
    return _blank(rows.order_by("received_at")[:AT_ONCE], at=at)


def forget_person(*, person: int, address: str = "") -> int:
    """Somebody leaves: nothing of what they wrote to us stays here."""
    count = _blank(IncomingMail.objects.filter(person=person, blanked_at__isnull=True), at=now())
    if address:
        rows = IncomingMail.objects.filter(from_address__iexact=address, blanked_at__isnull=True)
        count += _blank(rows, at=now())
    return count


def _once_more(incoming: IncomingMail, *, by: int, **columns: object) -> None:
    with transaction.atomic():
        _take(incoming, state=State.NEW, outcome="", **columns)
        record(
            "mail.arrived",
            subject_type="incoming",
            subject_id=incoming.pk,
            actor_id=by,
            public=False,
        )


def _take(incoming: IncomingMail, **columns: object) -> None:
    waiting = IncomingMail.objects.filter(pk=incoming.pk, state=State.KEPT)
    if not waiting.update(**columns):
        raise AlreadySettled
    incoming.refresh_from_db()


def _blank(rows: object, *, at: datetime) -> int:
    found = list(rows)  # type: ignore[call-overload]
    for row in found:
        keeping.forget(row.arrival)
    with transaction.atomic():
        some = IncomingMail.objects.filter(pk__in=[row.pk for row in found])
        some.filter(state__in=[State.KEPT, State.NEW]).update(state=State.SETTLED)
        some.empty(at=at, envelope_to="")
    return len(found)
