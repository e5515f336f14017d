"""Asking to belong, being taken in, roles, leaving: called by pages and handlers of mail.
Each verb is one transaction and one entry in the ledger."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from exchange.core import time
from exchange.hubs import rules
from exchange.hubs.belongs import forget
from exchange.hubs.errors import LastHost, NotAllowed, NotNow
from exchange.hubs.judging import let_pass
from exchange.hubs.models import Membership, Space
from exchange.ledger.actions import record
from exchange.members.models import Member

Role, State = Membership.Role, Membership.State
# Who was not taken in may ask again then.
ASK_AGAIN = timedelta(days=30)
LONGEST_WORDS = 600


def ask(*, space: Space, member: Member, words: str, origin: str = "web") -> Membership:
    """Ask the hosts. Twice is once. Raises NotNow, Stopped."""
    let_pass(text=words, language=member.first_language, by=member, origin=origin)
    with transaction.atomic():
        place = _place(space, member)
        if place.state in (State.IN, State.ASKED) and place.pk:
            return place
        waits = place.state == State.DECLINED and time.now() < place.changed_at + ASK_AGAIN
        if not space.is_open or space.joins != Space.Joins.ASKING or waits:
            raise NotNow
        place.state, place.role, place.words = State.ASKED, Role.MEMBER, words[:LONGEST_WORDS]
        place.asked_at = place.changed_at = time.now()
        place.by = place.since = place.trusted_at = None
        place.save()
        _record("asked", place, member)
    return place


def take_in(*, place: Membership, by: Member, role: str = Role.MEMBER) -> None:
    """A host says yes to who asked. Raises NotAllowed, NotNow when it was answered otherwise."""
    _must_manage(by, place.space_id)
    with transaction.atomic():
        row = _locked(place)
        if row.state == State.IN:
            return
        if row.state != State.ASKED:
            raise NotNow
        enter(place=row, role=role, by=by)
        _record("taken_in", row, by)


def decline(*, place: Membership, by: Member, note: str = "") -> None:
    """A host says no, with a kind word of theirs if they like. Raises NotAllowed, NotNow, Stopped."""
    _must_manage(by, place.space_id)
    let_pass(text=note, language=by.first_language, by=by)
    with transaction.atomic():
        row = _locked(place)
        if row.state != State.ASKED:
            raise NotNow
        row.state, row.by, row.changed_at, row.words = State.DECLINED, by, time.now(), note
        row.save()
        _record("declined", row, by)


def bring_in(
    *, space: Space, member: Member, role: str, by: Member | None, trusted: bool = False
) -> Membership:
    """They said yes to an invitation. Who belongs already keeps their role. Raises NotNow."""
    with transaction.atomic():
        place = _place(space, member)
        if place.state == State.IN and place.pk:
            return place
        if not space.is_open or not member.is_active:
            raise NotNow
        enter(place=place, role=role, by=by)
        if trusted:
            place.trusted_at = time.now()
            place.save(update_fields=["trusted_at"])
        _record("came_in", place, member)
    forget(member)
    return place


def enter(*, place: Membership, role: str, by: Member | None) -> None:
    """They belong from now on. In the caller's transaction, with its own entry."""
    place.state, place.role, place.by, place.words = State.IN, role, by, ""
    place.since = place.changed_at = time.now()
    place.save()
    forget(place.member)


def leave(*, place: Membership, hand_over: bool = False) -> None:
    """Go, at any time. The last host goes only where the hosts of the Exchange are to take over
    (`hand_over`): they are told. Raises LastHost."""
    with transaction.atomic():
        row = _locked(place)
        if row.state not in (State.IN, State.ASKED, State.INVITED):
            return
        is_last = row.is_hosting and not _other_hosts(row)
        if is_last and not hand_over:
            raise LastHost
        # Nobody had them leave: that is how who was removed is told from them.
        row.state, row.by, row.changed_at, row.words = State.LEFT, None, time.now(), ""
        row.save()
        _record("left", row, row.member, is_last=is_last)
    forget(place.member)


def remove(*, place: Membership, by: Member) -> None:
    """A host has somebody leave. Raises NotAllowed, LastHost."""
    _must_manage(by, place.space_id)
    with transaction.atomic():
        row = _locked(place)
        if row.state != State.IN:
            return
        if row.is_hosting and not _other_hosts(row) and not by.is_host:
            raise LastHost
        row.state, row.by, row.changed_at = State.LEFT, by, time.now()
        row.save()
        _record("removed", row, by)
    forget(place.member)


def set_role(*, place: Membership, role: str, by: Member) -> None:
    """Host, member or guest. A new host is told to the group. Raises NotAllowed, NotNow, LastHost."""
    _must_manage(by, place.space_id)
    with transaction.atomic():
        row = _locked(place)
        if row.state != State.IN:
            raise NotNow
        if row.role == role:
            return
        if row.is_hosting and not _other_hosts(row):
            raise LastHost
        row.role, row.changed_at = role, time.now()
        if role == Role.HOST:
            row.trusted_at = row.trusted_at or time.now()
        row.save()
        _record("hosting" if role == Role.HOST else "role", row, by)
    forget(place.member)


def set_level(*, place: Membership, level: str) -> None:
    """How much they hear of it; also from the stop links of letters."""
    Membership.objects.filter(pk=place.pk).update(level=Membership.Level(level))
    forget(place.member)


def trust(*, space_id: int, member: Member) -> None:
    """A host of the space let something of theirs out: it need not wait again. Twice is once."""
    rows = Membership.objects.within().filter(space_id=space_id, member=member, trusted_at=None)
    rows.update(trusted_at=time.now())
    forget(member)


def _must_manage(by: Member, space_id: int) -> None:
    if not rules.may_manage(by, space_id):
        raise NotAllowed


def _place(space: Space, member: Member) -> Membership:
    """Their row, locked, or a new one that is not kept yet. Who comes twice at once meets the
    unique row at `save`, so the space is locked first."""
    Space.objects.select_for_update(of=("self",), no_key=True).get(pk=space.pk)
    rows = Membership.objects.select_for_update(of=("self",), no_key=True)
    found: Membership | None = rows.filter(space=space, member=member).first()
    return found or Membership(space=space, member=member, state=State.INVITED)


def _locked(place: Membership) -> Membership:
    """The row, after its space: two hosts who leave at once are not both the last but one."""
    Space.objects.select_for_update(of=("self",), no_key=True).get(pk=place.space_id)
    rows = Membership.objects.select_related("space", "member")
    row: Membership = rows.select_for_update(of=("self",), no_key=True).get(pk=place.pk)
    return row


def _other_hosts(place: Membership) -> bool:
    hosting = Membership.objects.hosting().filter(space_id=place.space_id)
    active = hosting.filter(member__is_active=True, member__erased_at=None)
    return bool(active.exclude(pk=place.pk).exists())


def _record(what: str, place: Membership, by: Member | None, **detail: bool) -> None:
    record(
        f"membership.{what}",
        subject_type="membership",
        subject_id=place.pk,
        actor_id=by.pk if by else None,
        detail={"space": place.space_id, "member": place.member_id, "role": place.role, **detail},
        public=place.space.is_hub,
    )
