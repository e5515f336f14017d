"""Every question gets someone: offered to members who could know, then held by a host.
Called by hooks, the clock and the desk; each verb is one transaction."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from exchange.contributions.errors import Closed, NotAllowed
from exchange.contributions.judging import hosts_words
from exchange.contributions.models import OUT_STATES, Contribution
from exchange.conversation.actions import let_stand
from exchange.conversation.models import Offer, Reply
from exchange.conversation.offering import queries, rules
from exchange.core.text import clean
from exchange.core.time import now
from exchange.members.models import Member


class HeldAlready(NotAllowed):
    """A holding answer stands under the question."""


def offer_due(*, moment: datetime) -> int:
    """Offer what has been alone for a day, and again after three. Gives how many offers."""
    count = 0
    for question in queries.alone(moment):
        waited = moment - (question.published_at or moment)
        if rules.is_time(waited, queries.rounds_of(question)):
            count += _offer(question, moment)
    return count


def told(*, offer: Offer) -> None:
    """The letter is in the queue."""
    Offer.objects.filter(pk=offer.pk).update(told_at=now())


def end(*, offer: Offer) -> None:
    """Nobody needs to be asked any more."""
    Offer.objects.filter(pk=offer.pk).update(ended_at=now())


def note_answer(*, reply_id: int) -> None:
    """Somebody answered: those who were asked about it and have not been told are left in peace;
    whoever was asked and answered is remembered for it."""
    reply = Reply.objects.filter(pk=reply_id, state__in=OUT_STATES, is_holding=False).first()
    if reply is None:
        return
    rows = Offer.objects.filter(question_id=reply.contribution_id)
    rows.filter(member_id=reply.author_id or 0, answered_at=None).update(answered_at=now())
    rows.filter(told_at=None, ended_at=None).update(ended_at=now())


def hold_with_an_answer(*, question: Contribution, by: Member, body: str, language: str) -> Reply:
    """A host says that the question is seen, what is being done, and what may help meanwhile. It
    counts as no answer: the question goes on waiting for one.
    Raises NotAllowed, Closed, HeldAlready, Refused, Noticed."""
    words = clean(body)
    if not by.is_host or not words or question.kind != "question" or question.is_inside:
        raise NotAllowed
    hosts_words(text=words, language=language, by=by)
    with transaction.atomic():
        row = Contribution.objects.select_for_update(of=("self",)).get(pk=question.pk)
        if not row.is_open or row.sealed_at is not None:
            raise Closed
        if queries.has_holding_answer(row):
            raise HeldAlready
        reply = Reply.objects.create(
            contribution=row,
            body=words,
            language=language,
            author=by,
            shown_as=by.shown_name,
            shown_role=by.role,
            is_holding=True,
            is_demo=by.is_demo,
        )
        let_stand(reply=reply, by=by)
    return reply


def _offer(question: Contribution, moment: datetime) -> int:
    people = queries.who_could_know(question, moment)
    Offer.objects.bulk_create(
        [Offer(question=question, member=one, at=moment) for one in people], ignore_conflicts=True
    )
    return len(people)
