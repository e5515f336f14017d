"""Sealing an answer: as `contributions.sealing`, and the counts of its contribution stay true.
Called by safeguarding alone."""

from __future__ import annotations

from django.db import transaction

from exchange.contributions import mails
from exchange.contributions.models import OUT_STATES, State
from exchange.contributions.sealing import note_for
from exchange.conversation.actions import recount
from exchange.conversation.models import Reply, ReplyDecision
from exchange.core.time import now
from exchange.ledger.actions import record


def seal_reply(*, reply: Reply) -> Reply:
    """Hide it from everyone, and stop every mail about it that has not gone. Twice is once."""
    with transaction.atomic():
        row = _locked(reply)
        if row.sealed_at is None:
            row.sealed_from, row.sealed_at = row.state, now()
            _move(row, State.WITHDRAWN if row.state == State.WITHDRAWN else State.SEALED)
            _entry("reply.sealed", row)
    return row


def unseal_reply(*, reply: Reply) -> Reply:
    """Let it be again what it was. What readers' reports had held is published again."""
    with transaction.atomic():
        row = _locked(reply)
        earlier = row.sealed_from if row.sealed_at else row.state
        out = row.contribution.out_state
        back = out if earlier == State.HELD and row.published_at else State(earlier)
        if row.sealed_at or back != row.state:
            row.sealed_from, row.sealed_at = "", None
            _move(row, back)
            _entry("reply.unsealed", row)
    return row


def withdraw_sealed_reply(*, reply: Reply) -> Reply:
    """Withdrawn everywhere, and sealed for good."""
    with transaction.atomic():
        row = _locked(reply)
        row.sealed_from = row.sealed_from or row.state
        row.sealed_at = row.sealed_at or now()
        _move(row, State.WITHDRAWN)
        _entry("reply.withdrawn", row)
    return row


def hold_reply_for_reports(*, reply: Reply) -> bool:
    """Several readers reported it: it waits for a host. Says whether anything changed."""
    with transaction.atomic():
        row = _locked(reply)
        if not row.is_out or row.sealed_at:
            return False
        _move(row, State.HELD)
        note = note_for(row.author.first_language if row.author else "en")
        ReplyDecision.objects.create(reply_id=row.pk, what=ReplyDecision.What.HOLD, note=note)
        _entry("reply.held", row)
    return True


def _locked(reply: Reply) -> Reply:
    rows = Reply.objects.select_for_update(of=("self",)).select_related("author", "contribution")
    row: Reply = rows.get(pk=reply.pk)
    return row


def _move(row: Reply, state: State) -> None:
    row.state = state
    row.save(update_fields=["state", "sealed_at", "sealed_from"])
    recount(row.contribution_id)
    if state not in OUT_STATES:
        mails.stop(mails.about_reply(row.contribution_id, row.pk))


def _entry(kind: str, row: Reply) -> None:
    record(
        kind,
        subject_type="reply",
        subject_id=row.pk,
        detail={"contribution": row.contribution_id},
    )
