"""Words that go: from letters that wait or were sent, from the mail they came by, and by the clock.
Called by the actions, by sealing, by the dossier and by hooks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from exchange.conversation.bymail import forgetting
from exchange.corresponding import rules
from exchange.corresponding.models import Correspondence, Message
from exchange.mail.actions import drop_queued, forget_words
from exchange.members.models import Member

AT_ONCE = 500


def mails_about(correspondence_id: int, to: int = 0) -> str:
    """How the keys of our letters about one correspondence begin; `to`: those to one of the two."""
    return f"message:{correspondence_id}:{to}:" if to else f"message:{correspondence_id}:"


def stop_letters(row: Correspondence, *, to: Member) -> None:
    """What has not gone to this person does not go any more."""
    drop_queued(key_prefix=mails_about(row.pk, to.pk))


def forget(message: Message) -> None:
    """No letter and no mail of ours holds these words any more."""
    begin = mails_about(message.correspondence_id)
    drop_queued(key_prefix=begin)
    forget_words(key_prefix=begin)
    forgetting.forget(made_type="message", made_id=message.pk)


def empty_old(*, at: datetime) -> int:
    """Requests nobody answered, after ninety days; all that had no word for two years. What is
    sealed stays until its case lets it go."""
    sealed = Message.objects.filter(correspondence=OuterRef("pk")).exclude(sealed_at=None)
    unanswered = Q(state=Correspondence.State.ASKED, last_at__lt=at - rules.REQUEST_KEPT)
    old = Correspondence.objects.filter(unanswered | Q(last_at__lt=at - rules.KEPT))
    found = old.exclude(Exists(sealed)).order_by("last_at").values_list("pk", flat=True)[:AT_ONCE]
    for pk in list(found):
        with transaction.atomic():
            forget_all(Message.objects.filter(correspondence=pk))
            Correspondence.objects.filter(pk=pk).delete()
    return len(found)


def forget_all(messages: Iterable[Message]) -> None:
    for message in messages:
        forget(message)
