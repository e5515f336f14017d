"""Asking a question of the presenters, and "me too": both by whoever has a place.
Called by the live page, by mail, and by the page of the webinar before and after."""

from __future__ import annotations

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from exchange.contributions.errors import NotAllowed
from exchange.contributions.rules import may_contribute
from exchange.core import ids
from exchange.core.gates import Verdict
from exchange.core.text import clean
from exchange.core.time import now
from exchange.webinars.dialogue import pace, screening, telling
from exchange.webinars.dialogue.actions.being_here import came, fresh, locked, seat_of
from exchange.webinars.dialogue.rules import LONGEST_QUESTION, flags_of
from exchange.webinars.dialogue.tallying import tally_soon
from exchange.webinars.errors import DoorClosed, NotNow
from exchange.webinars.models import Asked, AskedVote, Phase, Seat, Webinar
from exchange.webinars.rules import needs_host

# What waits of people nobody has welcomed, in one webinar: more than a helper could read.
MOST_WAITING = 300


def ask(
    *,
    webinar: Webinar,
    seat: Seat,
    text: str,
    language: str,
    via: str = "web",
    once_key: str = "",
    insist: bool = False,
) -> Asked:
    """Ask. It waits for the helper, whoever asks. The same form, or the same words within ten
    minutes, are one question. Raises NotNow, DoorClosed, TooFast, NotAllowed, Refused, and Noticed
    when the writer is to see something first (unless they `insist`)."""
    text = clean(text)[:LONGEST_QUESTION]
    before = _asked_before(once_key, seat, text)
    if before:
        return before
    _check_open(webinar, seat)
    pace.QUESTIONS.check(Asked.objects.filter(seat=seat))
    verdict = screening.of_seat(text=text, language=language, seat=seat, via=via, insist=insist)
    row = _row(seat, text, language, via, once_key, verdict)
    try:
        with transaction.atomic():
            _take_in(row, webinar, seat)
    except IntegrityError:
        return _asked_before(once_key, seat, text) or _under_another_key(row, webinar, seat)
    return row


def _under_another_key(row: Asked, webinar: Webinar, seat: Seat) -> Asked:
    """It bore the key of another's form: their own question all the same."""
    row.once_key = ids.new_id()
    with transaction.atomic():
        _take_in(row, webinar, seat)
    return row


def vote(*, asked: Asked, seat: Seat, on: bool) -> Asked:
    """ "Me too", or taken back: one a seat; a question joined with another counts there. One's own
    question has one's voice already. Raises NotNow, TooFast, NotAllowed."""
    row = _counting(asked)
    if row.seat_id == seat.pk:
        return row
    seat_of(row.webinar, seat)
    if seat.member is not None and not may_contribute(seat.member):
        raise NotAllowed
    pace.VOTES.tap(f"seat:{seat.pk}")
    with transaction.atomic():
        locked(seat)
        changed = _put_voice(row, seat) if on else _take_voice(row, seat)
        if changed:
            Asked.objects.filter(pk=row.pk).update(votes=F("votes") + changed)
            came(seat, row.webinar)
            tally_soon(webinar_id=row.webinar_id)
    row.refresh_from_db(fields=["votes"])
    return row


def _check_open(webinar: Webinar, seat: Seat) -> None:
    seat_of(webinar, seat)
    if webinar.takes_questions:
        return
    raise DoorClosed if webinar.is_coming and not webinar.wall_open else NotNow


def _take_in(row: Asked, webinar: Webinar, seat: Seat) -> None:
    locked(seat)
    present = fresh(webinar)
    _check_open(present, seat)
    pace.QUESTIONS.check(Asked.objects.filter(seat=seat))
    if seat.member is None or seat.member.is_newcomer:
        _check_room(webinar)
    row.save()
    came(seat, present)
    telling.waiting(row)


def _check_room(webinar: Webinar) -> None:
    """Many places of one person cannot bury what members ask."""
    waiting = Asked.objects.filter(webinar=webinar, state=Asked.State.WAITING)
    if waiting.count() >= MOST_WAITING:
        raise DoorClosed


def _row(seat: Seat, text: str, language: str, via: str, once_key: str, verdict: Verdict) -> Asked:
    return Asked(
        webinar_id=seat.webinar_id,
        seat=seat,
        member=seat.member,
        shown_as=seat.group or seat.name,
        text=text,
        language=language,
        via=via,
        flags=flags_of(verdict.reasons),
        needs_host=needs_host({reason.code for reason in verdict.reasons}),
        once_key=once_key or ids.new_id(),
    )


def _asked_before(once_key: str, seat: Seat, text: str) -> Asked | None:
    theirs = Asked.objects.filter(seat=seat)
    if once_key and (same := theirs.filter(once_key=once_key).first()):
        return same
    lately = now() - timedelta(minutes=10)
    return theirs.filter(at__gt=lately, text=text, sealed_at=None).first()


def _counting(asked: Asked) -> Asked:
    """The question on the wall that a voice counts for. Raises NotNow."""
    rows = Asked.objects.select_related("webinar")
    row = rows.get(pk=asked.pk)
    if row.state == Asked.State.JOINED and row.joined_to_id:
        row = rows.get(pk=row.joined_to_id)
    if row.state not in Asked.ON_THE_WALL or row.webinar.phase == Phase.CANCELLED:
        raise NotNow
    return row


def _put_voice(row: Asked, seat: Seat) -> int:
    return int(AskedVote.objects.get_or_create(asked=row, seat=seat)[1])


def _take_voice(row: Asked, seat: Seat) -> int:
    gone, _each = AskedVote.objects.filter(asked=row, seat=seat).delete()
    return -gone
