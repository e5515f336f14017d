"""The addresses people can write to: opened, closed, added for a hub.
Called by the desk, and by the starter of a new Exchange."""

from __future__ import annotations

import re

from django.conf import settings
from django.db import IntegrityError, transaction

from exchange.ledger.actions import record
from exchange.mail.letters import sender
from exchange.mail.models import Mailbox
from exchange.mail.receiving.recognising import is_robot
from exchange.mail.receiving.routing import TOKEN_WORDS

Opens = Mailbox.Opens
# What a new Exchange begins with: name, what it opens, hub.
STARTER = (
    ("ask", Opens.QUESTION, ""),
    ("share", Opens.EXPERIENCE, ""),
    ("notices", Opens.NOTICE, ""),
    ("hello", Opens.DESK, ""),
    ("concern", Opens.CONCERN, ""),
    ("east-africa", Opens.QUESTION, "east-africa"),
)
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,38}[a-z0-9])?")
# Names that mean something else everywhere (RFC 2142).
_TAKEN = {"abuse", "admin", "root", "security", "webmaster", "hostmaster", *TOKEN_WORDS}


class BadName(ValueError):
    """This cannot be the name of a mailbox; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def check_name(local: str) -> None:
    """Small letters, digits, hyphens and dots; nothing that is ours or means something else."""
    if not _NAME.fullmatch(local) or ".." in local:
        raise BadName("not-a-name")
    if local in _TAKEN or is_robot(local + "@") or local == sender().partition("@")[0].lower():
        raise BadName("taken")


def add(*, local: str, opens: str, by: int, hub: str = "", language: str = "") -> Mailbox:
    """Open a new address. Raises BadName."""
    check_name(local)
    try:
        with transaction.atomic():
            box: Mailbox = Mailbox.objects.create(
                local=local, opens=opens, hub=hub, language=language
            )
            _tell("mailbox.added", box, by)
    except IntegrityError:
        raise BadName("there-already") from None
    return box


def set_open(*, box: Mailbox, is_open: bool, by: int) -> None:
    """Open or close an address. What comes to a closed one goes to the hosts; so the one for worries
    about children never closes."""
    if box.opens == Opens.CONCERN and not is_open:
        raise BadName("never-closed")
    with transaction.atomic():
        if Mailbox.objects.filter(pk=box.pk, is_open=not is_open).update(is_open=is_open):
            _tell("mailbox.opened" if is_open else "mailbox.closed", box, by)


def address_of(box: Mailbox) -> str:
    """As people write it."""
    return f"{box.local}@{settings.MAIL_DOMAIN}"


def load_starter() -> int:
    """The first mailboxes; those that are there stay as hosts have made them."""
    new = 0
    for local, opens, hub in STARTER:
        _box, is_new = Mailbox.objects.get_or_create(
            local=local, defaults={"opens": opens, "hub": hub}
        )
        new += is_new
    return new


def _tell(kind: str, box: Mailbox, by: int) -> None:
    record(kind, subject_type="mailbox", subject_id=box.pk, actor_id=by, public=False)
