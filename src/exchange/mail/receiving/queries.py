"""Mail that came in, for the hosts' page and for handlers who give somebody's whole text back.
Called by the desk and by the handlers of every room."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count

from exchange.core.time import now
from exchange.mail.models import IncomingMail, Mailbox
from exchange.mail.models.incoming import IncomingMailQuerySet
from exchange.mail.reading.actions import open_mail
from exchange.mail.receiving import keeping


def waiting() -> IncomingMailQuerySet:
    """What a host should look at, the oldest first."""
    rows: IncomingMailQuerySet = IncomingMail.objects.all()
    return rows.waiting()


def how_many_wait() -> int:
    """The number beside the way to the page of mail."""
    return waiting().count()


def by_state(*, days: int = 7) -> dict[str, int]:
    """How many mails came in the last days, by what became of them."""
    recent = IncomingMail.objects.filter(received_at__gt=now() - timedelta(days=days))
    return dict(recent.values_list("state").annotate(Count("pk")).order_by("state"))


def whole_text(incoming: IncomingMail) -> str:
    """All the text a mail held, with everything that was taken for quotes and signatures, so that
    nobody's words are lost. After the mail is forgotten: ""."""
    raw = keeping.raw_of(incoming.arrival) if incoming.blanked_at is None else None
    if raw is not None:
        return open_mail(raw).whole.strip()
    return "\n\n".join(part for part in (incoming.words, incoming.cut) if part)


def mailboxes() -> list[Mailbox]:
    """The addresses people can write to."""
    return list(Mailbox.objects.all())


def how_many_broken() -> int:
    """Files that came in and could not be read at all."""
    return keeping.how_many_broken()
