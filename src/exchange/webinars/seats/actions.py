"""Taking, changing and giving up a place. Whoever takes or frees one holds the webinar's row: two at
once never get the last. Called by pages, mail handlers, the live page and the hosts' desk."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Sum

from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.members.models import Member
from exchange.webinars.errors import Full, NotNow
from exchange.webinars.models import Seat, Webinar
from exchange.webinars.seats import rules
from exchange.webinars.seats.rules import InLine
from exchange.webinars.seats.wishes import Wish, checked, of_member

State = Seat.State
_WISHED = ("name", "language", "zone", "country", "way", "people", "group")


def register(*, webinar: Webinar, member: Member, wish: Wish | None = None) -> Seat:
    """A member comes. Doing it twice changes nothing but what was wished anew. Raises NotNow, Full
    (for a group larger than all places), NameRefused."""
    wished = checked(wish or of_member(member), member=member)
    with transaction.atomic():
        present = open_for_seats(webinar.pk)
        seat = _own(present, member)
        if seat is None:
            seat = Seat(webinar=present, member=member)
        elif seat.state in (State.TAKEN, State.WAITING):
            return seat if wish is None else _changed(seat, wished, present)
        seat.no_reminders_at = None
        _write(seat, wished)
        return settle(seat, present)


def change(*, seat: Seat, wish: Wish) -> Seat:
    """Another name, way, size of the group. Raises Full when more people do not fit any more (all
    stays as it was), NameRefused, NotNow."""
    wished = checked(wish, member=seat.member)
    with transaction.atomic():
        present = locked(seat.webinar_id)
        fresh = _again(seat)
        if fresh.state not in (State.TAKEN, State.WAITING) or not present.is_public:
            raise NotNow
        return _changed(fresh, wished, present)


def give_up(*, seat: Seat, by: Member | None = None) -> Seat:
    """The place is free, and who waits moves up. `by` a host: they took it away."""
    with transaction.atomic():
        present = locked(seat.webinar_id)
        fresh = _again(seat)
        if fresh.state == State.GIVEN_UP:
            return fresh
        was_full = _is_full(present)
        fresh.state, fresh.queued_at = State.GIVEN_UP, None
        fresh.save(update_fields=["state", "queued_at"])
        _record("given_up", fresh, by_host=by is not None)
        _fill(present)
        _freshen(present, was_full)
    return fresh


def let_in(*, seat: Seat, by: Member) -> Seat:
    """A host gives somebody who waits a place, also beyond the number of places."""
    with transaction.atomic():
        locked(seat.webinar_id)
        fresh = _again(seat)
        if fresh.state == State.WAITING:
            _take(fresh, moved_up=True, actor=by.pk)
    return fresh


def move_up(*, webinar_id: int) -> int:
    """Give free places to who waits: after there are more of them, and in the last day."""
    with transaction.atomic():
        present = locked(webinar_id)
        return _fill(present) if present.is_public and present.is_coming else 0


def came(*, seat: Seat, people: int | None = None, is_there: bool = True) -> None:
    """They are there: by their own word, or by what they do in the dialogue. The first time counts;
    a club may say how many they are, also before anybody can be there."""
    if is_there:
        Seat.objects.filter(pk=seat.pk, came_at=None).update(came_at=now())
    if people is not None:
        most = min(max(people, 1), rules.MOST_PEOPLE)
        Seat.objects.filter(pk=seat.pk).update(people_came=most)
    seat.refresh_from_db(fields=["came_at", "people_came"])


def stop_reminders(*, seat: Seat) -> bool:
    """The place stays. Whether something changed."""
    rows = Seat.objects.filter(pk=seat.pk, no_reminders_at=None)
    return bool(rows.update(no_reminders_at=now()))


def remind_again(*, seat: Seat) -> None:
    Seat.objects.filter(pk=seat.pk).update(no_reminders_at=None)


def open_for_seats(webinar_id: int) -> Webinar:
    """The webinar, held, if somebody can still register. Raises NotNow."""
    present = locked(webinar_id)
    if not present.takes_seats:
        raise NotNow
    return present


def locked(webinar_id: int) -> Webinar:
    """In the caller's transaction; rows that point at it can be written meanwhile. On SQLite a
    transaction has the whole file already."""
    rows = Webinar.objects.select_for_update(of=("self",), no_key=True)
    held: Webinar = rows.get(pk=webinar_id)  # type: ignore[assignment]
    return held


def settle(seat: Seat, webinar: Webinar) -> Seat:
    """A place if there is one and nobody waits for it, else a place in line. Raises Full."""
    if webinar.capacity is not None and seat.people > webinar.capacity:
        raise Full
    was_full = _is_full(webinar)
    waits = Seat.objects.waiting().filter(webinar=webinar).exclude(pk=seat.pk).exists()
    in_order = rules.keeps_order(webinar.starts_at, now())
    if rules.fits(_room(webinar, besides=seat), seat.people) and not (waits and in_order):
        return _take(seat, moved_up=False, was_full=was_full)
    seat.state, seat.queued_at = State.WAITING, now()
    seat.confirmed_at = seat.confirmed_at or now()
    seat.save()
    _record("waiting", seat)
    return seat


def _own(webinar: Webinar, member: Member) -> Seat | None:
    """Theirs; or the one they took as a guest, with the same address, before they joined."""
    rows = Seat.objects.filter(webinar=webinar)
    seat: Seat | None = rows.filter(member=member).first()
    if seat is None:
        seat = rows.filter(member=None, email__iexact=member.email).exclude(email="").first()
        if seat is not None:
            seat.member, seat.email = member, ""
            seat.save(update_fields=["member", "email"])
    return seat


def _changed(seat: Seat, wish: Wish, webinar: Webinar) -> Seat:
    more = wish.people - seat.people
    is_too_many = webinar.capacity is not None and wish.people > webinar.capacity
    if seat.state == State.TAKEN and more > 0:
        is_too_many = is_too_many or not rules.fits(_room(webinar, besides=seat), wish.people)
    if more > 0 and is_too_many:
        raise Full
    was_full = _is_full(webinar)
    _write(seat, wish)
    seat.save(update_fields=list(_WISHED))
    if more < 0:
        _fill(webinar)
    _freshen(webinar, was_full)
    return seat


def _fill(webinar: Webinar) -> int:
    rows = {seat.pk: seat for seat in Seat.objects.waiting().filter(webinar=webinar)}
    line = [InLine(seat.pk, seat.people) for seat in rows.values()]
    in_order = rules.keeps_order(webinar.starts_at, now())
    chosen = rules.moves_up(line, _room(webinar), in_order=in_order) if line else []
    for pk in chosen:
        _take(rows[pk], moved_up=True)
    return len(chosen)


def _take(
    seat: Seat, *, moved_up: bool, actor: int | None = None, was_full: bool | None = None
) -> Seat:
    seat.state, seat.queued_at = State.TAKEN, None
    seat.confirmed_at = seat.confirmed_at or now()
    seat.save()
    _record("taken", seat, actor=actor, moved_up=moved_up)
    if was_full is not None:
        _freshen(seat.webinar, was_full)
    return seat


def _write(seat: Seat, wish: Wish) -> None:
    for name in _WISHED:
        setattr(seat, name, getattr(wish, name))


def _room(webinar: Webinar, *, besides: Seat | None = None) -> int | None:
    """For how many people there is room, not counting this seat."""
    rows = Seat.objects.taken().filter(webinar=webinar)
    if besides is not None and besides.pk:
        rows = rows.exclude(pk=besides.pk)
    return rules.free(webinar.capacity, rows.aggregate(n=Sum("people"))["n"] or 0)


def _is_full(webinar: Webinar) -> bool:
    return webinar.capacity is not None and _room(webinar) == 0


def _freshen(webinar: Webinar, was_full: bool) -> None:
    """Kept pages of the webinar say whether there are places: only that word matters to them."""
    if _is_full(webinar) != was_full:
        record("seat.tide", subject_type="webinar", subject_id=webinar.pk)


def _record(what: str, seat: Seat, *, actor: int | None = None, **detail: bool) -> None:
    record(
        f"seat.{what}",
        subject_type="seat",
        subject_id=seat.pk,
        actor_id=actor or seat.member_id,
        detail={"webinar": seat.webinar_id, **detail},
        public=False,
    )


def _again(seat: Seat) -> Seat:
    found: Seat = Seat.objects.select_related("member", "webinar").get(pk=seat.pk)
    return found
