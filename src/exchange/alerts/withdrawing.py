"""What follows for people when hosts take something back: its mails are stopped and emptied, those
who got one may be asked to delete it, its author is told. Called by `hooks.py` alone."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import override

from exchange.alerts import letters, queries
from exchange.alerts.actions import write
from exchange.contributions import mails
from exchange.contributions.models import Contribution, Decision, State
from exchange.conversation.models import Reply, ReplyDecision
from exchange.mail.actions import queue_mail
from exchange.mail.queries import sent_to
from exchange.members.models import Member

GONE = (State.WITHDRAWN, State.SEALED)


def forget_contribution(*, contribution_id: int, recall: bool) -> None:
    """No mail about it, or about an answer to it, leaves any more or keeps its words; unless it
    was let out again meanwhile."""
    row = Contribution.objects.filter(pk=contribution_id, state__in=GONE).first()
    if row is None:
        return
    key = mails.about(row.pk)
    if recall:
        _recall(key, author=row.author)
    mails.forget(key)


def forget_reply(*, contribution_id: int, reply_id: int, recall: bool) -> None:
    """The same for one answer; what waits for a host again only stops its mails."""
    row = Reply.objects.exclude(state=State.PUBLISHED).filter(pk=reply_id).first()
    if row is None:
        return
    key = mails.about_reply(contribution_id, reply_id)
    if recall:
        _recall(key, author=row.author)
    if row.state in GONE:
        mails.forget(key)
    else:
        mails.stop(key)


def tell_author(*, contribution_id: int, by_id: int | None) -> None:
    """A host withdrew it. Who takes back their own words knows."""
    row = Contribution.objects.filter(pk=contribution_id, state=State.WITHDRAWN).first()
    author = queries.reachable_member(row.author_id) if row else None
    if row is None or author is None or by_id in (None, author.pk):
        return
    last = row.decisions.filter(what=Decision.What.WITHDRAW).first()
    ask = reverse("desk:appeal-contribution", args=[row.pk])
    with override(author.first_language):
        letter = letters.withdrawn(row.created_at.date(), last.note if last else "", url=ask)
    # Not under the key of mails about it: those are stopped at this moment.
    write(author, letter, f"alert:withdrawn:contribution:{row.pk}:{last.pk if last else 0}")


def tell_answerer(*, reply_id: int, by_id: int | None) -> None:
    """The same for an answer."""
    row = Reply.objects.filter(pk=reply_id, state=State.WITHDRAWN).first()
    author = queries.reachable_member(row.author_id) if row else None
    if row is None or author is None or by_id in (None, author.pk):
        return
    last = row.decisions.filter(what=ReplyDecision.What.WITHDRAW).first()
    ask = reverse("desk:appeal-reply", args=[row.pk])
    with override(author.first_language):
        letter = letters.withdrawn(row.created_at.date(), last.note if last else "", url=ask)
    write(author, letter, f"alert:withdrawn:reply:{row.pk}:{last.pk if last else 0}")


def _recall(key: str, *, author: Member | None) -> None:
    """One mail to each address, in the language of the mail that went; the author is told apart."""
    for sent in sent_to(key_prefix=f"{key}:"):
        if author is not None and sent.address.lower() == author.email.lower():
            continue
        with override(sent.language):
            letter = letters.recall(sent.on)
        queue_mail(
            to=sent.address,
            subject=letter.subject,
            text=letter.text,
            language=sent.language,
            purpose="recall",
            key=f"recall:{sent.mail_id}",
        )
