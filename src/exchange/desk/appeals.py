"""Another host's look: an author asks once, somebody else decides, the author is told.
Called by the desk's actions and views."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from exchange.contributions import actions as spine
from exchange.contributions.errors import AlreadyDecided, NotAllowed
from exchange.contributions.models import Contribution, Decision, State
from exchange.conversation import actions as talk
from exchange.conversation.models import Reply, ReplyDecision
from exchange.core.time import now
from exchange.desk.models import Appeal
from exchange.ledger.actions import record
from exchange.members.models import Member

KEPT = (Decision.What.HOLD, Decision.What.REWRITE, Decision.What.WITHDRAW)
Outcome = Appeal.Outcome


class Barred(NotAllowed):
    """The author asked for another host than the one who decided, and there is one."""


def decision_about(row: Contribution | Reply) -> Decision | ReplyDecision | None:
    """The decision an author could ask another host about: the last one, if it keeps their words
    back and was not their own."""
    if row.state not in (State.HELD, State.WITHDRAWN) or row.sealed_at is not None:
        return None
    last: Decision | ReplyDecision | None = row.decisions.first()
    own = last is not None and last.by_id is not None and last.by_id == row.author_id
    return last if last is not None and last.what in KEPT and not own else None


def may_ask(member: Member, row: Contribution | Reply) -> bool:
    """Its author, once."""
    if row.author_id != member.pk or decision_about(row) is None:
        return False
    return not Appeal.objects.filter(**_about(row)).exists()


def ask(*, about: Contribution | Reply, by: Member, words: str = "") -> Appeal:
    """Ask that another host look. Raises NotAllowed, also the second time."""
    decision = decision_about(about)
    if decision is None or not may_ask(by, about):
        raise NotAllowed
    try:
        with transaction.atomic():
            appeal = Appeal.objects.create(
                **_about(about), asked_by=by, words=words, against_id=decision.by_id
            )
            record(
                "appeal.asked",
                subject_type="appeal",
                subject_id=appeal.pk,
                actor_id=by.pk,
                public=False,
            )
    except IntegrityError:
        # The same form sent twice at once.
        raise NotAllowed from None
    return appeal


def may_settle(host: Member, appeal: Appeal, others: bool | None = None) -> bool:
    """Any host but the author and the one who decided; who is alone decides all the same.
    `others` says whether there is somebody else, where many appeals are asked about."""
    if not host.is_host or appeal.subject.author_id == host.pk:
        return False
    if appeal.against_id != host.pk:
        return True
    if others is None:
        others = bool(all_hosts() - {appeal.against_id, appeal.subject.author_id})
    return not others


def all_hosts() -> set[int]:
    return set(Member.objects.hosts().values_list("pk", flat=True))


def hosts_to_tell(appeal: Appeal) -> list[int]:
    """Those who may decide about it."""
    hosts = all_hosts() - {appeal.subject.author_id}
    return sorted(hosts - {appeal.against_id} or hosts)


def settle(*, appeal: Appeal, let_out: bool, by: Member, note: str) -> Appeal:
    """Let it out after all, or leave it as it was; the author is told either way.
    Raises NotAllowed, Barred, AlreadyDecided."""
    with transaction.atomic():
        row = Appeal.objects.select_for_update(of=("self",)).get(pk=appeal.pk)
        if row.outcome != Outcome.OPEN:
            raise AlreadyDecided(row.settled_by_name)
        if not may_settle(by, row):
            raise Barred if row.against_id == by.pk else NotAllowed
        _decide(row.subject, let_out=let_out, by=by, note=note)
        return _close(row, by=by, published=let_out, note=note)


def open_about(about: Contribution | Reply, host: Member) -> Appeal | None:
    """The open appeal about something this host is about to decide. Raises Barred."""
    appeal = Appeal.objects.filter(**_about(about), outcome=Outcome.OPEN).first()
    if appeal is not None and appeal.against_id == host.pk and not may_settle(host, appeal):
        raise Barred
    return appeal


def settled_by(appeal: Appeal | None, *, by: Member, published: bool) -> None:
    """Another host decided in the queue: that settles it as well."""
    if appeal is not None:
        _close(appeal, by=by, published=published, note="")


def _decide(about: Contribution | Reply, *, let_out: bool, by: Member, note: str) -> None:
    kept = about.state in (State.HELD, State.WITHDRAWN)
    if isinstance(about, Reply):
        if let_out and about.state == State.WITHDRAWN:
            talk.let_back_reply(reply=about, by=by)
        elif let_out:
            talk.publish_reply(reply=about, by=by, version=about.version)
        elif kept:
            talk.confirm_reply(reply=about, by=by, note=note)
        else:
            talk.hold_reply(reply=about, by=by, version=about.version, note=note)
    elif let_out and about.state == State.WITHDRAWN:
        spine.let_back(contribution=about, by=by, note=note)
    elif let_out:
        spine.publish(contribution=about, by=by, version=about.version, note=note)
    elif kept:
        spine.confirm(contribution=about, by=by, note=note)
    else:
        spine.hold(contribution=about, by=by, version=about.version, note=note)


def _close(appeal: Appeal, *, by: Member, published: bool, note: str) -> Appeal:
    appeal.outcome = Outcome.LET_OUT if published else Outcome.STAYS
    appeal.settled_by, appeal.settled_by_name = by, by.shown_name
    appeal.settled_at, appeal.note = now(), note
    appeal.save()
    return appeal


def _about(row: Contribution | Reply) -> dict[str, int]:
    return {"reply_id" if isinstance(row, Reply) else "contribution_id": row.pk}
