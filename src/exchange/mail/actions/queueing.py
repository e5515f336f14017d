"""Taking mails into the queue, one by one or very many at once; the same key again is the same mail.
For every room, by `mail.actions`."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from exchange.core import ids, time
from exchange.ledger.actions import NotInTransaction, record
from exchange.mail.letters import message_id_for
from exchange.mail.models import OutgoingMail
from exchange.mail.rules import (
    BULK_PURPOSES,
    check_address,
    check_calendar,
    check_codes,
    check_content,
    check_headers,
)

A_BATCH = 100


@dataclass(frozen=True)
class About:
    """Whose mail it is and what it is about, for the ledger of deliveries. `person` is a number of
    the room that writes, `item` a code ("reply:12"), `shown_from` the name before "via the
    Exchange"; after `send_before` it does not go any more."""

    person: int | None = None
    item: str = ""
    channel: str = "mail"
    shown_from: str = ""
    send_before: datetime | None = None


NOBODY = About()


@dataclass(frozen=True)
class Queued:
    """One mail to one address before it is in the queue. `key` and `purpose` are codes without an
    address."""

    to: str
    subject: str
    text: str
    purpose: str
    html: str = ""
    language: str = "en"
    key: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    about: About = NOBODY
    # An iCalendar object with its METHOD.
    calendar: str = ""


def queue_mail(  # noqa: PLR0913 - a mail has so many parts, and all are given by name
    *,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    language: str = "en",
    purpose: str,
    key: str = "",
    headers: Mapping[str, str] | None = None,
    about: About = NOBODY,
    calendar: str = "",
) -> OutgoingMail:
    """Put one mail to one address in the queue; the same key again gives back the first mail.
    Raises MailRefused with a code."""
    sent_with = headers or {}
    return queue(
        Queued(to, subject, text, purpose, html, language, key, sent_with, about, calendar)
    )


def queue(letter: Queued) -> OutgoingMail:
    """The same for a letter that is written already. Raises MailRefused with a code."""
    row = _row(letter)
    with transaction.atomic():
        mail, is_new = OutgoingMail.objects.get_or_create(
            key=row.key, defaults={name: getattr(row, name) for name in _COLUMNS}
        )
        if is_new:
            kind = "mail.bulk_queued" if letter.purpose in BULK_PURPOSES else "mail.queued"
            record(kind, subject_type="mail", subject_id=mail.pk, public=False)
    return mail


def queue_many(letters: Sequence[Queued]) -> list[OutgoingMail]:
    """Put very many mails in the queue, with one delivery for each hundred; everything else goes
    before them. In the caller's transaction; a key that is there already keeps its first mail.
    Gives back the mails in the order of the letters. Raises MailRefused: then none is taken."""
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransaction("many mails were queued outside a transaction")
    rows = [_row(letter) for letter in letters]
    wanted = list({row.key: row for row in rows}.values())
    known = {key for part in _parts(wanted) for key in _known(part)}
    for part in _parts([row for row in wanted if row.key not in known]):
        _put(part)
    found = {mail.key: mail for part in _parts(wanted) for mail in _there(part)}
    return [found[row.key] for row in rows]


_COLUMNS = (
    "to_address",
    "subject",
    "text",
    "html",
    "language",
    "purpose",
    "headers",
    "calendar",
    "person",
    "item",
    "channel",
    "shown_from",
    "send_before",
    "message_id",
    "created_at",
)


def _row(letter: Queued) -> OutgoingMail:
    """The mail as it will be stored, if it may be."""
    subject, headers = str(letter.subject).strip(), dict(letter.headers)
    key = letter.key or f"{letter.purpose}:{ids.new_id()}"
    check_codes(key=key, purpose=letter.purpose, language=letter.language)
    if letter.about.channel == "mail":
        check_address(letter.to)
    check_content(subject=subject, text=letter.text, html=letter.html)
    check_headers(headers)
    check_calendar(letter.calendar)
    return OutgoingMail(
        key=key,
        to_address=letter.to,
        subject=subject,
        text=letter.text,
        html=letter.html,
        language=letter.language,
        purpose=letter.purpose,
        headers=headers,
        calendar=letter.calendar,
        person=letter.about.person,
        item=letter.about.item,
        channel=letter.about.channel,
        shown_from=letter.about.shown_from,
        send_before=letter.about.send_before,
        message_id=message_id_for(key),
        created_at=time.now(),
    )


def _put(rows: list[OutgoingMail]) -> None:
    """One batch: its mails, and one entry in the ledger. Somebody who queues the same keys at the
    same moment keeps theirs, so a batch may be smaller than it was meant to be."""
    batch = secrets.randbits(62)
    for row in rows:
        row.batch = batch
    OutgoingMail.objects.bulk_create(rows, ignore_conflicts=True)
    record("mail.batch_queued", subject_type="mail_batch", subject_id=batch, public=False)


def _known(rows: list[OutgoingMail]) -> list[str]:
    keys = [row.key for row in rows]
    return list(OutgoingMail.objects.filter(key__in=keys).values_list("key", flat=True))


def _there(rows: list[OutgoingMail]) -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(key__in=[row.key for row in rows]))


def _parts(rows: list[OutgoingMail]) -> Iterator[list[OutgoingMail]]:
    return (rows[start : start + A_BATCH] for start in range(0, len(rows), A_BATCH))
