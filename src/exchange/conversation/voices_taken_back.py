"""Taking back an answer that was given in a protected voice.
Called by the pages of protected voices through hooks; whose it is, they have asked."""

from __future__ import annotations

from django.db import transaction

from exchange.contributions import mails
from exchange.contributions.models import State
from exchange.conversation.actions import recount
from exchange.conversation.models import Reply, ReplyDecision
from exchange.ledger.actions import record


def take_back(number: int) -> None:
    """Withdrawn everywhere, without saying who. Twice is once; what is sealed stays."""
    rows = Reply.objects.select_for_update(of=("self",))
    with transaction.atomic():
        row = rows.filter(pk=number, is_protected=True, sealed_at=None).first()
        if row is None or row.state == State.WITHDRAWN:
            return
        row.state = State.WITHDRAWN
        row.save(update_fields=["state"])
        recount(row.contribution_id)
        ReplyDecision.objects.create(reply=row, what=ReplyDecision.What.WITHDRAW)
        mails.stop(mails.about_reply(row.contribution_id, row.pk))
        record(
            "reply.withdrawn",
            subject_type="reply",
            subject_id=row.pk,
            detail={"contribution": row.contribution_id},
        )
