"""Bringing a batch of mails on its way: one delivery, one open line, the exactness in the rows.
Called by `mail.hooks` alone, with no transaction open."""

from contextlib import suppress

from django.db import transaction

from exchange.ledger.actions import record
from exchange.ledger.registry import GiveUp, Later
from exchange.mail.actions.sending import send
from exchange.mail.models import OutgoingMail

State = OutgoingMail.State


def send_batch(*, batch: int) -> None:
    """Send what has not gone of this batch. One mail's trouble becomes its own delivery, so that
    it is tried again, or waits for a host, without the others."""
    left = OutgoingMail.objects.filter(batch=batch, state__in=[State.QUEUED, State.SENDING])
    for mail_id in list(left.order_by("pk").values_list("pk", flat=True)):
        try:
            mark_sent = send(mail_id=mail_id)
        except (Later, GiveUp):
            _set_aside(mail_id)
            continue
        if mark_sent:
            mark_sent()


def _set_aside(mail_id: int) -> None:
    """Out of the batch, with a delivery of its own."""
    with suppress(OutgoingMail.DoesNotExist), transaction.atomic():
        if OutgoingMail.objects.filter(pk=mail_id, batch__isnull=False).update(batch=None):
            record("mail.bulk_queued", subject_type="mail", subject_id=mail_id, public=False)
