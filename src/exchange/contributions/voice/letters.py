"""The letter that there is something new about protected words. It names nothing, in no subject and
in no row of the mail: neither the text nor that it is about one. Called by hooks once a day."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.contributions.models import Voice
from exchange.contributions.voice import locks
from exchange.contributions.voice.actions import state_of
from exchange.core import ids
from exchange.core.languages import current
from exchange.mail.actions import About, queue_mail
from exchange.mail.paper import Paper, Piece
from exchange.members.models import Member

# Filed like what we write about an account: a sort of its own would say who has such words.
PURPOSE = "account"
_AT_ONCE = 500


def tell_those_who_wish() -> int:
    """Once a day for all, so that the hour says nothing. Gives how many letters went."""
    rows = Voice.objects.filter(tells=True, reply_number=0).select_related("contribution")
    news = [row for row in rows.order_by("pk")[:_AT_ONCE] if _is_news(row)]
    people: dict[int, Member] = {}
    for row in news:
        Voice.objects.filter(pk=row.pk).update(told_of=state_of(row.contribution))
        number = locks.opened(row)
        member = Member.objects.active().filter(pk=number).first() if number else None
        if member is not None:
            people[member.pk] = member
    for member in people.values():
        _write(member)
    return len(people)


def _is_news(row: Voice) -> bool:
    return row.told_of != state_of(row.contribution)


def _write(member: Member) -> None:
    with override(member.first_language):
        paper = _paper()
    queue_mail(
        to=member.email,
        subject=paper.subject,
        text=paper.text,
        html=paper.html,
        language=paper.language,
        purpose=PURPOSE,
        key=f"{PURPOSE}:{ids.new_id()}",
        about=About(person=member.pk),
    )


def _paper() -> Paper:
    page = f"{settings.BASE_URL}{reverse('members:me')}"
    words = _("There is something new for you on your own pages. Sign in to see it.")
    subject = _("A message for you")
    return Paper(subject, (Piece("plain", words), Piece("link", _("You"), page)), current())
