"""What becomes of a contribution: published, held, withdrawn, let back, closed, ended.
Called by pages, mail, the API and commands alike; each verb is one transaction and one entry."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from exchange.contributions import mails, rules
from exchange.contributions.actions.rows import (
    content_of,
    decided,
    entry,
    let_out,
    locked,
    move,
    replace_words,
)
from exchange.contributions.errors import (
    AlreadyDecided,
    NotAllowed,
)
from exchange.contributions.models import (
    Contribution,
    Decision,
    Revision,
    State,
)
from exchange.core.time import now
from exchange.hubs.trusting import trust
from exchange.ledger.actions import record
from exchange.members.actions import accept
from exchange.members.models import Member


def accept_revision(*, revision: Revision, by: Member) -> Contribution:
    """A host lets a waiting change out. Raises AlreadyDecided, NotAllowed."""
    if not rules.may_decide(by, revision.contribution):
        raise NotAllowed
    with transaction.atomic():
        row = locked(revision.contribution)
        waiting = _waiting_revision(revision)
        waiting.delete()
        content = content_of(
            row,
            title=waiting.title,
            body=waiting.body,
            parts=waiting.parts,
            facts=waiting.facts,
        )
        replace_words(row, content, waiting.by, waiting.why)
        decided(row, Decision.What.PUBLISH, by, "")
        writer = waiting.by_id or 0
        _revision_entry("revision.accepted", revision.pk, row, by, writer)
        return row


def refuse_revision(*, revision: Revision, by: Member, note: str, reason: str = "") -> None:
    """A host does not let a change out; the text stays as it was. Raises as accept_revision."""
    if not rules.may_decide(by, revision.contribution):
        raise NotAllowed
    with transaction.atomic():
        row = locked(revision.contribution)
        waiting = _waiting_revision(revision)
        waiting.state = State.HELD
        waiting.save(update_fields=["state"])
        decided(row, Decision.What.HOLD, by, note, reason)
        _revision_entry("revision.held", waiting.pk, row, by, waiting.by_id or 0)


def publish(
    *, contribution: Contribution, by: Member, version: int, note: str = ""
) -> Contribution:
    """A host lets a waiting or held contribution out, and so welcomes its author.
    Raises NotAllowed, AlreadyDecided when another host was faster or the words changed."""
    with transaction.atomic():
        row = _to_decide(contribution, by, version)
        decided(row, Decision.What.PUBLISH, by, note)
        let_out(row, by=by)
        welcome_writer(author=row.author, by=by, space_id=row.space_id)
    return row


def welcome_writer(*, author: Member | None, by: Member, space_id: int | None) -> None:
    """Something of theirs was let out: by a host of the Exchange that welcomes them here, and in a
    hub or group, whoever hosts it, there."""
    if author is None:
        return
    if author.is_newcomer and by.is_host:
        accept(member=author, by=by)
    trust(member=author, space_id=space_id)


def hold(
    *, contribution: Contribution, by: Member, version: int, note: str, reason: str = ""
) -> Contribution:
    """A host keeps it back, with a kind note to the author. Raises as publish."""
    return _keep_back(contribution, by, version, note, Decision.What.HOLD, reason)


def ask_to_rewrite(
    *, contribution: Contribution, by: Member, version: int, note: str, reason: str = ""
) -> Contribution:
    """A host asks the author to change something first. Raises as publish."""
    return _keep_back(contribution, by, version, note, Decision.What.REWRITE, reason)


def withdraw(
    *,
    contribution: Contribution,
    by: Member,
    note: str = "",
    reason: str = "",
    recall: bool = False,
) -> Contribution:
    """Take it out of every door at once; the row stays for the record. With `recall` a host also
    has those who got mail about it asked to delete that mail. Raises NotAllowed."""
    if not rules.may_withdraw(by, contribution) or (recall and not by.is_host):
        raise NotAllowed
    with transaction.atomic():
        row = locked(contribution)
        if row.state != State.WITHDRAWN:
            move(row, State.WITHDRAWN)
            decided(row, Decision.What.WITHDRAW, by, note, reason)
            # In the same act: a letter that waits could be the next the worker takes.
            mails.stop(mails.about(row.pk))
            entry("contribution.withdrawn", row, by, recall=recall)
    return row


def let_back(*, contribution: Contribution, by: Member, note: str = "") -> Contribution:
    """A host lets out again what another host withdrew. Raises NotAllowed for what its author
    took back, AlreadyDecided when it is not withdrawn any more."""
    if not rules.may_decide(by, contribution):
        raise NotAllowed
    with transaction.atomic():
        row = locked(contribution)
        if row.state != State.WITHDRAWN:
            raise AlreadyDecided
        last = row.decisions.filter(what=Decision.What.WITHDRAW).first()
        if last is None or last.by_id == row.author_id:
            raise NotAllowed
        if row.submitted_at is None:
            # Nobody has sent it yet: its words were never judged.
            raise NotAllowed
        decided(row, Decision.What.PUBLISH, by, note)
        let_out(row, by=by)
    return row


def confirm(*, contribution: Contribution, by: Member, note: str) -> Contribution:
    """Another host looked again, as the author asked, and leaves it held or withdrawn.
    Raises NotAllowed, AlreadyDecided when it is neither."""
    if not rules.may_decide(by, contribution):
        raise NotAllowed
    with transaction.atomic():
        row = locked(contribution)
        if row.state not in (State.HELD, State.WITHDRAWN):
            raise AlreadyDecided
        decided(row, Decision.What.CONFIRM, by, note)
        entry("contribution.confirmed", row, by)
    return row


def close(*, contribution: Contribution, by: Member) -> Contribution:
    """Take no more answers; it stays readable. Closing twice changes nothing. Raises NotAllowed."""
    if not rules.may_close(by, contribution):
        raise NotAllowed
    with transaction.atomic():
        row = locked(contribution)
        if row.closed_at is None:
            row.closed_at = now()
            row.save(update_fields=["closed_at"])
            entry("contribution.closed", row, by)
    return row


def reopen(*, contribution: Contribution, by: Member) -> Contribution:
    """Take answers again. Raises NotAllowed."""
    if not rules.may_close(by, contribution):
        raise NotAllowed
    with transaction.atomic():
        row = locked(contribution)
        if row.closed_at is not None:
            row.closed_at = None
            row.save(update_fields=["closed_at"])
            entry("contribution.reopened", row, by)
    return row


def expire_due(*, moment: datetime) -> int:
    """Let notices whose day has come leave the lists. Returns how many."""
    due = Contribution.objects.listed().filter(expires_at__lte=moment).order_by("expires_at")
    count = 0
    for notice in due[:500]:
        with transaction.atomic():
            row = locked(notice)
            if row.state == State.PUBLISHED:
                move(row, State.EXPIRED)
                entry("contribution.expired", row, None)
                count += 1
    return count


def _keep_back(
    contribution: Contribution,
    by: Member,
    version: int,
    note: str,
    what: Decision.What,
    reason: str,
) -> Contribution:
    with transaction.atomic():
        row = _to_decide(contribution, by, version)
        move(row, State.HELD)
        decided(row, what, by, note, reason)
        entry("contribution.held", row, by)
    return row


def _to_decide(contribution: Contribution, by: Member, version: int) -> Contribution:
    if not rules.may_decide(by, contribution):
        raise NotAllowed
    row = locked(contribution)
    if row.state not in (State.WAITING, State.HELD) or row.version != version:
        last = row.decisions.first()
        raise AlreadyDecided(last.by_name if last else "")
    return row


def _waiting_revision(revision: Revision) -> Revision:
    """The change, locked, if it still waits: a newer one takes its row away."""
    rows = Revision.objects.select_for_update(of=("self",)).filter(state=State.WAITING)
    waiting = rows.filter(pk=revision.pk).first()
    if waiting is None:
        raise AlreadyDecided
    return waiting


def _revision_entry(kind: str, pk: int, row: Contribution, by: Member, writer: int) -> None:
    record(
        kind,
        subject_type="revision",
        subject_id=pk,
        actor_id=by.pk,
        detail={"contribution": row.pk, "writer": writer},
        public=False,
    )
