"""What a mail service hands in goes into the spool; what it reports goes to the bounces.
Called by `mail.hooks.services`; an error makes the service try again."""

from __future__ import annotations

import re
from datetime import timedelta
from email import policy
from typing import Any

from django.conf import settings

from exchange.core.time import now
from exchange.mail.bounces import actions as bounces
from exchange.mail.bounces.reading import classify
from exchange.mail.door.setting import ascii_domain, domain_of
from exchange.mail.imap.rules import envelope_of
from exchange.mail.models import Bounce, OutgoingMail
from exchange.mail.receiving.actions import take

Kind = Bounce.Kind
# Where services put the mail as it came.
_WHOLE = ("body-mime", "RawEmail", "email", "raw_msg", "message")
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_SAME_REPORT = timedelta(days=1)


def hand_in(event: Any) -> None:
    """A mail that came to the service for us; when this returns it is safe."""
    raw = _raw(event)
    domains = (ascii_domain(settings.MAIL_DOMAIN), ascii_domain(domain_of(settings.MAIL_FROM)))
    sender, recipient = envelope_of(raw, domains=domains, delimiter=settings.MAIL_DELIMITER)
    message = event.message
    told = str(getattr(message, "envelope_recipient", None) or "").split(",")
    take(
        raw,
        via="webhook",
        envelope_from=str(getattr(message, "envelope_sender", None) or sender),
        envelope_to=_ours(told, domains) or recipient or _bare(settings.MAIL_FROM),
    )


def told(event: Any) -> None:
    """A report about one of our mails."""
    told_by_service(
        kind=kind_of(event),
        status=_status(event),
        message_id=str(event.message_id or ""),
        recipient=str(event.recipient or ""),
    )


def told_by_service(
    *, kind: str, status: str = "", message_id: str = "", recipient: str = ""
) -> Bounce | None:
    """Write a service's report down, once; services like to say things twice."""
    mail = _which(message_id, recipient)
    if not kind or mail is None:
        return None
    known = Bounce.objects.filter(
        mail_id=mail.pk, kind=kind, read_by="webhook", at__gt=now() - _SAME_REPORT
    ).first()
    return known or bounces.came_back(mail=mail, kind=kind, status=status, read_by="webhook")


def kind_of(event: Any) -> str:
    """What a report means to us; "" when nothing follows. What is not plainly for ever is soft."""
    sort, reason = event.event_type, event.reject_reason
    if sort in ("complained", "unsubscribed") or reason in ("spam", "unsubscribed"):
        return Kind.COMPLAINT
    if sort == "deferred":
        return Kind.DELAYED
    if sort not in ("bounced", "rejected", "failed"):
        return ""
    if reason == "blocked":
        return Kind.POLICY
    status = _status(event)
    if status:
        return classify(status, _words(event)) or Kind.SOFT
    return Kind.HARD if reason == "invalid" or _is_for_ever(event) else Kind.SOFT


def _bare(address: str) -> str:
    """The bare address of "Name <address>"."""
    return address.rpartition("<")[2].rstrip(">")


def _is_for_ever(event: Any) -> bool:
    """The services' own words for it: Postmark's Type, Mailgun's severity."""
    said = event.esp_event if isinstance(event.esp_event, dict) else {}
    data = said.get("event-data", said)
    is_failed = data.get("event") == "failed" and data.get("severity") == "permanent"
    return bool(is_failed or data.get("Type") == "HardBounce")


def _which(message_id: str, recipient: str) -> OutgoingMail | None:
    """By its Message-ID; services that give mails ids of their own name the recipient only."""
    found = OutgoingMail.objects.filter(message_id=message_id).first() if message_id else None
    if found is None and recipient:
        theirs = OutgoingMail.objects.filter(to_address__iexact=recipient, sent_at__isnull=False)
        found = theirs.order_by("-sent_at").first()
    return found


def _status(event: Any) -> str:
    found = _STATUS.search(_words(event))
    return found[1] if found else ""


def _words(event: Any) -> str:
    return f"{event.mta_response or ''} {event.description or ''}"


def _raw(event: Any) -> bytes:
    """The mail as it came where the service gives it; else put together from its parts."""
    said = event.esp_event
    for name in _WHOLE:
        found = said.get(name) if hasattr(said, "get") else None
        if isinstance(found, bytes):
            return found
        if isinstance(found, str) and ":" in found.partition("\n")[0]:
            return found.encode("utf-8", "surrogateescape")
    try:
        return bytes(event.message.as_bytes(policy=policy.SMTP))
    except (UnicodeError, LookupError):
        return str(event.message.as_string()).encode("utf-8", "replace")


def _ours(addresses: list[str], domains: tuple[str, ...]) -> str:
    plain = (address.strip() for address in addresses)
    return next((one for one in plain if ascii_domain(one.rpartition("@")[2]) in domains), "")
