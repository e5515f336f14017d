"""What follows for people when hosts take something back: its mails are stopped and emptied, those
who got one may be asked to delete it, its author is told. Called by `hooks.py` alone."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import override

from exchange.alerts import letters
from exchange.alerts import queries as people
from exchange.alerts.telling import queries
from exchange.alerts.telling.actions import put_back
from exchange.alerts.writing import write
from exchange.contributions import mails
from exchange.contributions.models import OUT_STATES, Contribution, Decision, State
from exchange.conversation.models import Reply, ReplyDecision
from exchange.core.time import now
from exchange.mail import together
from exchange.mail.actions import forget_words, queue_mail
from exchange.mail.models import OutgoingMail
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
    mails.stop(key)
    for mail in together.mails_with(key_prefix=f"{key}:"):
        # What else stood in it, of a group whose news go together, is told in another.
        items = [item for item in together.take_apart(mail) if item.startswith("inside")]
        if mail.person:
            put_back(mail.person, items, due_at=now())
    if recall:
        _recall(key, author=row.author)
    mails.forget(key)


def forget_reply(*, contribution_id: int, reply_id: int, recall: bool) -> None:
    """The same for one answer; what waits for a host again only stops its mails."""
    row = Reply.objects.exclude(state__in=OUT_STATES).filter(pk=reply_id).first()
    if row is None:
        return
    key = mails.about_reply(contribution_id, reply_id)
    with_others = together.mails_with(key_prefix=f"{key}:")
    for mail in with_others:
        _tell_the_others(mail, besides=reply_id)
    if recall:
        _recall(key, author=row.author)
    if row.state in GONE:
        mails.forget(key)
        for mail in with_others:
            forget_words(key_prefix=mail.key)
    else:
        mails.stop(key)


def tell_author(*, contribution_id: int, by_id: int | None) -> None:
    """A host withdrew it. Who takes back their own words knows."""
    row = Contribution.objects.filter(pk=contribution_id, state=State.WITHDRAWN).first()
    author = people.reachable_member(row.author_id) if row else None
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
    author = people.reachable_member(row.author_id) if row else None
    if row is None or author is None or by_id in (None, author.pk):
        return
    last = row.decisions.filter(what=ReplyDecision.What.WITHDRAW).first()
    ask = reverse("desk:appeal-reply", args=[row.pk])
    with override(author.first_language):
        letter = letters.withdrawn(row.created_at.date(), last.note if last else "", url=ask)
    write(author, letter, f"alert:withdrawn:reply:{row.pk}:{last.pk if last else 0}")


def _tell_the_others(mail: OutgoingMail, *, besides: int) -> None:
    """A mail that has not gone holds words that were taken back: the rest of it goes in another."""
    gone = queries.reply_item(besides)
    items = [item for item in together.take_apart(mail) if item != gone]
    if mail.person:
        put_back(mail.person, items, due_at=now())


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
