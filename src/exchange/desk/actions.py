"""What hosts decide at the desk, whatever it is about: one verb for each kind of thing.
Called by the desk's views; the rooms that own the rows make the change."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from exchange.contributions import actions as spine
from exchange.contributions.errors import AlreadyDecided
from exchange.contributions.models import Contribution, Decision, Revision
from exchange.conversation import actions as talk
from exchange.conversation.models import Reply, ReplyDecision
from exchange.ledger.actions import record
from exchange.members.models import Member

What = Decision.What


def decide_contribution(
    *, contribution: Contribution, what: str, by: Member, version: int, note: str, seen: int = 0
) -> None:
    """Publish it, hold it, or ask for a rewrite. `seen` is the last decision this host knew of:
    who decides after a newer one is told, even where the verbs themselves would allow it.
    Raises NotAllowed, AlreadyDecided."""
    verbs: dict[str, Callable[..., Contribution]] = {
        What.REWRITE: spine.ask_to_rewrite,
        What.HOLD: spine.hold,
        What.PUBLISH: spine.publish,
    }
    with transaction.atomic():
        row = Contribution.objects.select_for_update(of=("self",)).get(pk=contribution.pk)
        _nothing_newer(row.decisions.first(), seen)
        verbs[what](contribution=contribution, by=by, version=version, note=note)


def decide_reply(
    *, reply: Reply, what: str, by: Member, version: int, note: str, seen: int = 0
) -> None:
    """As decide_contribution."""
    with transaction.atomic():
        row = Reply.objects.select_for_update(of=("self",)).get(pk=reply.pk)
        _nothing_newer(row.decisions.first(), seen)
        if what == What.PUBLISH:
            talk.publish_reply(reply=reply, by=by, version=version)
        elif what == What.REWRITE:
            talk.ask_to_rewrite_reply(reply=reply, by=by, version=version, note=note)
        else:
            talk.hold_reply(reply=reply, by=by, version=version, note=note)


def decide_revision(*, revision: Revision, what: str, by: Member, note: str) -> None:
    """Let a change out, or leave the text as it was and tell who wanted the change.
    A newer change replaces the row, so the row itself is the version."""
    try:
        with transaction.atomic():
            if what == What.PUBLISH:
                spine.accept_revision(revision=revision, by=by)
            else:
                spine.refuse_revision(revision=revision, by=by, note=note)
                record(
                    "revision.held",
                    subject_type="revision",
                    subject_id=revision.pk,
                    actor_id=by.pk,
                    detail={"contribution": revision.contribution_id},
                    public=False,
                )
    except Revision.DoesNotExist:
        raise AlreadyDecided from None


def _nothing_newer(last: Decision | ReplyDecision | None, seen: int) -> None:
    if last and last.pk != seen:
        raise AlreadyDecided(last.by_name)
