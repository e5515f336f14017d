"""What hosts decide at the desk, whatever it is about: one verb for each kind of thing.
Called by the desk's views; the rooms that own the rows make the change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction

from exchange.contributions import actions as spine
from exchange.contributions.errors import AlreadyDecided
from exchange.contributions.models import Contribution, Decision, Revision
from exchange.conversation import actions as talk
from exchange.conversation.models import Reply, ReplyDecision
from exchange.desk import appeals, claims
from exchange.members.models import Member

What = Decision.What


def decide_contribution(
    *,
    contribution: Contribution,
    what: str,
    by: Member,
    version: int,
    note: str,
    reason: str = "",
    seen: int = 0,
) -> None:
    """Publish it, hold it, or ask for a rewrite. `seen` is the last decision this host knew of:
    who decides after a newer one is told, even where the verbs themselves would allow it.
    Raises NotAllowed, Barred where the author asked for another host, AlreadyDecided."""
    verbs: dict[str, Callable[..., Contribution]] = {
        What.REWRITE: spine.ask_to_rewrite,
        What.HOLD: spine.hold,
        What.PUBLISH: spine.publish,
    }
    with transaction.atomic():
        row = Contribution.objects.select_for_update(of=("self",)).get(pk=contribution.pk)
        _nothing_newer(row.decisions.first(), seen)
        appeal = appeals.open_about(row, by)
        given = {"by": by, "version": version, "note": note, **_reason(what, reason)}
        verbs[what](contribution=contribution, **given)
        appeals.settled_by(appeal, by=by, published=what == What.PUBLISH)
        claims.drop(what="contribution", about=row.pk)


def decide_reply(
    *,
    reply: Reply,
    what: str,
    by: Member,
    version: int,
    note: str,
    reason: str = "",
    seen: int = 0,
) -> None:
    """As decide_contribution."""
    with transaction.atomic():
        row = Reply.objects.select_for_update(of=("self",)).get(pk=reply.pk)
        _nothing_newer(row.decisions.first(), seen)
        appeal = appeals.open_about(row, by)
        if what == What.PUBLISH:
            talk.publish_reply(reply=reply, by=by, version=version)
        else:
            keep = talk.ask_to_rewrite_reply if what == What.REWRITE else talk.hold_reply
            keep(reply=reply, by=by, version=version, note=note, reason=reason)
        appeals.settled_by(appeal, by=by, published=what == What.PUBLISH)
        claims.drop(what="reply", about=row.pk)


def decide_revision(
    *, revision: Revision, what: str, by: Member, note: str, reason: str = ""
) -> None:
    """Let a change out, or leave the text as it was and tell who wanted the change.
    A newer change replaces the row, so the row itself is the version."""
    with transaction.atomic():
        if what == What.PUBLISH:
            spine.accept_revision(revision=revision, by=by)
        else:
            spine.refuse_revision(revision=revision, by=by, note=note, reason=reason)
        claims.drop(what="revision", about=revision.pk)


def _reason(what: str, reason: str) -> dict[str, Any]:
    return {} if what == What.PUBLISH else {"reason": reason}


def _nothing_newer(last: Decision | ReplyDecision | None, seen: int) -> None:
    if last and last.pk != seen:
        raise AlreadyDecided(last.by_name)
