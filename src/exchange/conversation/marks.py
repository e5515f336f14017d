"""Marks ("This helped", "This answered my question") and follows: small verbs beside `actions`.
Called by views, mail and by `actions`; each is one transaction."""

from __future__ import annotations

from django.db import transaction

from exchange.contributions.errors import NotAllowed
from exchange.contributions.models import OUT_STATES, Contribution
from exchange.conversation import rules
from exchange.conversation.models import Follow, Mark, Reply
from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.members.models import Member


def mark_helped(
    *, member: Member, contribution: Contribution, reply: Reply | None = None, on: bool = True
) -> None:
    """Say (or no longer say) that a reply, or the contribution itself, helped.
    Saying it twice changes nothing. Raises NotAllowed for one's own words or hidden ones."""
    target = reply or contribution
    if not target.is_out or not rules.may_mark_helped(member, target.author_id):
        raise NotAllowed
    with transaction.atomic():
        Contribution.objects.select_for_update(of=("self",)).get(pk=contribution.pk)
        marks = Mark.objects.filter(
            contribution_id=contribution.pk, reply=reply, kind=Mark.Kind.HELPED
        )
        if on and not marks.filter(member=member).exists():
            Mark.objects.create(
                member=member, contribution_id=contribution.pk, reply=reply, kind=Mark.Kind.HELPED
            )
            _entry("mark.given", contribution, member, reply)
        elif not on:
            marks.filter(member=member).delete()
        type(target).objects.filter(pk=target.pk).update(helped_count=marks.count())


def accept_answer(*, reply: Reply, by: Member, on: bool = True) -> None:
    """The asker says this answered the question; several answers may. Raises NotAllowed."""
    if not reply.is_out or not rules.may_accept(by, reply.contribution):
        raise NotAllowed
    with transaction.atomic():
        question = Contribution.objects.select_for_update(of=("self",)).get(
            pk=reply.contribution_id
        )
        Reply.objects.filter(pk=reply.pk).update(answered_at=now() if on else None)
        answering = question.replies.filter(state__in=OUT_STATES, answered_at__isnull=False)
        first = answering.order_by("answered_at").first()
        question.answered_at = first.answered_at if first else None
        question.save(update_fields=["answered_at"])
        _entry("answer.accepted" if on else "answer.unaccepted", question, by, reply)


def follow(*, member: Member, contribution: Contribution, level: str) -> Follow:
    """Choose how much to hear about a contribution. "off" also stands against later defaults."""
    with transaction.atomic():
        row, _created = Follow.objects.update_or_create(
            member=member,
            contribution_id=contribution.pk,
            defaults={"level": Follow.Level(level), "why": Follow.Why.CHOSEN, "at": now()},
        )
        record(
            "follow.changed",
            subject_type="contribution",
            subject_id=contribution.pk,
            actor_id=member.pk,
            detail={"level": row.level},
            public=False,
        )
    return row


def follow_because_wrote(*, member: Member, contribution: Contribution) -> None:
    """Who shares something hears of each answer, unless they chose otherwise."""
    _follow_by_default(member, contribution, Follow.Why.WROTE)


def follow_because_answered(*, member: Member, contribution: Contribution) -> None:
    """Who answers hears of other answers, unless they chose otherwise."""
    _follow_by_default(member, contribution, Follow.Why.ANSWERED)


def _follow_by_default(member: Member, contribution: Contribution, why: Follow.Why) -> None:
    Follow.objects.get_or_create(
        member=member,
        contribution_id=contribution.pk,
        defaults={"level": Follow.Level.EACH, "why": why},
    )


def _entry(kind: str, contribution: Contribution, by: Member, reply: Reply | None) -> None:
    record(
        kind,
        subject_type="contribution",
        subject_id=contribution.pk,
        actor_id=by.pk,
        detail={"reply": reply.pk} if reply else {},
    )
