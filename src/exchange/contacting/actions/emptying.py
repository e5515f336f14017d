"""Taking away what is said and whose it is; that somebody wrote stays.
Called by the clock, by a host who was asked to, and when somebody leaves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from exchange.contacting.models import Contact, Deed, Word
from exchange.contacting.rules import KEPT_FOR, mails_about
from exchange.core.time import now
from exchange.mail.actions import drop_queued, forget_words
from exchange.mail.models import IncomingMail
from exchange.mail.receiving import keeping
from exchange.members.models import Member

AT_ONCE = 500


def empty(*, contact: Contact, by: Member) -> None:
    """The person asked for it. Twice is once."""
    empty_all([contact.pk], by=by)


def empty_old(*, at: datetime) -> int:
    """A year after the last word."""
    rows = Contact.objects.filter(emptied_at=None, last_at__lt=at - KEPT_FOR)
    found = list(rows.order_by("last_at").values_list("pk", flat=True)[:AT_ONCE])
    empty_all(found)
    return len(found)


def empty_all(pks: Sequence[int], by: Member | None = None) -> None:
    """Each in a transaction of its own, with the letters about it and the mails it came by. To
    whom those letters went, the mail room forgets after its thirty days."""
    for pk in pks:
        with transaction.atomic():
            _empty(pk, by)


def forget_mail(incoming_ids: Iterable[int | None]) -> None:
    """The mails that words came by keep none of them, in the table or as a file."""
    numbers = [number for number in incoming_ids if number is not None]
    rows = IncomingMail.objects.filter(pk__in=numbers)
    for arrival in rows.values_list("arrival", flat=True):
        keeping.forget(arrival)
    rows.update(subject="", words="", cut="", from_name="")


def _empty(pk: int, by: Member | None) -> None:
    rows = Contact.objects.select_for_update(of=("self",), no_key=True)
    contact = rows.filter(pk=pk, emptied_at=None).first()
    if contact is None:
        return
    words = Word.objects.filter(contact=contact)
    forget_mail(list(words.values_list("incoming_id", flat=True)))
    words.update(text="")
    contact.name, contact.address = "", ""
    contact.member, contact.claimed_by = None, None
    contact.state, contact.emptied_at = Contact.State.CLOSED, now()
    contact.save()
    drop_queued(key_prefix=mails_about(pk))
    forget_words(key_prefix=mails_about(pk))
    if by is not None:
        Deed.objects.create(contact=contact, what=Deed.What.EMPTIED, by=by, by_name=by.shown_name)
