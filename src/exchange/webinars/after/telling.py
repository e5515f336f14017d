"""Who is told what after the hour; every letter goes once.
Called by the hooks of this matter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import override

from exchange.contributions.models import Contribution
from exchange.mail import headers
from exchange.mail.actions import queue, queue_many
from exchange.mail.models import OutgoingMail
from exchange.mail.paper import Paper
from exchange.mail.tokens import What
from exchange.webinars import queries, writing
from exchange.webinars.after import leaving_out, letters, opening
from exchange.webinars.models import Asked, Presenter, Seat, Summary

SUMMED, ASKED, DUE = "webinar-summed", "webinar-asked", "webinar-due"


def tell_summed(*, webinar_id: int) -> None:
    """Everybody who had a place, once."""
    webinar = queries.public(webinar_id)
    summary = Summary.objects.filter(webinar_id=webinar_id, state=Summary.State.OUT).first()
    if webinar is None or summary is None:
        return
    seats = Seat.objects.filter(webinar_id=webinar_id).taken().select_related("member")
    queued = []
    for seat in seats:
        if not seat.address:
            continue
        with override(seat.language):
            paper = letters.summed(webinar, summary, seat)
        queued.append(writing.to_seat(seat, paper, purpose=SUMMED, tail="summed"))
    with transaction.atomic():
        queue_many(queued)


def ask_presenter(*, asked_id: int) -> None:
    """The presenter of a question that goes on; their answer comes by mail or on its page."""
    _to_presenter(asked_id, letters.presenter_asked, tail="asked")


def remind(*, moment: datetime) -> None:
    """Presenters three days before, and the host of the hour a day after."""
    for asked in opening.due(moment.date()):
        if asked.due_on is not None and asked.due_on > moment.date():
            _to_presenter(asked.pk, letters.presenter_reminded, tail="reminded")
        else:
            _to_host(asked)


def tell_asker(*, question_id: int) -> None:
    """Whoever asked, unless the question is theirs on the Exchange: then they follow it."""
    question = Contribution.objects.visible_to(None).filter(pk=question_id).first()
    if question is None:
        return
    for asked in opening.answered_elsewhere(question_id=question_id):
        seat = asked.seat
        if seat is None or not seat.address or question.author_id is not None:
            continue
        with override(seat.language):
            paper = letters.answered(asked, question)
        queue(writing.to_seat(seat, paper, purpose=ASKED, tail=f"answered:{asked.pk}"))


def still_goes(mail: OutgoingMail) -> str:
    """The last look at letters about a webinar: whether it may still be seen, and all that is in
    the letter."""
    if code := writing.still_goes(mail):
        return code
    number = int(mail.item.partition(":")[2])
    gone = mail.purpose == SUMMED and leaving_out.stands_in(mail.text, webinar_id=number)
    return "words-gone" if gone else ""


def _to_presenter(asked_id: int, write: Callable[..., Paper], *, tail: str) -> None:
    asked = _asked(asked_id)
    presenter = asked.presenter if asked else None
    if asked is None or presenter is None or asked.question is None or asked.answered_at:
        return
    if presenter.answer != Presenter.Answer.AGREED or not writing.is_reachable(presenter):
        return
    with override(writing.language_of(presenter)):
        paper = write(asked, asked.question, asked.due_on)
    queue(
        writing.to_presenter(
            presenter,
            paper,
            purpose=ASKED,
            tail=f"{tail}:{asked.pk}",
            headers=_answer_to(asked, presenter),
        )
    )


def _answer_to(asked: Asked, presenter: Presenter) -> dict[str, str]:
    """A member answers the question as anybody does; others are let out by a host."""
    if presenter.member_id is not None and asked.question_id is not None:
        return headers.reply_to(
            what=What.ANSWER, person=presenter.member_id, item=asked.question_id
        )
    return headers.reply_to(what=What.ASKED_ANSWER, person=0, item=asked.pk)


def _to_host(asked: Asked) -> None:
    host = asked.webinar.author
    if host is None or not host.is_appointed or asked.question is None:
        return
    with override(host.first_language):
        paper = letters.overdue(asked, asked.question)
    queue(
        writing.to_member(
            host, paper, webinar_id=asked.webinar_id, purpose=DUE, tail=f"overdue:{asked.pk}"
        )
    )


def _asked(pk: int) -> Asked | None:
    rows = Asked.objects.select_related("webinar", "question", "presenter__member")
    return rows.filter(pk=pk).first()
