"""Reminders: offsets that move with the webinar, each to each person once for the same time.
Called by the clock of seats and by the hosts' page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import override

from exchange.core.time import now
from exchange.mail.actions import Queued, queue_many
from exchange.mail.models import OutgoingMail
from exchange.webinars import queries, writing
from exchange.webinars.models import Phase, Reminder, Seat, Webinar
from exchange.webinars.seats import letters, rules
from exchange.webinars.seats.queries import reminders_near
from exchange.webinars.seats.telling import answers

PURPOSE = "seat-reminder"
# Letters made in one transaction.
AT_ONCE = 100


class BadOffset(ValueError):
    """Not before the start nor after the end, or too far from both."""


class TooMany(ValueError):
    """More reminders than anybody wants to read."""


def set_defaults(*, webinar_id: int) -> None:
    """A week, a day and an hour before, and one word after; unless hosts have chosen already."""
    with transaction.atomic():
        if Reminder.objects.filter(webinar_id=webinar_id).exists():
            return
        Reminder.objects.bulk_create(
            Reminder(webinar_id=webinar_id, minutes_before=minutes)
            for minutes in rules.DEFAULT_REMINDERS
        )


def add(*, webinar: Webinar, minutes: int) -> Reminder:
    """Remind so many minutes before the start; below zero: after the end. Raises BadOffset,
    TooMany. The same twice is one."""
    if not rules.is_offset(minutes):
        raise BadOffset
    with transaction.atomic():
        rows = Reminder.objects.filter(webinar=webinar)
        found: Reminder | None = rows.filter(minutes_before=minutes).first()
        if found is not None:
            return found
        if rows.count() >= rules.MOST_REMINDERS:
            raise TooMany
        made: Reminder = Reminder.objects.create(webinar=webinar, minutes_before=minutes)
    return made


def remove(*, webinar: Webinar, minutes: int) -> None:
    Reminder.objects.filter(webinar=webinar, minutes_before=minutes).delete()


def send_due(*, at: datetime) -> int:
    """Queue the letters of those whose moment has come; no transaction is open. One that was cut
    short goes on from where it was: the same letter is queued once. Gives how many letters."""
    return sum(
        _send(reminder, at) for reminder in list(reminders_near(at)) if _is_due(reminder, at)
    )


def still_goes(mail: OutgoingMail) -> str:
    """The last look: the place is still theirs, the webinar still there and still then."""
    seat_id, started = _named(mail.key)
    seat = Seat.objects.filter(pk=seat_id).first()
    webinar = queries.public(seat.webinar_id) if seat else None
    if seat is None or webinar is None or webinar.phase == Phase.CANCELLED:
        return "not-visible"
    if seat.state != Seat.State.TAKEN or seat.no_reminders_at is not None:
        return "not-wanted"
    return "" if started == _stamp(webinar) else "moved"


def _is_due(reminder: Reminder, at: datetime) -> bool:
    webinar = reminder.webinar
    if (reminder.minutes_before < 0) != webinar.is_over:
        return False
    if reminder.sent_at is not None and reminder.sent_at >= reminder.due_at:
        return False
    return rules.is_due(reminder.due_at, reminder.minutes_before, at)


def _send(reminder: Reminder, at: datetime) -> int:
    count = 0
    for seats in _parts(reminder.webinar):
        made = [_letter(reminder, seat) for seat in seats if seat.address]
        with transaction.atomic():
            count += len(queue_many(made))
    Reminder.objects.filter(pk=reminder.pk).update(
        sent_at=at, sent_sequence=reminder.webinar.sequence
    )
    return count


def _parts(webinar: Webinar) -> Iterator[list[Seat]]:
    """Who has a place now and wants to be reminded, some at a time."""
    last = 0
    while True:
        rows = Seat.objects.taken().filter(webinar=webinar, no_reminders_at=None, pk__gt=last)
        part = list(rows.select_related("member").order_by("pk")[:AT_ONCE])
        if not part:
            return
        yield part
        last = part[-1].pk


def _letter(reminder: Reminder, seat: Seat) -> Queued:
    webinar, minutes = reminder.webinar, reminder.minutes_before
    with override(seat.language):
        paper = (
            letters.reminder(seat, webinar, minutes)
            if minutes > 0
            else letters.thanks(seat, webinar)
        )
        return writing.to_seat(
            seat,
            paper,
            purpose=PURPOSE,
            tail=f"remind:{minutes}:{_stamp(webinar)}",
            headers=answers(seat),
            send_before=_good_until(reminder),
        )


def _good_until(reminder: Reminder) -> datetime:
    """Nobody is told of an hour that has begun, nor that it is tomorrow when it is today."""
    until = reminder.due_at + rules.grace(reminder.minutes_before) + timedelta(minutes=15)
    return until if reminder.minutes_before < 0 else min(until, reminder.webinar.starts_at)


def _stamp(webinar: Webinar) -> str:
    """The time for which a reminder is; a move makes another one."""
    return f"{int(webinar.starts_at.timestamp())}"


def _named(key: str) -> tuple[int, str]:
    """The seat and the time that stand in a key."""
    _begin, _word, rest = key.partition(":seat:")
    parts = rest.split(":")
    return (int(parts[0]), parts[-1]) if parts[0].isdecimal() else (0, "")


def lying_ahead(reminders: Iterable[Reminder]) -> list[Reminder]:
    moment = now()
    return [one for one in reminders if one.due_at > moment]
