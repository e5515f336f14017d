"""What a group decides: asked of all, answered by a tap, closed with an outcome in writing.
Called by pages, by mail and by the clock; each is one transaction."""

from __future__ import annotations

from django.db import transaction

from exchange.hubs import rules as belonging
from exchange.hubs.models.working import Paper
from exchange.hubs.working import papers
from exchange.hubs.working.errors import NotAllowed, NotNow
from exchange.hubs.working.papers import Written
from exchange.members.models import Member

Kind, Choice = Paper.Kind, Paper.Choice
STANCES = (Choice.AGREE, Choice.LIVE_WITH, Choice.NOT_YET)


def say(decision: Paper, *, by: Member, choice: str, written: Written) -> Paper:
    """What somebody says to it: the last word counts; "not yet" has a reason. Raises NotNow, and as
    `papers.write`."""
    if choice not in STANCES or not belonging.may_write(by, decision.space_id):
        raise NotAllowed
    if decision.is_settled or not decision.is_out:
        raise NotNow("is-closed")
    if choice == Choice.NOT_YET and not written.body.strip():
        raise NotNow("no-reason")
    rows = Paper.objects.filter(parent=decision, author=by, kind=Kind.STANCE)
    found = rows.select_related("space").first()
    if found is None:
        return papers.write(
            decision.space, kind=Kind.STANCE, by=by, written=written, parent=decision, choice=choice
        )
    if found.sealed_at is not None:
        raise NotAllowed
    return _said_anew(found, by, choice, written)


def close(decision: Paper, *, by: Member, written: Written, version: int = 0) -> Paper:
    """The outcome in words, by a host of the space; without words nothing closes. Written again, it
    replaces what was and keeps it. Raises NotNow, and as `papers.write` and `change`."""
    if not belonging.hosts(by, decision.space_id):
        raise NotAllowed
    if not written.body.strip():
        raise NotNow("no-outcome")
    with transaction.atomic():
        row = outcome_of(decision)
        if row is not None:
            return papers.change(row, by=by, written=written, version=version)
        row = papers.write(
            decision.space, kind=Kind.OUTCOME, by=by, written=written, parent=decision
        )
        if row.is_out:
            papers.settle(decision, by=by, is_settled=True)
    return row


def outcome_of(decision: Paper) -> Paper | None:
    rows = Paper.objects.filter(parent=decision, kind=Kind.OUTCOME).select_related("space")
    found: Paper | None = rows.first()
    return found


def outcome_let_out(outcome: Paper, *, by: Member) -> None:
    """A held outcome was let out: only now is it closed."""
    if outcome.parent is not None:
        papers.settle(outcome.parent, by=by, is_settled=True)


def _said_anew(found: Paper, by: Member, choice: str, written: Written) -> Paper:
    if found.state == Paper.State.GONE:
        Paper.objects.filter(pk=found.pk).update(state=Paper.State.HELD)
        found.state = Paper.State.HELD
    return papers.change(found, by=by, written=written, version=found.version, choice=choice)
