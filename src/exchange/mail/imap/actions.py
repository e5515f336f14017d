"""Brings new mails from the mailbox into the spool; what is marked as seen there is safe here.
Called by `mail.hooks.imap` every two minutes."""

from __future__ import annotations

import imaplib
import logging
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parseaddr
from time import monotonic

from django.conf import settings

from exchange.mail.door.setting import Limits, ascii_domain, domain_of
from exchange.mail.imap.rules import Box, Unusable, box_of, envelope_of
from exchange.mail.receiving.actions import take

log = logging.getLogger(__name__)

MAILS = 50
BYTES = 60_000_000
SECONDS = 90.0
PATIENCE = 20.0
LARGEST = Limits.size


class _Careful(imaplib.IMAP4):
    """A server that announces more than it should is hung up on before memory is."""

    def read(self, size: int) -> bytes:
        if size > LARGEST + 1_000_000:
            raise self.abort("too-large")
        return super().read(size)


class _CarefulUnderTls(_Careful, imaplib.IMAP4_SSL):
    """The same under TLS from the first byte."""


def bring() -> int:
    """Take what is new in the mailbox; how many. Trouble is one line in the log: two minutes later
    is another try, and nothing was marked as seen that is not here."""
    try:
        box = box_of(settings.IMAP_URL)
        with _opened(box) as server:
            return _bring_new(server)
    except Unusable as trouble:
        log.warning("the mailbox cannot be asked: %s", trouble)
    except ssl.SSLError:
        log.warning("the mailbox cannot be asked: imap-tls-failed")
    except imaplib.IMAP4.error as trouble:
        log.warning("the mailbox cannot be asked: %s", _code(trouble))
    except (OSError, ValueError, EOFError) as trouble:
        log.warning("the mailbox cannot be asked: imap-%s", type(trouble).__name__)
    return 0


@contextmanager
def _opened(box: Box) -> Iterator[imaplib.IMAP4]:
    context = ssl.create_default_context()
    if box.tls_at_once:
        server: imaplib.IMAP4 = _CarefulUnderTls(
            box.host, box.port, ssl_context=context, timeout=PATIENCE
        )
    else:
        server = _Careful(box.host, box.port, timeout=PATIENCE)
    try:
        if not box.tls_at_once and not box.is_this_machine:
            if "STARTTLS" not in server.capabilities:
                raise Unusable("imap-without-tls")
            server.starttls(context)
        try:
            server.login(box.user, box.password)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error:
            raise Unusable("imap-password-refused") from None
        if server.select(f'"{box.folder}"')[0] != "OK":
            raise Unusable("imap-no-such-folder")
        yield server
    finally:
        _hang_up(server)


def _hang_up(server: imaplib.IMAP4) -> None:
    """Politely where that is possible. Never CLOSE, which would remove what others marked."""
    try:
        server.logout()
    except (imaplib.IMAP4.error, OSError, ValueError):
        server.shutdown()


def _bring_new(server: imaplib.IMAP4) -> int:
    until, taken, weight, too_large = monotonic() + SECONDS, 0, 0, 0
    for uid in _unseen(server):
        if taken >= MAILS or weight >= BYTES or monotonic() > until:
            break
        size = _size(server, uid)
        if size > LARGEST:
            too_large += 1
            continue
        raw = _whole(server, uid)
        if raw:
            _store(raw)
            server.uid("STORE", uid, "+FLAGS.SILENT", r"(\Seen)")
            taken, weight = taken + 1, weight + len(raw)
    if too_large:
        log.warning("mails too large for us wait in the mailbox: %d", too_large)
    return taken


def _unseen(server: imaplib.IMAP4) -> list[str]:
    kind, found = server.uid("SEARCH", "UNSEEN")
    if kind != "OK":
        raise Unusable("imap-search-refused")
    words = b" ".join(part for part in found if isinstance(part, bytes)).split()
    return [word.decode() for word in words if word.isdigit()]


def _size(server: imaplib.IMAP4, uid: str) -> int:
    _, found = server.uid("FETCH", uid, "(RFC822.SIZE)")
    told = re.search(rb"RFC822\.SIZE (\d+)", b" ".join(_heads(found)))
    return int(told[1]) if told else 0


def _whole(server: imaplib.IMAP4, uid: str) -> bytes:
    """The mail itself; looking at it does not mark it. Nothing if it has gone meanwhile."""
    kind, found = server.uid("FETCH", uid, "(BODY.PEEK[])")
    whole = [part[1] for part in found or [] if isinstance(part, tuple)] if kind == "OK" else []
    return whole[0] if whole and isinstance(whole[0], bytes) else b""


def _heads(found: list[object]) -> list[bytes]:
    parts = (part[0] if isinstance(part, tuple) else part for part in found or [])
    return [part for part in parts if isinstance(part, bytes)]


def _store(raw: bytes) -> None:
    """Into the spool. A mail that names none of our addresses came for the mailbox itself."""
    own = parseaddr(settings.MAIL_FROM)[1]
    domains = tuple({ascii_domain(settings.MAIL_DOMAIN), ascii_domain(domain_of(own))})
    sender, recipient = envelope_of(raw, domains=domains, delimiter=settings.MAIL_DELIMITER)
    take(raw, via="imap", envelope_from=sender, envelope_to=recipient or own)


def _code(trouble: imaplib.IMAP4.error) -> str:
    """The server's own words may quote an address; they are not kept."""
    return "imap-hung-up" if isinstance(trouble, imaplib.IMAP4.abort) else "imap-refused"
