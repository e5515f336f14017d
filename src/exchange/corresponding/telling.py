"""Writing to somebody that a member wrote to them: when they wish it, once, and after a last look.
Called by the hooks of this room."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from exchange.core.time import now
from exchange.corresponding import letters, queries, rules
from exchange.corresponding.keeping import mails_about
from exchange.corresponding.models import Block, Correspondence, Message
from exchange.ledger.actions import owe
from exchange.ledger.models import Event
from exchange.mail import tokens, wishes
from exchange.mail.actions import About, queue_mail
from exchange.mail.headers import PAGE_DAYS, list_headers, reply_to
from exchange.mail.models import OutgoingMail
from exchange.mail.tokens import What
from exchange.members.models import Member

PURPOSE, LATER = "message", "corresponding.tell_later"
# Stands in headers that programs show as the name of a folder.
LIST_NAME = "Exchange"


def tell(event: Event) -> None:
    """Somebody wrote: now, after quiet hours, or with what comes in the next minutes."""
    rows = Message.objects.select_related("correspondence__asker", "correspondence__asked")
    found = rows.filter(pk=event.subject_id).first()
    to = found.receiver if found is not None else None
    if found is None or to is None:
        return
    moment = now()
    due = _due(found.correspondence, to, moment)
    if due is not None and due > moment:
        owe(event, consumer=LATER, recipients=[str(to.pk)], run_after=due)
    elif due is not None:
        _write(found.correspondence_id, to)


def tell_later(event: Event, recipient: str) -> None:
    """What waited, if it was not read meanwhile."""
    found = Message.objects.filter(pk=event.subject_id).first()
    to = Member.objects.filter(pk=int(recipient)).first()
    if found is not None and to is not None:
        _write(found.correspondence_id, to)


def still_goes(mail: OutgoingMail) -> str:
    """The last look: still wanted, still there, not read yet, nobody blocked."""
    _purpose, number, person, span = mail.key.split(":")[:4]
    to = Member.objects.active().filter(pk=int(person)).first()
    row = _rows().filter(pk=int(number)).first()
    if to is None or row is None:
        return "member-left"
    if not _is_wanted(row, to):
        return "stopped"
    first, last = map(int, span.split("-"))
    if row.seen_by(to) >= last:
        return "seen"
    inside = row.messages.filter(pk__range=(first, last)).exclude(is_askers=row.is_asker(to))
    gone = inside.count() != inside.model.objects.standing().filter(pk__in=inside).count()
    return "not-visible" if gone or not inside.exists() else ""


def stop_link(member: Member) -> str:
    """For the text, where copies show it: the page asks for the address first."""
    token = tokens.make(What.MESSAGE_PAGE, person=member.pk, item=0, days=PAGE_DAYS)
    return f"{settings.BASE_URL}{reverse('corresponding:stop', args=[token])}"


def _due(row: Correspondence, to: Member, moment: datetime) -> datetime | None:
    """When a letter may go; None: not at all."""
    wished = wishes.of(to.pk, moment)
    if wished.never or not _is_wanted(row, to):
        return None
    begin = mails_about(row.pk, to.pk)
    mails = OutgoingMail.objects.filter(key__startswith=begin).order_by("-pk")
    last = mails.values_list("created_at", flat=True).first()
    together = last + rules.TOGETHER if last is not None else moment
    return max(wished.at or moment, together)


def _is_wanted(row: Correspondence, to: Member) -> bool:
    other = row.other(to)
    if other is None or not other.is_active or to.is_demo or not to.is_active:
        return False
    if row.state == Correspondence.State.LEFT or wishes.of(to.pk, now()).never:
        return False
    blocked = Block.objects.filter(by=to, whom=other).exists()
    return not blocked and queries.choice_of(to).by_mail


def _write(number: int, to: Member) -> None:
    with transaction.atomic():
        row = _rows().select_for_update(of=("self",), no_key=True).filter(pk=number).first()
        if row is None or not _is_wanted(row, to):
            return
        messages = queries.untold(row, to)
        if not messages:
            return
        _queue(row, messages, to)
        side = f"{row.side(to)}_told"
        setattr(row, side, messages[-1].pk)
        row.save(update_fields=[side])


def _queue(row: Correspondence, messages: list[Message], to: Member) -> None:
    wished, other = wishes.of(to.pk, now()), row.other(to)
    with override(to.first_language):
        paper = letters.message(row, messages, to=to, content=wished.content, stop=stop_link(to))
    is_named = wished.content != wishes.NOTICE and not to.neutral_subjects
    queue_mail(
        to=to.email,
        subject=paper.subject,
        text=paper.text,
        html=paper.html,
        language=paper.language,
        purpose=PURPOSE,
        key=f"{mails_about(row.pk, to.pk)}{messages[0].pk}-{messages[-1].pk}:",
        headers=_headers(row, to),
        about=About(
            person=to.pk,
            item=f"message:{row.pk}",
            shown_from=other.shown_name[:80] if is_named and other is not None else "",
        ),
    )


def _headers(row: Correspondence, to: Member) -> dict[str, str]:
    listed = list_headers(
        name=LIST_NAME,
        slug="messages",
        what=What.MESSAGE_STOP,
        person=to.pk,
        item=0,
        stop_at="corresponding:stop",
    )
    return {**listed, **reply_to(what=What.MESSAGE, person=to.pk, item=row.pk)}


def _rows() -> Any:
    return Correspondence.objects.select_related("asker", "asked")
