"""Telling writers what became of what they offered, and hosts that something waits.
Called by the hooks; each writes at most one mail to one person and may be called again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import override

from exchange.contributions import mails
from exchange.library.models import Resource, Rung, Standing
from exchange.library.offering import letters
from exchange.library.offering.actions import OFFERED
from exchange.library.offering.letters import Letter
from exchange.mail.actions import queue_mail
from exchange.members.models import Member


def tell_writer(*, what: str, pk: int, by_id: int | None) -> None:
    """What a host decided, if it still stands so and the record can still be read."""
    rows: Any = OFFERED[what]._default_manager
    row: Any = rows.select_related("resource").filter(pk=pk).first()
    if row is None or row.by_id == by_id or row.checked_at is None:
        return
    writer = reachable(row.by_id)
    resource: Resource = row.resource
    if writer is None or not resource.is_public:
        return
    with override(writer.first_language):
        if row.standing == Standing.PUBLISHED:
            letter = letters.it_stands(resource, row.note)
        elif row.standing == Standing.DECLINED:
            letter = letters.not_taken(resource, row.note, words_of(row))
        else:
            return
    write(writer, letter, f"{_about(resource.pk, what, pk)}:{row.standing}")


def tell_hosts(*, by_id: int | None, at: datetime) -> None:
    """That something waits; each host once a day."""
    for host in Member.objects.active().filter(is_demo=False).hosts():
        if host.pk == by_id:
            continue
        with override(host.first_language):
            letter = letters.something_waits()
        write(host, letter, f"library:waiting:{host.pk}:{at:%Y-%m-%d}")


def forget(*, what: str, pk: int, resource_id: int) -> None:
    """It was taken back: letters about it stop, and keep no word of it."""
    mails.forget(_about(resource_id, what, pk))


def _about(resource_id: int, what: str, pk: int) -> str:
    return f"{mails.about(resource_id)}:offered:{what}:{pk}"


def write(member: Member, letter: Letter, key: str) -> None:
    with override(member.first_language):
        subject = letters.subject_for(member, letter)
    queue_mail(
        to=member.email,
        subject=subject,
        text=letter.text,
        language=member.first_language,
        purpose="library",
        key=key,
    )


def reachable(pk: int | None) -> Member | None:
    """The member of this number, if we may write to them."""
    found: Member | None = Member.objects.active().filter(is_demo=False, pk=pk or 0).first()
    return found


def words_of(row: object) -> str:
    """The words somebody offered, whatever they are."""
    names = ("text",) if isinstance(row, Rung) else ("text", "where", "communities", "how", "link")
    return "\n".join(filter(None, (getattr(row, name, "") for name in names)))
