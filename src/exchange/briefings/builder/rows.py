"""How the rows of an edition are locked and written, and what its words must pass.
Called by the actions of building, inside their transactions."""

from __future__ import annotations

from typing import Any

from exchange.briefings.builder import rules
from exchange.briefings.errors import NotNow
from exchange.briefings.models import Newsletter
from exchange.contributions.errors import NotAllowed, Noticed, Refused
from exchange.contributions.judging import judged
from exchange.contributions.models import State
from exchange.ledger.actions import record
from exchange.members.models import Member


def must_build(member: Member) -> None:
    if not rules.may_build(member):
        raise NotAllowed


def must_pass(words: str, *, by: Member, language: str) -> None:
    """For words that have no page where they could wait: what a gate does not pass is shown back
    to the writer. Raises Refused."""
    if not words:
        return
    try:
        verdict = judged(
            text=words,
            kind="newsletter",
            language=language,
            author=by,
            origin="web",
            insist=False,
        )
    except Noticed as seen:
        raise Refused(seen.reasons) from seen
    if not verdict.passed:
        raise Refused(verdict.reasons)


def locked(edition: Newsletter) -> Newsletter:
    """Its row, with that of the shared table: whoever seals or withdraws it holds that one."""
    rows: Any = Newsletter.objects.select_for_update(of=("self", "contribution_ptr"), no_key=True)
    row: Newsletter = rows.select_related("issue").get(pk=edition.pk)
    if row.sealed_at is not None:
        raise NotAllowed
    return row


def changing(edition: Newsletter, by: Member) -> Newsletter:
    """Its row, locked, to be changed before anybody has it. Whoever said yes to it said yes to
    other words: a release is taken back. Raises NotAllowed, NotNow when it is on its way."""
    must_build(by)
    row = locked(edition)
    if not row.is_built or row.state == State.WITHDRAWN:
        raise NotNow
    if row.phase != Newsletter.Phase.DRAFT:
        take_release_back(row)
        record_of("newsletter.returned", row, by)
    return row


def take_release_back(row: Newsletter) -> None:
    put(
        row,
        phase=Newsletter.Phase.DRAFT,
        released_by=None,
        released_at=None,
        confirmed_by=None,
        send_at=None,
    )


def put(row: Newsletter, **given: Any) -> None:
    for name, value in given.items():
        setattr(row, name, value)
    row.save(update_fields=list(given))


def record_of(kind: str, row: Newsletter, by: Member | None) -> None:
    record(
        kind,
        subject_type="contribution",
        subject_id=row.pk,
        actor_id=by.pk if by else None,
        detail={"issue": row.issue_id},
        public=row.is_public,
    )
