"""Bringing one mail on its way, once.
Called by `mail.hooks` and `mail.actions.batches`, with no transaction open."""

from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.db.models import F

from exchange.core import time
from exchange.ledger.registry import GiveUp, Later
from exchange.mail import outbox, smtp
from exchange.mail.models import OutgoingMail

State = OutgoingMail.State


class NoLongerWanted(Exception):
    """The mail was dropped while the line to the server was being opened."""


def send(*, mail_id: int) -> Callable[[], None] | None:
    """Outside work: bring one mail on its way. Returns what to write when it has gone.

    "sending" is committed before the first byte of the text leaves; whoever finds a mail in that
    state follows somebody who died in the middle, and must not guess (docs/decisions)."""
    mail = OutgoingMail.objects.get(pk=mail_id)
    if mail.state in (State.SENT, State.DROPPED):
        return None
    if mail.state == State.SENDING:
        _settle_as(mail, State.UNSURE, "crashed-while-sending")
        raise GiveUp("crashed-while-sending")
    if mail.state in (State.UNSURE, State.FAILED):
        raise GiveUp(mail.last_error or mail.state)
    if settings.PRODUCTION and not settings.SMTP_URL:
        raise Later("no-smtp-server-set")
    if not settings.PRODUCTION:
        outbox.write(mail)
    if settings.SMTP_URL and not _hand_to_server(mail):
        return None
    return partial(_mark_sent, mail)


def _hand_to_server(mail: OutgoingMail) -> bool:
    """Whether the server took it; no when the mail was dropped meanwhile."""
    try:
        smtp.line.send(mail, about_to_send=partial(_begin_sending, mail))
    except NoLongerWanted:
        return False
    except smtp.NotNow as trouble:
        _settle_as(mail, State.QUEUED, trouble.code)
        raise Later(trouble.code) from None
    except smtp.Never as trouble:
        _settle_as(mail, State.FAILED, trouble.code)
        raise GiveUp(trouble.code) from None
    except smtp.Unsure as trouble:
        _settle_as(mail, State.UNSURE, trouble.code)
        raise GiveUp(trouble.code) from None
    return True


def _begin_sending(mail: OutgoingMail) -> None:
    begun = OutgoingMail.objects.filter(pk=mail.pk, state=State.QUEUED).update(
        state=State.SENDING, attempts=F("attempts") + 1
    )
    if not begun:
        raise NoLongerWanted


def _settle_as(mail: OutgoingMail, state: str, code: str) -> None:
    OutgoingMail.objects.filter(pk=mail.pk, state__in=[State.QUEUED, State.SENDING]).update(
        state=state, last_error=code
    )


def _mark_sent(mail: OutgoingMail) -> None:
    OutgoingMail.objects.filter(pk=mail.pk, state__in=[State.QUEUED, State.SENDING]).update(
        state=State.SENT, sent_at=time.now(), last_error=""
    )
