"""Bringing one mail on its way, once.
Called by `mail.hooks` and `mail.actions.batches`, with no transaction open."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import partial
from time import sleep

from django.conf import settings
from django.db import transaction
from django.db.models import F

from exchange.core import time
from exchange.ledger.actions import record
from exchange.ledger.registry import GiveUp, Later, NotYet, Setback
from exchange.mail import channels, looking, outbox, pace, smtp
from exchange.mail.models import OutgoingMail
from exchange.mail.rules import is_stale

log = logging.getLogger(__name__)

State = OutgoingMail.State
# Nothing is owed any more.
OVER = (State.SENT, State.DROPPED, State.BOUNCED, State.SUPPRESSED)
# So many seconds ahead of its time a mail may take the next free moment, and wait for it.
AHEAD = {"code": 10.0}
USUAL_AHEAD = 1.0


class NoLongerWanted(Exception):
    """The mail was dropped while the line to the server was being opened."""


def send(*, mail_id: int) -> None:
    """Outside work: bring one mail on its way. That it went is committed at once, so that a worker
    which dies afterwards leaves no doubt."""
    mail = OutgoingMail.objects.get(pk=mail_id)
    if mail.state in OVER:
        return
    if mail.state in (State.UNSURE, State.FAILED):
        raise GiveUp(mail.last_error or mail.state)
    try:
        if go(mail, ahead=AHEAD.get(mail.purpose, USUAL_AHEAD)):
            mark_sent(mail)
    except smtp.NotNow as trouble:
        raise Later(trouble.code) from None
    except smtp.Trouble as trouble:
        raise GiveUp(trouble.code) from None


def go(mail: OutgoingMail, *, ahead: float, seen: Mapping[int, str] | None = None) -> bool:
    """Hand over a mail that was queued. No: it is not to go any more. Its state is settled for
    every end but the good one. `seen`: what was known a moment ago against it and others of its
    batch. Raises smtp.Trouble, Later, GiveUp, and NotYet by its pace.

    "sending" is committed when the server has all but the last dot; whoever finds a mail in that
    state follows somebody who died then, and must not guess (docs/decisions)."""
    if mail.state == State.SENDING:
        _settle_as(mail, State.UNSURE, "crashed-while-sending")
        raise GiveUp("crashed-while-sending")
    if settings.PRODUCTION and not settings.SMTP_URL and mail.channel == "mail":
        raise smtp.NotNow("no-smtp-server-set", of_line=True)
    if _is_suppressed(mail, seen):
        return False
    waited = _wait_for_turn(mail, ahead)
    if waited and _is_suppressed(mail):
        return False
    return _hand_over(mail) if mail.channel == "mail" else _carry(mail)


def mark_sent(mail: OutgoingMail) -> None:
    """It went."""
    OutgoingMail.objects.filter(pk=mail.pk, state__in=[State.QUEUED, State.SENDING]).update(
        state=State.SENT, sent_at=time.now(), last_error=""
    )


def _is_suppressed(mail: OutgoingMail, seen: Mapping[int, str] | None = None) -> bool:
    """The last look. What breaks in it is not the mail's fault: later."""
    try:
        code = "stale" if is_stale(mail, time.now()) else looking.why_not(mail, seen)
    except Setback:
        raise
    except Exception as error:  # noqa: BLE001 - looks are other rooms' code; nothing goes unlooked
        log.warning("the last look at mail %s broke: %s", mail.pk, type(error).__name__)
        raise Later("look-failed") from None
    if code:
        _settle_as(mail, State.SUPPRESSED, code[:60])
    return bool(code)


def _wait_for_turn(mail: OutgoingMail, ahead: float) -> bool:
    """Whether it had to wait a little. Raises NotYet when it would be long."""
    if mail.channel != "mail":
        return False
    turn = pace.take_turn(mail.to_address, ahead=ahead)
    if not turn.taken:
        raise NotYet("pace-of-all" if turn.because == pace.ALL else "pace", seconds=turn.seconds)
    if turn.seconds:
        sleep(turn.seconds)
    return turn.seconds > 0


def _hand_over(mail: OutgoingMail) -> bool:
    """To the outbox of the own machine, and to the server if there is one."""
    if not settings.PRODUCTION:
        outbox.write(mail)
    if not settings.SMTP_URL:
        return True
    try:
        smtp.line.send(mail, about_to_send=partial(_begin, mail))
    except NoLongerWanted:
        return False
    except smtp.NotNow as trouble:
        _settle_as(mail, State.QUEUED, trouble.code)
        raise
    except smtp.Never as trouble:
        _refused(mail, trouble)
        raise
    except smtp.Unsure as trouble:
        _settle_as(mail, State.UNSURE, trouble.code)
        raise
    return True


def _carry(mail: OutgoingMail) -> bool:
    """By another channel. What its carrier could not say how it ended is in doubt, as for mail."""
    carrier = channels.carrier(mail.channel)
    if carrier is None:
        _settle_as(mail, State.FAILED, "no-such-channel")
        raise GiveUp("no-such-channel")
    try:
        _begin(mail)
        carrier(mail)
    except NoLongerWanted:
        return False
    except GiveUp as trouble:
        _settle_as(mail, State.FAILED, trouble.code)
        raise
    except Setback as trouble:
        _settle_as(mail, State.QUEUED, trouble.code)
        raise
    return True


def _begin(mail: OutgoingMail) -> None:
    """From now on nobody may take it for unsent."""
    begun = OutgoingMail.objects.filter(pk=mail.pk, state=State.QUEUED).update(
        state=State.SENDING, attempts=F("attempts") + 1
    )
    if not begun:
        raise NoLongerWanted


def _refused(mail: OutgoingMail, trouble: smtp.Never) -> None:
    """The server will never take it. How the address fares follows from the status it gave."""
    with transaction.atomic():
        _settle_as(mail, State.FAILED, trouble.code)
        detail = {"code": trouble.code, "status": trouble.status}
        record("mail.refused", subject_type="mail", subject_id=mail.pk, detail=detail, public=False)


def _settle_as(mail: OutgoingMail, state: str, code: str) -> None:
    OutgoingMail.objects.filter(pk=mail.pk, state__in=[State.QUEUED, State.SENDING]).update(
        state=state, last_error=code
    )
