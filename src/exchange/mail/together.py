"""Several items told in one mail: for each a row of the ledger that says which mail it went with,
so that nobody is told twice and each can still be taken back. For rooms that write such mails."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from exchange.mail.letters import message_id_for
from exchange.mail.models import OutgoingMail

State = OutgoingMail.State
# What `last_error` of such a row begins with.
SIGN = "with:"
_NOT_GONE = (State.QUEUED, State.FAILED, State.DROPPED, State.SUPPRESSED)


def note_inside(mail: OutgoingMail, *, items: Mapping[str, str]) -> None:
    """`items`: the key each would have had as a mail of its own, and its code."""
    same = {
        "person": mail.person,
        "to_address": mail.to_address,
        "language": mail.language,
        "purpose": mail.purpose,
        "state": State.SENT,
        "created_at": mail.created_at,
        "last_error": f"{SIGN}{mail.pk}",
    }
    with transaction.atomic():
        for key, item in items.items():
            row = {**same, "item": item, "message_id": message_id_for(key)}
            OutgoingMail.objects.update_or_create(key=key, defaults=row)


def items_inside(mail: OutgoingMail) -> list[str]:
    """The codes of what one mail tells of together; none for an ordinary mail."""
    rows = OutgoingMail.objects.filter(person=mail.person, last_error=f"{SIGN}{mail.pk}")
    return list(rows.order_by("pk").values_list("item", flat=True))


def mails_with(*, key_prefix: str) -> list[OutgoingMail]:
    """The mails in which items with such a key went together with others."""
    inside = OutgoingMail.objects.filter(key__startswith=key_prefix, last_error__startswith=SIGN)
    numbers = [int(sign.removeprefix(SIGN)) for sign in inside.values_list("last_error", flat=True)]
    return list(OutgoingMail.objects.filter(pk__in=numbers).order_by("pk"))


def take_apart(mail: OutgoingMail) -> list[str]:
    """If it has not gone it does not go any more, and what was in it counts as not told: its codes.
    Nothing, when it has gone."""
    with transaction.atomic():
        OutgoingMail.objects.filter(pk=mail.pk, state__in=[State.QUEUED, State.FAILED]).update(
            state=State.DROPPED
        )
        if not OutgoingMail.objects.filter(pk=mail.pk, state__in=_NOT_GONE).exists():
            return []
        items = items_inside(mail)
        OutgoingMail.objects.filter(person=mail.person, last_error=f"{SIGN}{mail.pk}").delete()
    return items
