"""The outbox as its page shows it, and who was written to about what.
Called by `mail.views` in local mode; by alerts when something is recalled."""

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from exchange.core.languages import direction
from exchange.mail import outbox
from exchange.mail.models import OutgoingMail
from exchange.mail.together import SIGN

PAGE = 30
# Of a mail in these states somebody may have a copy.
PERHAPS_GONE = ("sent", "sending", "unsure")
# A line of its own that is a code to type: capitals and digits, perhaps in groups.
_CODE_LINE = re.compile(r"(?=[^\n]*(?:\d|-))[A-Z0-9]{3,10}(?:-[A-Z0-9]{2,8}){0,3}")


@dataclass(frozen=True)
class Letter:
    """One mail prepared for the page; `code` is the sign-in code in it, if there is one."""

    mail: OutgoingMail
    code: str
    direction: str
    has_file: bool


@dataclass(frozen=True)
class Sent:
    """Somebody who has a mail of ours, which one, when, and the language it was written in."""

    mail_id: int
    address: str
    language: str
    on: date


def sent_to(*, key_prefix: str) -> list[Sent]:
    """To whom mails of this beginning went, each address once, as far back as addresses are kept."""
    mails = OutgoingMail.objects.filter(key__startswith=key_prefix, state__in=PERHAPS_GONE)
    rows = mails.exclude(to_address="").order_by("pk")
    found: dict[str, Sent] = {}
    for mail in rows:
        on = (mail.sent_at or mail.created_at).date()
        found.setdefault(mail.to_address.lower(), Sent(mail.pk, mail.to_address, mail.language, on))
    return list(found.values())


def words_held(*, containing: str) -> str:
    """What stands in mails of every state, where a word is in it."""
    has = Q(subject__icontains=containing) | Q(text__icontains=containing)
    has |= Q(html__icontains=containing) | Q(calendar__icontains=containing)
    mails = OutgoingMail.objects.filter(has).order_by("pk")[:200]
    told = [f"{mail.subject}\n{mail.text}\n{mail.html}\n{mail.calendar}" for mail in mails]
    return "\n".join(told)


def letters(*, before: int | None = None) -> list[Letter]:
    """A page of mails, the newest first, older than the given one."""
    # What went inside another mail has no words of its own.
    mails = OutgoingMail.objects.exclude(last_error__startswith=SIGN).order_by("-id")
    if before is not None:
        mails = mails.filter(pk__lt=before)
    return [letter(mail) for mail in mails[:PAGE]]


def letter(mail: OutgoingMail) -> Letter:
    """One mail prepared for the page."""
    lines = (line.strip() for line in mail.text.splitlines())
    return Letter(
        mail=mail,
        code=next((line for line in lines if _CODE_LINE.fullmatch(line)), ""),
        direction=direction(mail.language),
        has_file=outbox.path_of(mail).exists(),
    )
