"""Which of our mails came back: by the token of its envelope, else by its Message-ID.
Called by `mail.bounces.actions`. Both cannot be guessed, so nobody stops somebody else's mail."""

from __future__ import annotations

import re

from exchange.mail.bounces.reading import Report
from exchange.mail.letters import sender
from exchange.mail.models import OutgoingMail
from exchange.mail.tokens import BadToken, Expired, Token, What, read

_ID = re.compile(r"<[0-9a-f]{40}@([^<>@\s]+)>", re.IGNORECASE)


def is_ours(message_id: str) -> bool:
    """Whether we made this Message-ID."""
    found = _ID.fullmatch(message_id.strip())
    return found is not None and found[1].lower() == sender().rpartition("@")[2].lower()


def which(report: Report, token: str) -> OutgoingMail | None:
    """The mail it is about. `token` stood in the address it came to."""
    for text in filter(None, (token, *report.tokens)):
        found = _read(text)
        if found is not None:
            mail = OutgoingMail.objects.filter(pk=found.item).first()
            if mail is not None:
                return mail
    ids = [one for one in report.ids if is_ours(one)][:20]
    return OutgoingMail.objects.filter(message_id__in=ids).order_by("pk").first() if ids else None


def _read(text: str) -> Token | None:
    try:
        token = read(text)
    except Expired as gone:
        token = gone.token
    except (BadToken, ValueError):
        return None
    return token if token.what == What.BOUNCE else None
