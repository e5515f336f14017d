"""Getting the newsletter: asked, confirmed by whoever has the address, changed, stopped, put back.
Called by pages, by handlers of mail and by the hosts' desk; each verb is one transaction."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from exchange.briefings.errors import NotNow
from exchange.briefings.models import Subscriber
from exchange.briefings.subscribing import rules
from exchange.core import time
from exchange.ledger.actions import record
from exchange.mail.inbound import sender_at
from exchange.mail.models import Standing
from exchange.mail.tokens import digest
from exchange.members import queries as members
from exchange.members.models import Member

State = Subscriber.State


def ask(*, address: str, language: str, hub: str = "", by_host: bool = False) -> bool:
    """Somebody typed an address: its owner is written to, and nothing is sent before they say yes.
    `by_host`: whoever ever stopped, asked or has it is left alone. Whether anybody is written to;
    pages for everybody never tell."""
    typed = (address.strip().lower(), language, hub, by_host)
    try:
        return _ask(*typed)
    except IntegrityError:
        # Somebody typed the same new address at the same moment.
        return _ask(*typed)


def confirm(*, subscriber: Subscriber) -> Subscriber:
    """Whoever has the address says yes. Twice changes nothing. Raises NotNow when we have forgotten
    the address meanwhile."""
    with transaction.atomic():
        row = _locked(subscriber.pk)
        if row is None or (row.member_id is None and not row.address):
            raise NotNow
        if row.state != State.CONFIRMED:
            row.state, row.confirmed_at, row.stopped_at = State.CONFIRMED, time.now(), None
            row.save()
            _record("confirmed", row)
    return row


def refuse(*, subscriber: Subscriber) -> None:
    """It was not they who asked: nothing of it stays, but that somebody stopped before."""
    with transaction.atomic():
        row = _locked(subscriber.pk)
        if row is not None and row.state == State.ASKED:
            _unask(row)


def take(*, member: Member, language: str, hub: str = "") -> Subscriber:
    """A member wants it, or wants it otherwise; their address is proven."""
    with transaction.atomic():
        row = Subscriber.objects.select_for_update().filter(member=member).first()
        row = row or Subscriber(member=member)
        row.language, row.hub = rules.language_of(language), rules.hub_of(hub)
        is_new = row.state != State.CONFIRMED
        if is_new:
            row.state, row.confirmed_at, row.stopped_at = State.CONFIRMED, time.now(), None
        row.save()
        if is_new:
            _record("confirmed", row)
    return row


def take_proven(*, address: str, language: str) -> Subscriber | None:
    """A mail proves that its sender has the address, and wants it. None for a closed account."""
    plain = address.strip().lower()
    with transaction.atomic():
        row = _row_of(plain)
        if row is None:
            return None
        if row.state == State.CONFIRMED:
            return row
        row.address = "" if row.member_id else plain
        row.language = rules.language_of(language)
        row.state, row.confirmed_at, row.stopped_at = State.CONFIRMED, time.now(), None
        row.save()
        _record("confirmed", row)
    return row


def change(*, subscriber: Subscriber, language: str, hub: str) -> None:
    """Another language, another hub."""
    chosen = {"language": rules.language_of(language), "hub": rules.hub_of(hub)}
    Subscriber.objects.filter(pk=subscriber.pk).update(**chosen)


def stop(*, subscriber: Subscriber, by: Member | None = None) -> bool:
    """No newsletter any more; of an address only its digest stays. `by` a host who does it for
    them. Whether anything changed."""
    with transaction.atomic():
        row = _locked(subscriber.pk)
        if row is None or row.state == State.STOPPED:
            return False
        row.state, row.stopped_at, row.address = State.STOPPED, time.now(), ""
        row.save()
        _record("stopped", row, by=by)
    return True


def stop_for_complaint(*, standing_id: int, person: int) -> None:
    """Their provider says that our mail is unwanted: no newsletter any more."""
    standing = Standing.objects.filter(pk=standing_id).first()
    known = standing.digest if standing is not None else ""
    theirs = Q(member_id=person or None, member__isnull=False) | (Q(digest=known) & ~Q(digest=""))
    for subscriber in Subscriber.objects.filter(theirs):
        stop(subscriber=subscriber)


def put_back(*, subscriber: Subscriber, address: str = "") -> Subscriber:
    """It was a mistake. Within a day; without an account the address has to be given again, because
    it is forgotten. Raises NotNow."""
    with transaction.atomic():
        row = _locked(subscriber.pk)
        if row is None or row.stopped_at is None or row.state != State.STOPPED:
            raise NotNow
        is_late = time.now() - row.stopped_at > rules.PUT_BACK
        if row.member_id is None and (is_late or digest(address) != row.digest):
            raise NotNow
        row.address = "" if row.member_id else address.strip().lower()
        row.state, row.stopped_at = State.CONFIRMED, None
        row.confirmed_at = row.confirmed_at or time.now()
        row.save()
        _record("confirmed", row)
    return row


def link(*, member: Member) -> None:
    """Somebody joined, or has a new address: what they got as an address alone is theirs now."""
    with transaction.atomic():
        guests = Subscriber.objects.select_for_update().filter(member=None)
        guest = guests.filter(digest=digest(member.email)).first()
        if guest is None or member.erased_at is not None:
            return
        own = Subscriber.objects.filter(member=member).first()
        if own is None:
            guest.member, guest.address, guest.digest = member, "", ""
            guest.save()
            return
        if guest.is_getting and own.state == State.ASKED:
            own.state, own.confirmed_at = State.CONFIRMED, guest.confirmed_at
            own.save()
        guest.delete()


def link_those(*, addresses: Collection[str]) -> bool:
    """Of addresses without an account, those that are members' by now. Whether there were any."""
    found = list(Member.objects.filter(email__in=addresses, erased_at=None)) if addresses else []
    for member in found:
        link(member=member)
    return bool(found)


