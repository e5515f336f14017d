"""Sealing: something is gone for everyone at once, its author and the hosts as well, until those who
look after safeguarding decide. Called by safeguarding, and by rooms for what came of a sealed row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.contributions import mails
from exchange.contributions.models import Contribution, Decision, State
from exchange.core.time import now
from exchange.ledger.actions import record

# Which contributions a case still needs, as rows of their numbers; safeguarding says it.
NeededRows = Callable[[], QuerySet[Any, Any]]
_needed: list[NeededRows] = []


def keep_bytes_while(needed: NeededRows) -> None:
    """Files beside these are not removed, however long ago they were withdrawn."""
    _needed.append(needed)


def needed_rows() -> list[QuerySet[Any, Any]]:
    """What rooms that keep files leave alone; empty while nobody answers for cases."""
    return [needed() for needed in _needed]


def seal(*, contribution: Contribution) -> Contribution:
    """Hide it from everyone, and stop every mail about it that has not gone. Twice is once."""
    with transaction.atomic():
        row = _locked(contribution)
        if row.sealed_at is None:
            row.sealed_from, row.sealed_at = row.state, now()
            _move(row, State.WITHDRAWN if row.state == State.WITHDRAWN else State.SEALED)
            mails.stop(mails.about(row.pk))
            _entry("contribution.sealed", row)
    return row


def unseal(*, contribution: Contribution) -> Contribution:
    """Let it be again what it was. What readers' reports had held is published again."""
    with transaction.atomic():
        row = _locked(contribution)
        earlier = row.sealed_from if row.sealed_at else row.state
        back = row.out_state if earlier == State.HELD and row.published_at else State(earlier)
        if row.sealed_at or back != row.state:
            row.sealed_from, row.sealed_at = "", None
            _move(row, back)
            _entry("contribution.unsealed", row)
    return row


def withdraw_sealed(*, contribution: Contribution) -> Contribution:
    """Withdrawn everywhere, and sealed for good: nobody but its handlers reads it again."""
    with transaction.atomic():
        row = _locked(contribution)
        row.sealed_from = row.sealed_from or row.state
        row.sealed_at = row.sealed_at or now()
        _move(row, State.WITHDRAWN)
        mails.stop(mails.about(row.pk))
        _entry("contribution.withdrawn", row)
    return row


def hold_for_reports(*, contribution: Contribution) -> bool:
    """Several readers reported it: it waits for a host. No host decided, so no name stands there.
    Says whether anything changed."""
    with transaction.atomic():
        row = _locked(contribution)
        if not (row.is_public or row.is_out) or row.sealed_at:
            return False
        _move(row, State.HELD)
        note = note_for(row.author.first_language if row.author else "en")
        Decision.objects.create(contribution_id=row.pk, what=Decision.What.HOLD, note=note)
        mails.stop(mails.about(row.pk))
        _entry("contribution.held", row)
    return True


def note_for(language: str) -> str:
    """What the author of something that readers reported is told, in their language."""
    with override(language):
        return _(
            "Some readers asked us to look at this again, so it is not shown for now. A host "
            "reads it and then lets it out again, or writes to you. You need not do anything."
        )


def _locked(contribution: Contribution) -> Contribution:
    rows = Contribution.objects.select_for_update(of=("self",)).select_related("author")
    row: Contribution = rows.get(pk=contribution.pk)
    return row


def _move(row: Contribution, state: State) -> None:
    row.state = state
    row.changed_at = now()
    row.save(update_fields=["state", "changed_at", "sealed_at", "sealed_from"])
    row.context_terms.update(state=state)


def _entry(kind: str, row: Contribution) -> None:
    # Nobody is named: who reported it is no one's business.
    record(kind, subject_type="contribution", subject_id=row.pk, detail={"kind": row.kind})
