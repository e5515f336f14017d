"""Who registered hears that the hour has moved or was called off, and so does their calendar: each
change once to each, also when a worker dies in between. Called by the hooks of calendars."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import override

from exchange.contributions import mails
from exchange.core.time import now
from exchange.mail.actions import Queued, queue_many, stop_mails
from exchange.mail.models import OutgoingMail
from exchange.webinars import queries, writing
from exchange.webinars.calendars import building, letters
from exchange.webinars.calendars.letters import Before
from exchange.webinars.models import Move, Phase, Presenter, Seat, Webinar
from exchange.webinars.seats.telling import answers

PURPOSE = "webinar-time"
AT_ONCE = 100
_SEQUENCE = re.compile(r"^SEQUENCE:(\d+)\s*$", re.MULTILINE)
_GONE = ("sent", "sending", "unsure", "bounced")
State = Seat.State


@dataclass(frozen=True)
class Change:
    """How a webinar stands now, and how it came there."""

    webinar: Webinar
    moves: tuple[Move, ...]

    @property
    def is_off(self) -> bool:
        return self.webinar.phase == Phase.CANCELLED

    @property
    def tail(self) -> str:
        """Which letter it is."""
        return _tail(self.webinar.sequence)

    def before(self, known: int) -> Before | None:
        """The time somebody knows who was told of this sequence last; None if it is the present
        one."""
        for move in self.moves:
            if move.sequence > known:
                then = (move.old_starts_at, move.old_minutes)
                present = (self.webinar.starts_at, self.webinar.minutes)
                return Before(*then) if then != present else None
        return None


def tell(*, webinar_id: int) -> int:
    """Bring everybody up to what the webinar is now, some at a time, with no transaction open.
    Whoever knows already is left alone, so that it can be begun again anywhere. Gives how many
    letters."""
    count, last = 0, 0
    while True:
        change = _change(webinar_id)
        seats = _behind(change, after=last) if change else []
        if change is None or not seats:
            break
        count += _tell_some(change, seats)
        last = seats[-1].pk
    return count + (_tell_presenters(change) if change else 0)


def why_not(mail: OutgoingMail) -> str:
    """The last look at a letter about the time: it still is that time, and still their place."""
    found = re.search(r":(seat|presenter):(\d+):time:(\d+)$", mail.key)
    number = mail.item.partition(":")[2]
    webinar = queries.public(int(number)) if number.isdecimal() else None
    if found is None or webinar is None:
        return "not-visible"
    if webinar.sequence != int(found[3]):
        return "another-time"
    if found[1] == "seat":
        waits = Seat.objects.filter(pk=int(found[2]), state__in=(State.TAKEN, State.WAITING))
        return "" if waits.exists() else "not-wanted"
    agreed = Presenter.objects.filter(pk=int(found[2]), answer=Presenter.Answer.AGREED)
    return "" if agreed.exists() else "not-wanted"


def why_not_invite(mail: OutgoingMail) -> str:
    """The last look at any letter that carries an invitation: an older time is not put into a
    calendar any more; the letter that moves it says everything."""
    found = _SEQUENCE.search(mail.calendar)
    if found is None or "METHOD:REQUEST" not in mail.calendar:
        return ""
    number = mail.item.partition(":")[2]
    webinar = queries.public(int(number)) if number.isdecimal() else None
    if webinar is None:
        return "not-visible"
    if int(found[1]) < webinar.sequence:
        return "another-time"
    seat = re.search(r":seat:(\d+):", mail.key)
    has_place = seat is not None and Seat.objects.taken().filter(pk=int(seat[1])).exists()
    return "" if has_place else "not-wanted"


def _change(webinar_id: int) -> Change | None:
    """Read again for every part: it may have moved once more meanwhile."""
    webinar = queries.public(webinar_id)
    if webinar is None:
        return None
    return Change(webinar, tuple(webinar.moves.order_by("sequence")))


def _behind(change: Change, *, after: int) -> list[Seat]:
    """Who has not been told of this sequence, some of them."""
    rows = Seat.objects.filter(
        webinar=change.webinar,
        state__in=(State.TAKEN, State.WAITING),
        told_sequence__lt=change.webinar.sequence,
        pk__gt=after,
    )
    return list(rows.select_related("member").order_by("pk")[:AT_ONCE])


def _tell_some(change: Change, seats: list[Seat]) -> int:
    """Letters are written first; then, in one short transaction, those about older times are
    stopped, these are queued, and the seats remember."""
    earlier = _earlier(change, seats)
    made = {seat.pk: _letter(change, seat, earlier) for seat in seats}
    letters_now = [letter for letter in made.values() if letter is not None]
    with transaction.atomic():
        stop_mails(ids=[mail.pk for mail in earlier.values() if not _went(mail)])
        queue_many(letters_now)
        # Who waits has nothing in their calendar; the keys of the letters keep them from another.
        rows = Seat.objects.taken().filter(pk__in=made, told_sequence__lt=change.webinar.sequence)
        rows.update(told_sequence=change.webinar.sequence, told_cancelled=change.is_off)
    return len(letters_now)


def _earlier(change: Change, seats: list[Seat]) -> dict[str, OutgoingMail]:
    """Letters about former times to these, by their keys."""
    keys = [
        _key(change.webinar, seat, sequence)
        for seat in seats
        for sequence in range(1, change.webinar.sequence)
    ]
    found: dict[str, OutgoingMail] = {}
    for start in range(0, len(keys), 500):
        for mail in OutgoingMail.objects.filter(key__in=keys[start : start + 500]):
            found[mail.key] = mail
    return found


def _letter(change: Change, seat: Seat, earlier: dict[str, OutgoingMail]) -> Queued | None:
    """None for who has no address any more, or knows the present time."""
    webinar = change.webinar
    before = change.before(_known(change, seat, earlier))
    if not seat.address or (before is None and not change.is_off):
        return None
    has_place = seat.state == State.TAKEN
    with override(seat.language):
        if change.is_off or before is None:
            paper = letters.called_off(webinar, seat)
            calendar = building.cancellation(webinar, seat) if has_place else ""
        else:
            paper = letters.moved(webinar, seat, before)
            calendar = building.invitation(webinar, seat) if has_place else ""
        return writing.to_seat(
            seat,
            paper,
            purpose=PURPOSE,
            tail=change.tail,
            headers=answers(seat),
            calendar=calendar,
            send_before=_good_until(webinar),
        )


def _known(change: Change, seat: Seat, earlier: dict[str, OutgoingMail]) -> int:
    """The sequence whose time this person has seen: what they were told, without what did not
    leave; or what the page said when they registered."""
    if seat.told_sequence < 0:
        since = seat.confirmed_at or seat.at
        heard = [move.sequence for move in change.moves if move.at <= since]
        told = range(1, change.webinar.sequence)
        heard += [n for n in told if _went(earlier.get(_key(change.webinar, seat, n)))]
        return max(heard, default=0)
    known = seat.told_sequence
    while (mail := earlier.get(_key(change.webinar, seat, known))) and not _went(mail):
        known -= 1
    return known


def _tell_presenters(change: Change) -> int:
    """Who speaks hears it too, without a calendar: what they hold of it they made themselves."""
    rows = Presenter.objects.filter(
        webinar=change.webinar, answer=Presenter.Answer.AGREED
    ).select_related("member", "webinar")
    made = [
        letter
        for one in rows
        if writing.is_reachable(one) and (letter := _to_presenter(change, one))
    ]
    with transaction.atomic():
        return len(queue_many(made))


def _to_presenter(change: Change, presenter: Presenter) -> Queued | None:
    before = change.before(change.webinar.sequence - 1)
    if before is None and not change.is_off:
        return None
    with override(writing.language_of(presenter)):
        paper = letters.to_presenter(change.webinar, presenter, before)
        return writing.to_presenter(presenter, paper, purpose=PURPOSE, tail=change.tail)


def _good_until(webinar: Webinar) -> datetime:
    """Nobody needs to hear of it the day after."""
    return max(webinar.starts_at + timedelta(minutes=webinar.minutes), now() + timedelta(hours=6))


def _went(mail: OutgoingMail | None) -> bool:
    """Whether somebody may have read it."""
    return mail is not None and mail.state in _GONE


def _tail(sequence: int) -> str:
    return f"time:{sequence}"


def _key(webinar: Webinar, seat: Seat, sequence: int) -> str:
    """As `writing.to_seat` makes it."""
    return f"{mails.about(webinar.pk)}:seat:{seat.pk}:{_tail(sequence)}"