def forget_unconfirmed(*, at: datetime) -> int:
    """After fourteen days without a yes."""
    old = Subscriber.objects.filter(state=State.ASKED, asked_at__lt=at - rules.UNCONFIRMED)
    count = 0
    with transaction.atomic():
        for row in old.select_for_update(of=("self",), no_key=True).order_by("pk")[:1000]:
            _unask(row)
            count += 1
    return count


def _ask(plain: str, language: str, hub: str, by_host: bool) -> bool:
    with transaction.atomic():
        row = _row_of(plain)
        if row is None or (by_host and row.pk):
            return False
        if row.state != State.CONFIRMED:
            row.state, row.asked_at = State.ASKED, time.now()
            row.address = "" if row.member_id else plain
            row.language, row.hub = rules.language_of(language), rules.hub_of(hub)
        row.save()
        _record("asked", row, by_host=by_host)
    return True


def _row_of(address: str) -> Subscriber | None:
    """The row of this address, held, or a new one that is not kept yet. None for an account that is
    closed. In the caller's transaction."""
    owner = sender_at(address)
    member = _member(address, owner.person if owner else 0)
    rows = Subscriber.objects.select_for_update(of=("self",), no_key=True)
    if member is not None:
        if not member.is_active:
            return None
        found = rows.filter(member=member).first()
        return found or Subscriber(member=member)
    known = digest(address)
    return rows.filter(digest=known).first() or Subscriber(digest=known)


def _member(address: str, number: int) -> Member | None:
    found: Member | None = Member.objects.filter(Q(pk=number), erased_at=None).first()
    return found or members.by_address(address)


def _unask(row: Subscriber) -> None:
    if row.stopped_at is None:
        row.delete()
        return
    row.state, row.address = State.STOPPED, ""
    row.save()


def _locked(pk: int) -> Subscriber | None:
    rows = Subscriber.objects.select_for_update(of=("self",), no_key=True)
    found: Subscriber | None = rows.select_related("member").filter(pk=pk).first()
    return found


def _record(what: str, row: Subscriber, *, by: Member | None = None, by_host: bool = False) -> None:
    record(
        f"subscriber.{what}",
        subject_type="subscriber",
        subject_id=row.pk,
        actor_id=by.pk if by else row.member_id,
        detail={"by_host": by_host or by is not None},
        public=False,
        bulk=by_host,
    )
