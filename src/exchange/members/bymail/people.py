"""Whose address a mail came from.
Registered with `mail.inbound` by hooks.py."""

from __future__ import annotations

from allauth.account.models import EmailAddress

from exchange.core.time import now
from exchange.mail.inbound import Sender
from exchange.members import queries
from exchange.members.models import Member


def sender_at(address: str) -> Sender | None:
    """The member of this address, or of one they have shown to be theirs as well."""
    member = queries.by_address(address) or _by_another(address)
    if member is None or member.is_demo:
        return None
    paused = member.paused_until is not None and member.paused_until > now()
    return Sender(
        person=member.pk,
        address=member.email,
        language=member.first_language,
        active=member.is_active and not paused,
    )


def member_of(sender: Sender | None) -> Member | None:
    """The member a sender stands for."""
    found: Member | None = (
        Member.objects.active().filter(pk=sender.person, is_demo=False).first() if sender else None
    )
    return found


def _by_another(address: str) -> Member | None:
    rows = EmailAddress.objects.filter(
        email__iexact=address.strip(), verified=True, user__erased_at=None
    )
    row = rows.select_related("user").first()
    return row.user if row else None
