"""Sending invitations, reminding of them once, and the last look before they go.
Called by the hooks of this matter."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import override

from exchange.hubs.inviting import letters, queries, rules
from exchange.hubs.models import Invitation
from exchange.ledger.models import Event
from exchange.mail.actions import About, queue
from exchange.mail.actions import Queued as Letter
from exchange.mail.headers import list_headers, reply_to
from exchange.mail.models import OutgoingMail
from exchange.mail.tokens import What

PURPOSE = "space-invite"
# A little longer than the invitation: whose answer comes late is told so.
ANSWER_DAYS = 60


def tell(event: Event) -> None:
    """The one letter."""
    row = _open(event.subject_id)
    if row is not None:
        _write(row)


def remind_due(*, at: datetime) -> None:
    """Once, after a week."""
    due = Invitation.objects.open().filter(at__lt=at - rules.REMIND_AFTER, reminded_at=None)
    for pk in due.order_by("pk").values_list("pk", flat=True)[:500]:
        with transaction.atomic():
            row = _open(pk)
            if row is None or not Invitation.objects.filter(pk=pk, reminded_at=None).update(
                reminded_at=at
            ):
                continue
            _write(row, again=True)


def still_goes(mail: OutgoingMail) -> str:
    """Not when it was answered or taken back meanwhile, nor to who wishes none."""
    number = mail.item.partition(":")[2]
    row = _open(int(number) if number.isdecimal() else 0)
    if row is None:
        return "invitation-over"
    return "invitation-unwanted" if queries.wishes_none([row.digest]) else ""


def _write(row: Invitation, *, again: bool = False) -> None:
    person = row.member_id or 0
    with override(row.member.first_language if row.member else row.language):
        paper = letters.invitation(row, again=again)
    listed = list_headers(
        name="Invitations",
        slug="invitations",
        what=What.INVITE_STOP,
        person=person,
        item=row.pk,
        stop_at="hubs:invite-stop",
    )
    answers = reply_to(what=What.SPACE_INVITE, person=person, item=row.pk, days=ANSWER_DAYS)
    queue(
        Letter(
            to=row.member.email if row.member else row.address,
            subject=paper.subject,
            text=paper.text,
            html=paper.html,
            language=paper.language,
            purpose=PURPOSE,
            key=f"{PURPOSE}:{row.pk}:{'again' if again else 'first'}",
            headers={**listed, **answers},
            about=About(
                person=row.member_id,
                item=f"invitation:{row.pk}",
                shown_from=row.by.shown_name if row.by and not row.space.is_sensitive else "",
            ),
        )
    )


def _open(pk: int) -> Invitation | None:
    rows = Invitation.objects.open().select_related("space", "by", "member")
    found: Invitation | None = rows.filter(pk=pk, space__closed_at=None).first()
    if found is None or not (found.member_id or found.address):
        return None
    gone = found.member is not None and (found.member.is_demo or not found.member.is_active)
    return None if gone else found
