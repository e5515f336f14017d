"""Bringing a batch of mails on its way: one delivery, one open line, the exactness in the rows.
Called by `mail.hooks` alone, with no transaction open."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from time import monotonic, sleep

from django.db import transaction

from exchange.core import time
from exchange.ledger.actions import record
from exchange.ledger.queries import is_usual_work_due
from exchange.ledger.registry import GiveUp, Later, NotYet, Setback
from exchange.mail import looking, smtp
from exchange.mail.actions.sending import go, mark_sent
from exchange.mail.models import OutgoingMail

log = logging.getLogger(__name__)

State = OutgoingMail.State
_Seen = Mapping[int, str] | None
# Read together, and read again when so much time has passed: a slow server makes no old mails.
A_HANDFUL = 20
GOOD_SECONDS = 0.25
LOOK_UP_EVERY = 0.25
LONGEST_WAIT = 2.0
MOST_TROUBLES = 3
# A worker that is told to stop finishes what it has in hand, so that must not be long.
AT_A_STRETCH = 10.0


def send_batch(*, batch: int) -> None:
    """Send what has not gone of this batch, and give way when something usual is due.

    One mail's trouble becomes a delivery of its own, so that it is tried again, or waits for a
    host, without the others; trouble of the line puts off the whole batch."""
    turns = _Turns()
    while left := _left(batch):
        for mail, seen in _one_by_one(batch, left):
            turns.give_way()
            if not turns.must_wait(mail):
                _send(mail, seen, turns)
        turns.rest()


def _left(batch: int) -> list[int]:
    waiting = OutgoingMail.objects.filter(batch=batch, state__in=[State.QUEUED, State.SENDING])
    return list(waiting.order_by("pk").values_list("pk", flat=True))


def _one_by_one(batch: int, left: Sequence[int]) -> Iterator[tuple[OutgoingMail, _Seen]]:
    """Each mail as it was at most a moment ago, with what was known then against it. Whether it is
    still queued is asked again when it goes (`sending._begin`)."""
    at = 0
    while at < len(left):
        some, read_at = left[at : at + A_HANDFUL], monotonic()
        mails = OutgoingMail.objects.filter(batch=batch).in_bulk(some)
        seen = _known_against(list(mails.values()))
        for pk in some:
            if pk in mails:
                yield mails[pk], seen
            at += 1
            if monotonic() - read_at > GOOD_SECONDS:
                break


def _known_against(mails: Sequence[OutgoingMail]) -> _Seen:
    """Where it cannot be read, each mail asks for itself, and waits when it cannot either."""
    try:
        return looking.at_some(mails)
    except Exception as error:  # noqa: BLE001 - as for the last look itself
        log.warning("the look at some mails broke: %s", type(error).__name__)
        return None


def _send(mail: OutgoingMail, seen: _Seen, turns: _Turns) -> None:
    try:
        if go(mail, ahead=0.0, seen=seen):
            mark_sent(mail)
    except NotYet as pause:
        turns.hold(mail, pause)
    except smtp.Trouble as trouble:
        if trouble.of_line:
            raise Later(trouble.code) from None
        _set_aside(mail)
    except (Later, GiveUp) as trouble:
        turns.count(trouble)
        _set_aside(mail)


def _set_aside(mail: OutgoingMail) -> None:
    """Out of the batch, with a delivery of its own."""
    with transaction.atomic():
        if OutgoingMail.objects.filter(pk=mail.pk, batch__isnull=False).update(batch=None):
            record("mail.bulk_queued", subject_type="mail", subject_id=mail.pk, public=False)


class _Turns:
    """Who has to wait while one batch is sent: the whole batch, or the mails to one domain."""

    def __init__(self) -> None:
        self._began = monotonic()
        self._looked_at = float("-inf")
        self._held: dict[str, float] = {}
        self._troubles = 0

    def count(self, trouble: Setback) -> None:
        """What breaks for one mail after the other is no trouble of theirs: the batch waits."""
        self._troubles += isinstance(trouble, Later)
        if self._troubles > MOST_TROUBLES:
            raise trouble

    def give_way(self) -> None:
        """A code does not wait for a newsletter, nor does whoever ends the worker. Raises NotYet."""
        if monotonic() - self._began > AT_A_STRETCH:
            raise NotYet("goes-on")
        if monotonic() - self._looked_at < LOOK_UP_EVERY:
            return
        self._looked_at = monotonic()
        if is_usual_work_due(time.now()):
            raise NotYet("usual-work-first")

    def hold(self, mail: OutgoingMail, pause: NotYet) -> None:
        """It is not its turn: when that holds for all mail, wait here; else only its domain."""
        if pause.code == "pace-of-all":
            sleep(min(pause.seconds, LOOK_UP_EVERY))
        else:
            self._held[_domain(mail)] = monotonic() + max(pause.seconds, LOOK_UP_EVERY)

    def must_wait(self, mail: OutgoingMail) -> bool:
        return self._held.get(_domain(mail), 0.0) > monotonic()

    def rest(self) -> None:
        """After going through the batch once: until the first domain's turn. Raises NotYet."""
        wait = min((at - monotonic() for at in self._held.values()), default=0.0)
        if wait > LONGEST_WAIT:
            raise NotYet("pace", seconds=wait)
        if wait > 0:
            sleep(wait)
        self._held.clear()


def _domain(mail: OutgoingMail) -> str:
    return mail.to_address.rpartition("@")[2].lower()
