"""Pairing two people, their yes, the question of the month, what they write, pausing, ending.
Called by pages, handlers of mail and the clock. What they write goes to the other and is not kept."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from exchange.core import time
from exchange.hubs import rules as spaces
from exchange.hubs.errors import NotAllowed, NotNow
from exchange.hubs.judging import let_pass
from exchange.hubs.models import Membership, Pair, Space
from exchange.hubs.pairs import rules
from exchange.ledger.actions import record
from exchange.members import apart
from exchange.members.models import Member

State = Pair.State


def propose(*, space: Space, first: Member, second: Member, by: Member) -> Pair:
    """A host brings two people of the space together; both are asked. Raises NotAllowed, NotNow
    when they are a pair already or one of them is kept apart from the other."""
    if not spaces.may_manage(by, space.pk):
        raise NotAllowed
    with transaction.atomic():
        Space.objects.select_for_update(of=("self",), no_key=True).get(pk=space.pk)
        inside = Membership.objects.within().filter(space=space, member__in=(first, second))
        if first.pk == second.pk or inside.count() != 2 or not may_meet(first, second):
            raise NotNow
        both = Q(first=first, second=second) | Q(first=second, second=first)
        if Pair.objects.there().filter(both, space=space).exists():
            raise NotNow
        pair: Pair = Pair.objects.create(space=space, first=first, second=second, by=by)
        _record("asked", pair, by)
    return pair


def agree(*, pair: Pair, member: Member) -> Pair:
    """One of them says yes; with the second yes it begins. Twice is once. Raises NotNow."""
    with transaction.atomic():
        row = _locked(pair)
        if row is None or row.state == State.ENDED or not row.is_of(member):
            raise NotNow
        if row.has_agreed(member):
            return row
        if member.pk == row.first_id:
            row.first_agreed_at = time.now()
        else:
            row.second_agreed_at = time.now()
        if row.first_agreed_at and row.second_agreed_at:
            row.state, row.next_on = State.LIVING, time.now().date()
        row.save()
        if row.state == State.LIVING:
            _record("begun", row, member)
    return row


def pause(*, pair: Pair, member: Member) -> None:
    """No questions until one of them goes on. Raises NotNow."""
    _set(pair, member, State.LIVING, State.PAUSED, "paused")


def go_on(*, pair: Pair, member: Member) -> None:
    """Raises NotNow."""
    _set(pair, member, State.PAUSED, State.LIVING, "went_on")


def end(*, pair: Pair, by: Member | None) -> None:
    """One of them, a host, or leaving ends it; the other is told. Twice is once."""
    with transaction.atomic():
        row = _locked(pair)
        if row is None or row.state == State.ENDED:
            return
        if by is not None and not (row.is_of(by) or spaces.may_manage(by, row.space_id)):
            raise NotAllowed
        row.state, row.ended_at, row.next_on = State.ENDED, time.now(), None
        row.save()
        _record("ended", row, by)


def write(*, pair: Pair, member: Member, words: str, origin: str = "web") -> str:
    """What one of them writes for the other: judged, and cleaned of nothing. Gives the words; the
    letter is made by whoever calls, in the same transaction. Raises NotNow, Stopped."""
    row = _locked(pair)
    if row is None or row.state != State.LIVING or not row.is_of(member):
        raise NotNow
    if spaces.is_paused(member) or not may_meet(row.first, row.second):
        raise NotNow
    let_pass(text=words, language=member.first_language, by=member, origin=origin)
    month = rules.month_of(time.now().date())
    if row.last_sign != month:
        row.last_sign = month
        row.save(update_fields=["last_sign"])
    return words[: rules.LONGEST_WORDS]


def due(day: date) -> list[int]:
    """The pairs whose question comes today, or should have."""
    rows = Pair.objects.filter(state=State.LIVING, next_on__lte=day, space__closed_at=None)
    return list(rows.order_by("next_on", "pk").values_list("pk", flat=True)[:500])


def take_turn(*, pair_id: int, day: date) -> Pair | None:
    """The question goes out now; its number is `asked` before. In the caller's transaction."""
    row = _locked(Pair(pk=pair_id))
    if row is None or row.state != State.LIVING or not row.next_on or row.next_on > day:
        return None
    row.asked, row.next_on = row.asked + 1, rules.a_month_on(day)
    row.save(update_fields=["asked", "next_on"])
    return row


def end_for_leaving(*, member_id: int, space_id: int) -> None:
    """Who left the space has no pair in it."""
    member = Q(first_id=member_id) | Q(second_id=member_id)
    for pair in Pair.objects.there().filter(member, space_id=space_id):
        end(pair=pair, by=None)


def end_unanswered(*, day: date) -> None:
    """Who was asked and never said yes is asked no more."""
    until = time.now() - timedelta(days=rules.DAYS_TO_AGREE)
    for pair in Pair.objects.filter(state=State.ASKED, made_at__lt=until)[:200]:
        end(pair=pair, by=None)


def may_meet(first: Member, second: Member) -> bool:
    """Both are there, and neither has blocked the other."""
    there = all(one.is_active and one.erased_at is None for one in (first, second))
    return there and second.pk not in apart.from_(first)


def _set(pair: Pair, member: Member, before: str, after: str, what: str) -> None:
    with transaction.atomic():
        row = _locked(pair)
        if row is None or row.state != before or not row.is_of(member):
            raise NotNow
        row.state = after
        if after == State.LIVING:
            row.next_on = max(row.next_on or time.now().date(), time.now().date())
        row.save(update_fields=["state", "next_on"])
        _record(what, row, member)


def _locked(pair: Pair) -> Pair | None:
    rows = Pair.objects.select_related("space", "first", "second")
    found: Pair | None = (
        rows.select_for_update(of=("self",), no_key=True).filter(pk=pair.pk).first()
    )
    return found


def _record(what: str, pair: Pair, by: Member | None) -> None:
    record(
        f"pair.{what}",
        subject_type="pair",
        subject_id=pair.pk,
        actor_id=by.pk if by else None,
        detail={"space": pair.space_id},
        public=False,
    )
