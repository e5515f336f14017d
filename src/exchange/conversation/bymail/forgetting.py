"""What was withdrawn or sealed stands in no mail of ours any more: neither in the one it came by
nor in our letters about that. Called by hooks."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from exchange.contributions.models import Contribution
from exchange.conversation.models import Reply
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
    _copies(rows)
    pks = [row.pk for row in rows]
    IncomingMail.objects.filter(pk__in=pks).update(subject="", words="", cut="", from_name="")
    items = [f"{sort}:{pk}" for sort in _SORTS for pk in [*pks, *_answers(made_type, made_id)]]
    letters = set(OutgoingMail.objects.filter(item__in=items).values_list("pk", flat=True))
    letters |= _naming(made_type, made_id)
    with transaction.atomic():
        stop_mails(ids=letters)
        forget_mails(ids=letters)


def _answers(made_type: str, made_id: int) -> list[int]:
    """Mails of others that quote it: their quotes and subjects are not their own words. What they
    wrote themselves stays, for them alone."""
    codes, title = [f"{made_type}:{made_id}"], ""
    if made_type == "contribution":
        title = _title(made_id)
        below = Reply.objects.filter(contribution_id=made_id).values_list("pk", flat=True)
        codes += [f"text:{made_id}", *(f"reply:{pk}" for pk in below)]
    told = "contribution" if made_type == "contribution" else "parent"
    quoting = Q(detail__quotes__in=codes) | Q(**{f"detail__{told}": made_id})
    # Digests that came back hold many things; nobody misses what a robot sent.
    quoting |= Q(state=IncomingMail.State.IGNORED, detail__quotes__startswith="digest:")
    if title:
        quoting |= Q(cut__contains=title) | Q(subject__contains=title)
    found = IncomingMail.objects.filter(quoting, blanked_at=None).values_list("pk", "arrival")
    rows = dict(found)
    for arrival in rows.values():
        keeping.forget(arrival)
    IncomingMail.objects.filter(pk__in=rows).update(subject="", cut="")
    return list(rows)


def _copies(rows: list[IncomingMail]) -> None:
    """Second copies of the same mails: nothing was made of them, but their files are there."""
    ids = {row.message_id for row in rows if row.message_id}
    copies = IncomingMail.objects.filter(message_id__in=ids, outcome="duplicate")
    for arrival in copies.values_list("arrival", flat=True):
        keeping.forget(arrival)


def _naming(made_type: str, made_id: int) -> set[int]:
    """Our short answers that hold its title: what somebody follows, or stopped."""
    title = _title(made_id) if made_type == "contribution" else ""
    letters = OutgoingMail.objects.filter(purpose="receipt", item__startswith="letter:")
    return (
        set(letters.filter(text__contains=title).values_list("pk", flat=True)) if title else set()
    )


def _title(pk: int) -> str:
    return Contribution.objects.filter(pk=pk).values_list("title", flat=True).first() or ""
