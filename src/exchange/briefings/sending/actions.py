"""Sending a newsletter: begin, go on, write to those who missed it, try it out, be done.
Called by the hosts' pages, by the clock and by the tests of the whole; each verb is a transaction."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from exchange.briefings.builder.actions import let_out
from exchange.briefings.errors import NotNow
from exchange.briefings.models import Issue, Newsletter
from exchange.briefings.rules import may_publish
from exchange.briefings.sending import again, chain, queries
from exchange.briefings.sending.letters import Press
from exchange.contributions.errors import NotAllowed
from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.mail.actions import queue
from exchange.members.models import Member

_PHASE = Newsletter.Phase
# A schedule that old is not kept by itself: nothing ran meanwhile, or a backup was put back.
LATE = timedelta(days=1)
# Older issues are read in the archive.
AGAIN_FOR = timedelta(days=30)


def start(*, edition: Newsletter) -> bool:
    """Its hour has come: it is published through the gates, and the first batch is owed. Whether it
    is on its way now; called twice, once."""
    if not let_out(edition=edition):
        return False
    with transaction.atomic():
        row = chain.locked(edition.pk)
        if row is None or row.phase != _PHASE.SCHEDULED or not row.is_public:
            return False
        row.phase, row.sending_since, row.upto = _PHASE.SENDING, now(), 0
        row.save(update_fields=["phase", "sending_since", "upto"])
        _record(chain.KIND, row)
    return True


def go_on(*, edition: Newsletter, by: Member | None = None) -> bool:
    """Where it ended, if no batch is owed and somebody is left. `by` a host: also after days, or
    after a backup was put back, when nobody knows who has it."""
    with transaction.atomic():
        row = chain.locked(edition.pk)
        if row is None or row.phase != _PHASE.SENDING or chain.is_at_it(row):
            return False
        if by is not None:
            _must_publish(by)
            row.sending_since = now()
            row.save(update_fields=["sending_since"])
        left = queries.audience(row).filter(pk__gt=row.upto)
        if not chain.may_go_on(row) or not left.exists():
            return False
        _record(chain.KIND, row, by)
    return True


def send_missed(*, issue: Issue, by: Member, unsure: bool = False) -> int:
    """To those whose mail failed, was taken back or came too late, and to those who came since.
    `unsure`: also where nobody knows whether it arrived. Says how many miss it at this moment.
    Raises NotAllowed, NotNow when nothing of it is out, or not lately."""
    _must_publish(by)
    out = queries.editions_out(issue)
    lately = now() - AGAIN_FOR
    if not any(one.sending_since and one.sending_since > lately for one in out):
        raise NotNow
    count = queries.missed(queries.wanting(), out, queries.all_rows(issue), unsure=unsure)
    if count:
        with transaction.atomic():
            _record(again.KIND, out[0], by, unsure=unsure)
    return count


def test_send(*, edition: Newsletter, to: Member) -> None:
    """One mail to a host who looks at it, marked as a test. Raises NotAllowed, MailRefused."""
    _must_publish(to)
    queue(Press(edition).test(to))


def start_due(*, at: datetime) -> None:
    """What is scheduled for this moment or a little earlier."""
    rows: Any = Newsletter.objects
    due = rows.filter(phase=_PHASE.SCHEDULED, send_at__lte=at)
    put_back_at = chain.last_put_back()
    for edition in due.order_by("send_at", "pk"):
        if not is_late(edition, put_back_at=put_back_at):
            start(edition=edition)


def is_late(edition: Newsletter, *, put_back_at: datetime | None) -> bool:
    """Whether its hour is long past, or a backup was put back since: a host has to say it again."""
    if edition.phase != _PHASE.SCHEDULED or edition.send_at is None:
        return False
    is_past = put_back_at is not None and put_back_at >= edition.send_at
    return now() > edition.send_at + LATE or is_past


def look_after(*, at: datetime) -> None:
    """What is on its way and stands still goes on; what has gone is done."""
    rows: Any = Newsletter.objects
    for edition in rows.filter(phase=_PHASE.SENDING).select_related("issue").order_by("pk"):
        if not go_on(edition=edition):
            _finish(edition, at)


def _finish(edition: Newsletter, at: datetime) -> None:
    """When nobody is left and no mail waits any more."""
    if chain.is_at_it(edition) or queries.is_going(edition):
        return
    with transaction.atomic():
        row = chain.locked(edition.pk)
        if row is None or row.phase != _PHASE.SENDING:
            return
        if row.is_public and queries.audience(row).filter(pk__gt=row.upto).exists():
            return
        row.phase, row.sent_at = _PHASE.SENT, at
        row.save(update_fields=["phase", "sent_at"])
        _record("newsletter.sent", row)


def _must_publish(member: Member) -> None:
    if not may_publish(member):
        raise NotAllowed


def _record(kind: str, row: Newsletter, by: Member | None = None, **detail: bool) -> None:
    record(
        kind,
        subject_type="contribution",
        subject_id=row.pk,
        actor_id=by.pk if by else None,
        detail={"issue": row.issue_id, **detail},
        public=False,
    )
