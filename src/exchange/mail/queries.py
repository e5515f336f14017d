"""The outbox as its page shows it.
Called by `mail.views`, in local mode."""

import re
from dataclasses import dataclass

from exchange.core.languages import direction
from exchange.mail import outbox
from exchange.mail.models import OutgoingMail

PAGE = 30
# A line of its own that is a code to type: capitals and digits, perhaps in groups.
_CODE_LINE = re.compile(r"(?=[^\n]*(?:\d|-))[A-Z0-9]{3,10}(?:-[A-Z0-9]{2,8}){0,3}")


@dataclass(frozen=True)
class Letter:
    """One mail prepared for the page; `code` is the sign-in code in it, if there is one."""

    mail: OutgoingMail
    code: str
    direction: str
    has_file: bool


def letters(*, before: int | None = None) -> list[Letter]:
    """A page of mails, the newest first, older than the given one."""
    mails = OutgoingMail.objects.order_by("-id")
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
