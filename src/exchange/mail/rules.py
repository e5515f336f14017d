"""What a mail must look like to be accepted into the queue.
Called by `mail.actions.queue_mail`; a refusal names the reason by a code."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from exchange.mail.letters import wire_address

LONGEST_ADDRESS = 254
LONGEST_SUBJECT = 200
LARGEST_TEXT = 200_000
LARGEST_HTML = 400_000
LARGEST_CALENDAR = 40_000
LONGEST_HEADER = 900
# These go to many at once, and every other mail overtakes them: a sign-in code cannot wait.
BULK_PURPOSES = frozenset({"digest", "newsletter", "brief"})

# A mail that waited longer than this says nothing that is still new, or went before a backup was
# put back.
GOOD_FOR = {
    "code": timedelta(hours=1),
    "alert": timedelta(days=3),
    "digest": timedelta(days=2),
}
USUALLY_GOOD_FOR = timedelta(days=7)

_KEY = re.compile(r"[A-Za-z0-9._:/+=-]{1,120}")
_PURPOSE = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?")
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}")
# All that could break a header line: CR, LF and the other characters some program takes for one.
_BREAKS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")
# One event for one person, of a program that says what is to be done with it.
_CALENDAR = re.compile(
    r"BEGIN:VCALENDAR\r\n(?:(?!END:VC)[^\r\n]+\r\n)*METHOD:(?:REQUEST|CANCEL)\r\n"
    r"(?:(?!END:VC)[^\r\n]+\r\n)*END:VCALENDAR\r\n"
)
_NEVER_IN_A_BODY = re.compile(r"[\x00\ud800-\udfff]")
OURS = frozenset(
    [
        "from",
        "to",
        "cc",
        "bcc",
        "sender",
        "date",
        "subject",
        "message-id",
        "mime-version",
        "return-path",
        "auto-submitted",
        "content-language",
        "content-type",
        "content-transfer-encoding",
        "content-disposition",
    ]
)


class MailRefused(ValueError):
    """This mail is not taken into the queue; `code` says why, without quoting any of it."""

    def __init__(self, code: str) -> None:
        super().__init__(f"mail refused: {code}")
        self.code = code


class Dated(Protocol):
    """What is asked of a mail to know whether it is stale."""

    purpose: str
    created_at: datetime
    send_before: datetime | None


def is_stale(mail: Dated, now: datetime) -> bool:
    """Whether a mail is too old to go: by its own date, or by what it is for."""
    if mail.send_before is not None and now > mail.send_before:
        return True
    return now - mail.created_at > GOOD_FOR.get(mail.purpose, USUALLY_GOOD_FOR)


def check_address(to: str) -> None:
    """Exactly one plain address: nobody learns who else was written to."""
    if not to.strip():
        raise MailRefused("no-recipient")
    if _BREAKS.search(to):
        raise MailRefused("header-break")
    try:
        validate_email(to)
    except ValidationError:
        raise MailRefused("bad-address") from None
    try:
        too_long = len(wire_address(to)) > LONGEST_ADDRESS
    except UnicodeError:
        too_long = True
    if too_long:
        raise MailRefused("bad-address")


def check_content(*, subject: str, text: str, html: str) -> None:
    """A subject of one line, a text part always, nothing oversize."""
    if _BREAKS.search(subject):
        raise MailRefused("header-break")
    if not subject.strip() or not text.strip():
        raise MailRefused("empty")
    if len(subject) > LONGEST_SUBJECT or len(text) > LARGEST_TEXT or len(html) > LARGEST_HTML:
        raise MailRefused("too-large")
    if _NEVER_IN_A_BODY.search(text) or _NEVER_IN_A_BODY.search(html):
        raise MailRefused("bad-character")


def check_calendar(calendar: str) -> None:
    """An iCalendar object with its METHOD, in lines that end as they must; or nothing."""
    if not calendar:
        return
    if len(calendar) > LARGEST_CALENDAR:
        raise MailRefused("too-large")
    if _NEVER_IN_A_BODY.search(calendar) or not _CALENDAR.fullmatch(calendar):
        raise MailRefused("bad-calendar")


def check_codes(*, key: str, purpose: str, language: str) -> None:
    """The key is a code too: it outlives the mail, so no address may be in it."""
    if not _PURPOSE.fullmatch(purpose):
        raise MailRefused("bad-purpose")
    if not _KEY.fullmatch(key):
        raise MailRefused("bad-key")
    if not _LANGUAGE.fullmatch(language):
        raise MailRefused("bad-language")


def check_headers(headers: Mapping[str, str]) -> None:
    """Extra headers (Reply-To, List-Unsubscribe, References …), never one of our own; but a mail
    that answers one that came in says so (RFC 3834)."""
    for name, value in headers.items():
        if (name, value) == ("Auto-Submitted", "auto-replied"):
            continue
        if not _HEADER.fullmatch(name) or name.lower() in OURS:
            raise MailRefused("bad-header")
        if _BREAKS.search(value):
            raise MailRefused("header-break")
        if not value.isascii():
            raise MailRefused("bad-header")
        if len(value) > LONGEST_HEADER:
            raise MailRefused("too-large")
