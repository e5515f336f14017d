"""What was withdrawn or sealed stands in no mail of ours any more: neither in the one it came by
nor in our letters about that. Called by hooks."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from exchange.mail.actions import forget_mails, stop_mails
from exchange.mail.models import IncomingMail, OutgoingMail
from exchange.mail.receiving import keeping

# What our letters about an incoming mail are filed under.
_SORTS = ("receipt", "confirm")
_ABOUT = {"contribution": "contribution", "reply": "answer"}


def forget(*, made_type: str, made_id: int) -> None:
    """The facts stay: that a mail came, from whom, and what became of it."""
    made = Q(made_type=made_type, made_id=made_id)
    changed = Q(detail__change_of=made_id) & (
        Q(detail__aim="answer") if made_type == "reply" else ~Q(detail__aim="answer")
    )
    rows = list(IncomingMail.objects.filter(made | changed))
    named = {row.detail.get(name) for row in rows for name in ("first", "words_of")}
    earlier = named - {row.pk for row in rows} - {None}
    rows += IncomingMail.objects.filter(pk__in=earlier)
    for row in rows:
        keeping.forget(row.arrival)
    pks = [row.pk for row in rows]
    IncomingMail.objects.filter(pk__in=pks).update(subject="", words="", cut="", from_name="")
    items = [f"{sort}:{pk}" for sort in _SORTS for pk in pks]
    letters = set(OutgoingMail.objects.filter(item__in=items).values_list("pk", flat=True))
    with transaction.atomic():
        stop_mails(ids=letters)
        forget_mails(ids=letters)
