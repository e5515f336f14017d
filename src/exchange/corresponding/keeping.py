"""Words that go: from letters that wait or were sent, from the mail they came by, and by the clock.
Called by the actions, by sealing, by the dossier and by hooks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from exchange.corresponding import rules
from exchange.corresponding.models import Correspondence, Message
from exchange.mail.actions import drop_queued, forget_words
from exchange.mail.models import IncomingMail
from exchange.mail.receiving import keeping as mail_files
from exchange.members.models import Member

AT_ONCE = 500


def mails_about(correspondence_id: int, to: int = 0) -> str:
    """How the keys of our letters about one correspondence begin; `to`: those to one of the two."""
    return f"message:{correspondence_id}:{to}:" if to else f"message:{correspondence_id}:"


def stop_letters(row: Correspondence, *, to: Member) -> None:
    """What has not gone to this person does not go any more."""
    drop_queued(key_prefix=mails_about(row.pk, to.pk))


def forget(correspondence_id: int, messages: Iterable[int]) -> None:
    """No letter, and no file of a mail that brought these words or quotes them, holds them any
    more. What has not been read yet is left: it is somebody's answer."""
    begin = mails_about(correspondence_id)
    drop_queued(key_prefix=begin)
    forget_words(key_prefix=begin)
    brought = Q(made_type="message", made_id__in=list(messages))
    row = Correspondence.objects.filter(pk=correspondence_id).first()
    people = [row.asker_id, row.asked_id] if row is not None else []
    quoting = Q(detail__quotes=f"message:{correspondence_id}", person__in=people)
    mails = IncomingMail.objects.exclude(state=IncomingMail.State.NEW).filter(brought | quoting)
    for arrival in mails.values_list("arrival", flat=True):
        mail_files.forget(arrival)


def empty_old(*, at: datetime) -> int:
    """Requests nobody answered, after ninety days; all that had no word for two years. What is
    sealed stays until its case lets it go."""
    sealed = Message.objects.filter(correspondence=OuterRef("pk")).exclude(sealed_at=None)
    unanswered = Q(state=Correspondence.State.ASKED, last_at__lt=at - rules.REQUEST_KEPT)
    old = Correspondence.objects.filter(unanswered | Q(last_at__lt=at - rules.KEPT))
    found = old.exclude(Exists(sealed)).order_by("last_at").values_list("pk", flat=True)[:AT_ONCE]
    for pk in list(found):
        with transaction.atomic():
            forget(pk, Message.objects.filter(correspondence=pk).values_list("pk", flat=True))
            Correspondence.objects.filter(pk=pk).delete()
    return len(found)


def forget_all(messages: Iterable[Message]) -> None:
    """The same for words of several correspondences."""
    by_row: dict[int, list[int]] = {}
    for message in messages:
        by_row.setdefault(message.correspondence_id, []).append(message.pk)
    for number, pks in by_row.items():
        forget(number, pks)
