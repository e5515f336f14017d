"""Answers in the protected voice of a text: by whoever wrote it, and by nobody's name.
Called by `actions` and by hooks; `actions.take_back_in_voice` takes them back."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from exchange.contributions.errors import NotAllowed, TooMany
from exchange.contributions.judging import judged
from exchange.contributions.models import Contribution, State
from exchange.contributions.voice.actions import answer_in
from exchange.contributions.voice.queries import MOST_WAITING, names_somebody, own_answers
from exchange.contributions.voice.showing import Said
from exchange.conversation import rules
from exchange.conversation.models import Reply
from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.members.models import Member


def answer_in_voice(
    contribution: Contribution,
    member: Member,
    body: str,
    language: str,
    parent: Reply | None,
    insist: bool,
) -> Reply:
    """Whoever wrote a protected text answers in it: without the name, without the hour, and after a
    host has read it. The same words twice are one answer. Raises as `actions.answer`."""
    if not rules.may_reply(member, contribution):
        raise NotAllowed
    judged(text=body, kind="reply", language=language, author=member, origin="web", insist=insist)
    with transaction.atomic():
        Contribution.objects.select_for_update(of=("self",)).get(pk=contribution.pk)
        numbers = own_answers(member, contribution.pk)
        waiting = Reply.objects.filter(pk__in=numbers, state=State.WAITING)
        twin = waiting.filter(body=body).first()
        if twin is not None:
            return twin
        if waiting.count() >= MOST_WAITING:
            raise TooMany
        reply = _written(contribution, body, language, parent)
        answer_in(contribution=contribution, member=member, reply_number=reply.pk)
        record(
            "reply.submitted",
            subject_type="reply",
            subject_id=reply.pk,
            detail={"contribution": contribution.pk},
        )
    return reply


def _written(contribution: Contribution, body: str, language: str, parent: Reply | None) -> Reply:
    """With the day alone: the hour could say where somebody lives."""
    return Reply.objects.create(
        contribution_id=contribution.pk,
        parent=parent,
        body=body,
        language=language,
        is_protected=True,
        shown_region=contribution.shown_region,
        created_at=now().replace(hour=0, minute=0, second=0, microsecond=0),
        is_demo=contribution.is_demo,
    )


def could_name(contribution: Contribution, words: str) -> bool:
    """Whether an answer to a protected text must wait for a host: it could say who wrote it."""
    return contribution.is_protected and names_somebody(words)


def find(numbers: Sequence[int]) -> list[Said]:
    """Answers as whose they are sees them."""
    rows = Reply.objects.filter(pk__in=numbers, sealed_at=None).exclude(state=State.WITHDRAWN)
    return [
        Said(row.pk, row.body, row.language, row.get_state_display(), row.is_out)
        for row in rows.order_by("pk")
    ]
