"""What was told to whom already, and what decides whether and why something is told.
Called by the actions of this matter, by its last look, and by pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Max, Q

from exchange.alerts.models import Watch
from exchange.alerts.rules import Effective, of_new
from exchange.alerts.watching import queries as watching
from exchange.alerts.watching.rules import suits
from exchange.contributions import mails
from exchange.contributions.models import Contribution
from exchange.conversation.models import Follow, Reply
from exchange.mail.models import OutgoingMail
from exchange.mail.together import SIGN
from exchange.members.models import Member

WEEK = timedelta(days=7)
State = OutgoingMail.State
# Of a mail in one of these states nobody is told the same again.
TOLD = (
    *(State.QUEUED, State.SENDING, State.SENT),
    *(State.UNSURE, State.FAILED, State.BOUNCED),
)


def reply_item(pk: int) -> str:
    return f"reply:{pk}"


def contribution_item(pk: int) -> str:
    return f"contribution:{pk}"


def number_in(item: str, sort: str) -> int:
    """The number in a code such as "reply:12"; 0 when it is of another sort."""
    name, _colon, number = item.partition(":")
    return int(number) if name == sort and number.isdecimal() else 0


def is_told(member: Member, item: str) -> bool:
    """Whether this item went to them by itself, or is on its way."""
    return OutgoingMail.objects.filter(person=member.pk, item=item, state__in=TOLD).exists()


def mails_this_week(member: Member, moment: datetime) -> int:
    """Mails that nobody but the Exchange decided to write; receipts, codes and hosts' notes are no
    items and do not count."""
    new = (
        Q(item__startswith="reply:")
        | Q(item__startswith="contribution:")
        | Q(purpose__in=("digest", "inside"))
    )
    mine = OutgoingMail.objects.filter(person=member.pk, created_at__gt=moment - WEEK)
    # What went inside another mail is no mail of its own.
    return mine.filter(new, state__in=TOLD).exclude(last_error__startswith=SIGN).count()


def last_mail_about(member: Member, contribution_id: int) -> datetime | None:
    """When the last mail about answers to it was written to them."""
    about = mails.about(contribution_id)
    mine = OutgoingMail.objects.filter(person=member.pk, state__in=TOLD)
    answers = Q(key__startswith=f"{about}:reply:") | Q(key__startswith=f"{about}:together:")
    found: datetime | None = mine.filter(answers).aggregate(at=Max("created_at"))["at"]
    return found


def effective(
    member: Member, row: Contribution, *, watches: Iterable[Watch] | None = None
) -> Effective:
    """How much a member hears of a new contribution, and because of what."""
    follow = Follow.objects.filter(member=member, contribution_id=row.pk).first()
    theirs = list(watches if watches is not None else watching.of_member(member))
    return of_new(
        watching.place(row), follow=follow, watches=theirs, suits=suits(member, row, theirs)
    )


def answered_there_since(member: Member, reply: Reply) -> bool:
    """Whether they wrote on that page after the reply stood there: then they have seen it."""
    theirs = Reply.objects.filter(author=member, contribution_id=reply.contribution_id, via="web")
    return theirs.filter(created_at__gt=reply.published_at).exists()
