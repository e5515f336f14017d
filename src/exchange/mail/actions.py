"""Queueing a mail, sending it once, letting it go, forgetting it.
`queue_mail`, `drop_queued` and `forget_address` are for every room; the rest is for `hooks.py`."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from exchange.core import ids, time
from exchange.ledger.actions import record
from exchange.ledger.registry import GiveUp, Later
from exchange.mail import outbox, smtp
from exchange.mail.letters import message_id_for
from exchange.mail.models import OutgoingMail
from exchange.mail.rules import (
    BULK_PURPOSES,
    check_address,
    check_codes,
    check_content,
    check_headers,
)

KEEP_DAYS = 30
BLANK_AT_ONCE = 2000

State = OutgoingMail.State


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


class NoLongerWanted(Exception):
    """The mail was dropped while the line to the server was being opened."""


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
) -> OutgoingMail:
    """Put one mail to one address in the queue; the same key again gives back the first mail.

    `key` and `purpose` are codes without an address. Raises MailRefused with a code."""
    subject, extra = str(subject).strip(), dict(headers or {})
    key = key or f"{purpose}:{ids.new_id()}"
    check_codes(key=key, purpose=purpose, language=language)
    check_address(to)
    check_content(subject=subject, text=text, html=html)
    check_headers(extra)
    with transaction.atomic():
        mail, is_new = OutgoingMail.objects.get_or_create(
            key=key,
            defaults={
                "to_address": to,
                "subject": subject,
                "text": text,
                "html": html,
                "language": language,
                "purpose": purpose,
                "headers": extra,
                **asdict(about),
                "message_id": message_id_for(key),
                "created_at": time.now(),
            },
        )
        if is_new:
            kind = "mail.bulk_queued" if purpose in BULK_PURPOSES else "mail.queued"
            record(kind, subject_type="mail", subject_id=mail.pk, public=False)
    return mail


def send(*, mail_id: int) -> Callable[[], None] | None:
    """Outside work: bring one mail on its way. Returns what to write when it has gone.

    "sending" is committed before the first byte of the text leaves; whoever finds a mail in that
    state follows somebody who died in the middle, and must not guess (docs/decisions)."""
    mail = OutgoingMail.objects.get(pk=mail_id)
    if mail.state in (State.SENT, State.DROPPED):
        return None
    if mail.state == State.SENDING:
        _settle_as(mail, State.UNSURE, "crashed-while-sending")
        raise GiveUp("crashed-while-sending")
    if mail.state in (State.UNSURE, State.FAILED):
        raise GiveUp(mail.last_error or mail.state)
    if settings.PRODUCTION and not settings.SMTP_URL:
        raise Later("no-smtp-server-set")
    if not settings.PRODUCTION:
        outbox.write(mail)
    if settings.SMTP_URL and not _hand_to_server(mail):
        return None
    return partial(_mark_sent, mail)


def reopen(*, mail_id: int) -> None:
    """A host lets a mail go again that failed, or of which nobody knows whether it went."""
    OutgoingMail.objects.filter(pk=mail_id, state__in=[State.UNSURE, State.FAILED]).update(
        state=State.QUEUED, last_error=""
    )


def drop(*, mail_id: int) -> None:
    """A host decides that this mail need not go."""
    OutgoingMail.objects.filter(
        pk=mail_id, state__in=[State.QUEUED, State.UNSURE, State.FAILED]
    ).update(state=State.DROPPED)


def drop_queued(*, key_prefix: str) -> int:
    """Stop mails that have not gone yet, by the beginning of their key: a text was withdrawn.
    Those that failed are stopped too: a host could let them go again."""
    waiting = OutgoingMail.objects.filter(
        state__in=[State.QUEUED, State.FAILED], key__startswith=key_prefix
    )
    return waiting.update(state=State.DROPPED)


def forget_words(*, key_prefix: str) -> int:
    """A text was withdrawn: the mails about it that went, or were stopped, keep no word of it
    here. The addresses stay until the mails are old, so that they can be asked to delete it."""
    theirs = OutgoingMail.objects.filter(key__startswith=key_prefix).exclude(state=State.SENDING)
    # Nobody knows whether these went; a host must not let them go again.
    theirs.filter(state=State.UNSURE).update(state=State.DROPPED)
    if not settings.PRODUCTION:
        for mail in theirs:
            outbox.remove(mail)
    return theirs.update(subject="", text="", html="")


def forget_address(*, address: str) -> None:
    """Somebody leaves: nothing more is sent to the address, and no row keeps it."""
    theirs = OutgoingMail.objects.filter(to_address__iexact=address)
    with transaction.atomic():
        _blank(list(theirs.exclude(state=State.SENDING)), now=time.now())


def blank_old(*, now: datetime) -> int:
    """After 30 days only the fact remains that a mail went. One that has not gone by then is
    dropped: nobody waits for it any more."""
    before = now - timedelta(days=KEEP_DAYS)
    old = OutgoingMail.objects.filter(created_at__lt=before, blanked_at__isnull=True)
    mails = list(old.exclude(state=State.SENDING).order_by("created_at")[:BLANK_AT_ONCE])
    with transaction.atomic():
        _blank(mails, now=now)
    return len(mails)


def _hand_to_server(mail: OutgoingMail) -> bool:
    """Whether the server took it; no when the mail was dropped meanwhile."""
    try:
        smtp.line.send(mail, about_to_send=partial(_begin_sending, mail))
    except NoLongerWanted:
        return False
    except smtp.NotNow as trouble:
        _settle_as(mail, State.QUEUED, trouble.code)
        raise Later(trouble.code) from None
    except smtp.Never as trouble:
        _settle_as(mail, State.FAILED, trouble.code)
        raise GiveUp(trouble.code) from None
    except smtp.Unsure as trouble:
        _settle_as(mail, State.UNSURE, trouble.code)
        raise GiveUp(trouble.code) from None
    return True


def _begin_sending(mail: OutgoingMail) -> None:
    begun = OutgoingMail.objects.filter(pk=mail.pk, state=State.QUEUED).update(
        state=State.SENDING, attempts=F("attempts") + 1
    )
    if not begun:
        raise NoLongerWanted


def _settle_as(mail: OutgoingMail, state: str, code: str) -> None:
    OutgoingMail.objects.filter(pk=mail.pk, state__in=[State.QUEUED, State.SENDING]).update(
        state=state, last_error=code
    )


def _mark_sent(mail: OutgoingMail) -> None:
    OutgoingMail.objects.filter(pk=mail.pk, state__in=[State.QUEUED, State.SENDING]).update(
        state=State.SENT, sent_at=time.now(), last_error=""
    )


def _blank(mails: list[OutgoingMail], *, now: datetime) -> None:
    rows = OutgoingMail.objects.filter(pk__in=[mail.pk for mail in mails])
    rows.filter(~Q(state=State.SENT)).update(state=State.DROPPED)
    rows.update(to_address="", subject="", text="", html="", headers={}, blanked_at=now)
    if not settings.PRODUCTION:
        for mail in mails:
            outbox.remove(mail)
