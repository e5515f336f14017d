"""The letter in which a question is offered to somebody who could know; and its last look.
Called by hooks. Who is asked, `conversation.offering` has decided."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.alerts import letters
from exchange.alerts import queries as people
from exchange.alerts.telling import letters as telling
from exchange.alerts.telling import queries
from exchange.alerts.telling.actions import LIST_NAME, readable
from exchange.alerts.telling.rules import STALE, when
from exchange.alerts.wishing.queries import wishes_of
from exchange.contributions import mails
from exchange.contributions.models import Contribution
from exchange.conversation.models import Offer
from exchange.conversation.offering import actions as offering
from exchange.conversation.offering.queries import is_still_alone, untold
from exchange.core.time import now
from exchange.mail import headers
from exchange.mail.actions import About, queue_mail
from exchange.mail.models import OutgoingMail
from exchange.mail.tokens import What
from exchange.members.models import Member

PURPOSE = "offer"


def write_due() -> int:
    """Letters to those whose hour it is: nobody is written to in the night, or in a full week.
    Gives how many."""
    return sum(_write(offer) for offer in untold())


def why_not(mail: OutgoingMail) -> str:
    """The code of why it may not go, or "": somebody has answered meanwhile, or it is gone."""
    if mail.purpose != PURPOSE:
        return ""
    member = people.reachable_member(mail.person)
    if member is None:
        return "member-left"
    if not member.may_be_offered or wishes_of(member).stopped_at is not None:
        return "stopped"
    row = readable(queries.number_in(mail.item, "contribution"), member)
    if row is None:
        return "not-public"
    return "" if is_still_alone(row) else "answered"


def _write(offer: Offer) -> bool:
    member, row = people.reachable_member(offer.member_id), None
    if member is not None and member.may_be_offered:
        row = readable(offer.question_id, member)
    if member is None or row is None or not is_still_alone(row):
        offering.end(offer=offer)
        return False
    item = queries.contribution_item(row.pk)
    if queries.is_told(member, item):
        # They follow it, or what it is about: they know of it already.
        offering.end(offer=offer)
        return False
    with transaction.atomic():
        wishes = wishes_of(member)
        moment = now()
        week = queries.mails_this_week(member, moment)
        if not when(wishes, moment=moment, this_week=week).now:
            return False
        _queue(member, row, wishes.content, item)
        offering.told(offer=offer)
    return True


def _queue(member: Member, row: Contribution, content: str, item: str) -> None:
    stop = headers.stop_page(what=What.STOP_OFFERS, person=member.pk, item=0)
    with override(member.first_language):
        because = _(
            "it has waited for an answer, and you said that you work on this or near there. Two "
            "lines help already; if it is not for you, do nothing: others were asked as well"
        )
        letter = telling.new(row, why=because, stop=stop, content=content)
    queue_mail(
        to=member.email,
        subject=letters.subject_for(member, letter),
        text=letter.text,
        html=letter.html,
        language=member.first_language,
        purpose=PURPOSE,
        key=f"{mails.about(row.pk)}:offer:{member.pk}",
        headers={
            **headers.in_thread(row.pk),
            **_listed(member, row),
            **headers.reply_to(what=What.ANSWER, person=member.pk, item=row.pk),
        },
        about=About(person=member.pk, item=item, shown_from="", send_before=now() + STALE),
    )


def _listed(member: Member, row: Contribution) -> dict[str, str]:
    return headers.list_headers(
        name=LIST_NAME,
        slug=f"{row.kind}-{row.pk}",
        what=What.STOP_OFFERS,
        person=member.pk,
        item=0,
        page=telling.nameless(row),
        thread=row.pk,
    )
