"""What became of a question that came by mail: to the one who asked, when they asked by mail.
Called by hooks, from the ledger. Everybody else hears in the hour and with its summary."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.contributions import mails
from exchange.core.languages import current
from exchange.mail.actions import queue_many
from exchange.mail.models import OutgoingMail
from exchange.mail.paper import Paper, Piece
from exchange.webinars import queries, writing
from exchange.webinars.models import Asked, Webinar

PURPOSE = "webinar-fate"
_TOLD = (Asked.State.DECLINED, Asked.State.ANSWERED)


def tell_fate(*, asked_id: int) -> None:
    """One letter for each end a question comes to, as it stands when the letter is written."""
    row = Asked.objects.select_related("seat__member").filter(pk=asked_id, via="mail").first()
    if row is None or row.sealed_at is not None or row.state not in _TOLD:
        return
    webinar, seat = queries.public(row.webinar_id), row.seat
    if webinar is None or seat is None or not seat.address:
        return
    with override(seat.language):
        paper = _paper(row, webinar)
    with transaction.atomic():
        queue_many([writing.to_seat(seat, paper, purpose=PURPOSE, tail=_tail(row, row.state))])


def still_goes(mail: OutgoingMail) -> str:
    """The last look: whether the hour may still be seen, and the question was not taken down."""
    number = mail.key.rpartition(":fate:")[2].partition(":")[0]
    row = Asked.objects.filter(pk=int(number)).first() if number.isdecimal() else None
    if row is None or row.sealed_at is not None or row.state == Asked.State.HIDDEN:
        return "not-visible"
    return "" if queries.public(row.webinar_id) is not None else "not-visible"


def stop(row: Asked) -> None:
    """No letter about this question leaves any more."""
    if row.seat_id is not None:
        mails.stop(f"{mails.about(row.webinar_id)}:seat:{row.seat_id}:fate:{row.pk}")


def _tail(row: Asked, state: str) -> str:
    return f"fate:{row.pk}:{state}"


def _paper(row: Asked, webinar: Webinar) -> Paper:
    page = f"{settings.BASE_URL}{webinar.get_absolute_url()}"
    is_answered = row.state == Asked.State.ANSWERED
    first = (
        _("Your question was answered.") if is_answered else _("Your question was not taken up.")
    )
    pieces = [
        Piece("plain", first),
        Piece("title", webinar.title, page, webinar.language),
        Piece("quote", row.text, language=row.language),
    ]
    if is_answered and row.answer:
        pieces += [Piece("plain", _("What was said, in short:")), Piece("words", row.answer)]
    elif is_answered:
        pieces.append(Piece("plain", _("What was said comes with the summary of the hour.")))
    elif row.note:
        pieces.append(Piece("plain", row.note))
    pieces.append(Piece("small", _("You get this because you asked by e-mail.")))
    return Paper(_("About your question"), tuple(pieces), current())
