"""The chat: a line at once for welcomed members when every gate passes it, else after a helper.
Called by the live page; letting out and hiding by the helpers' page."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from exchange.contributions.errors import NotAllowed
from exchange.core import ids
from exchange.core.text import clean
from exchange.members.models import Member
from exchange.webinars.dialogue import pace, rules, screening, telling
from exchange.webinars.dialogue.actions.being_here import came, fresh, locked, seat_of
from exchange.webinars.errors import AlreadyDone, DoorClosed, NotNow
from exchange.webinars.models import Said, Seat, Webinar
from exchange.webinars.rules import Roles, needs_host

State = Said.State
MOST_WAITING = 200


def say(
    *,
    webinar: Webinar,
    seat: Seat,
    text: str,
    language: str,
    once_key: str = "",
    insist: bool = False,
) -> Said:
    """Say a line. The same form twice is one line. Raises NotNow, DoorClosed, TooFast, NotAllowed,
    Refused, Noticed as asking does."""
    text = clean(text)[: rules.LONGEST_LINE]
    before = _said_before(once_key, seat)
    if before:
        return before
    _check_open(webinar, seat)
    pace.LINES.check(Said.objects.filter(seat=seat))
    verdict = screening.of_seat(text=text, language=language, seat=seat, via="web", insist=insist)
    row = Said(
        webinar_id=webinar.pk,
        seat=seat,
        member=seat.member,
        shown_as=seat.group or seat.name,
        text=text,
        language=language,
        state=State.SHOWN if verdict.passed else State.WAITING,
        flags=rules.flags_of(verdict.reasons),
        needs_host=needs_host({reason.code for reason in verdict.reasons}),
        once_key=once_key or ids.new_id(),
    )
    try:
        with transaction.atomic():
            _take_in(row, webinar, seat)
    except IntegrityError:
        return _said_before(once_key, seat) or _under_another_key(row, webinar, seat)
    return row


def _under_another_key(row: Said, webinar: Webinar, seat: Seat) -> Said:
    """It bore the key of another's form: their own line all the same."""
    row.once_key = ids.new_id()
    with transaction.atomic():
        _take_in(row, webinar, seat)
    return row


def let_out_said(*, said: Said, by: Member, roles: Roles) -> Said:
    """A helper lets a line out. Raises NotAllowed, AlreadyDone."""
    with transaction.atomic():
        row = _locked(said)
        if not rules.may_decide(row, by=by, roles=roles):
            raise NotAllowed
        if row.state != State.WAITING:
            raise AlreadyDone
        row.state = State.SHOWN
        row.save(update_fields=["state"])
        telling.waiting_gone(row)
        telling.chat(row)
    return row


def hide_said(*, said: Said, by: Member, roles: Roles) -> Said:
    """Not let out, or taken down again. Raises NotAllowed, AlreadyDone."""
    with transaction.atomic():
        row = _locked(said)
        if not rules.may_hide(row, roles=roles):
            raise NotAllowed
        if row.state == State.HIDDEN:
            raise AlreadyDone
        was_waiting = row.state == State.WAITING
        row.state = State.HIDDEN
        row.save(update_fields=["state"])
        (telling.waiting_gone if was_waiting else telling.chat_gone)(row)
    return row


def _check_open(webinar: Webinar, seat: Seat) -> None:
    seat_of(webinar, seat)
    if not webinar.is_live:
        raise NotNow
    if not webinar.chat_open:
        raise DoorClosed


def _take_in(row: Said, webinar: Webinar, seat: Seat) -> None:
    locked(seat)
    present = fresh(webinar)
    _check_open(present, seat)
    pace.LINES.check(Said.objects.filter(seat=seat))
    waits = row.state == State.WAITING
    if waits and Said.objects.filter(webinar=webinar, state=State.WAITING).count() >= MOST_WAITING:
        raise DoorClosed
    row.save()
    came(seat, present)
    (telling.waiting if waits else telling.chat)(row)


def _said_before(once_key: str, seat: Seat) -> Said | None:
    return Said.objects.filter(once_key=once_key, seat=seat).first() if once_key else None


def _locked(said: Said) -> Said:
    row: Said = Said.objects.select_for_update(of=("self",), no_key=True).get(pk=said.pk)
    return row
