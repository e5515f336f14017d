"""The headers by which mail programs sort a mail, show it in its thread, answer it and stop it.
For the letters of every room; what they return goes into `queue_mail(headers=...)`."""

from __future__ import annotations

import re
from base64 import b64encode

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from exchange.mail import tokens
from exchange.mail.tokens import What

ANSWER_DAYS = 180
PAGE_DAYS = 400
_LONGEST_NAME = 60
_ATOMS = re.compile(r"[A-Za-z0-9 ]+")


def list_headers(
    *,
    name: str,
    slug: str,
    what: What,
    person: int,
    item: int,
    page: str = "",
    thread: int = 0,
    stop_at: str = "alerts:stop",
) -> dict[str, str]:
    """List-Id, the ways to stop it (RFC 8058), the page it is kept at, and its thread.

    `name` and `slug` ("question-12") stand in lists of folders: they must be neutral. `page` is a
    whole address. `thread`: the number of the contribution whose mails are to stand together.
    `stop_at`: the name of the page that takes the one click."""
    token = tokens.make(what, person=person, item=item)
    by_mail = tokens.address(what, person=person, item=item)
    stop = f"{settings.BASE_URL}{reverse(stop_at, args=[token])}"
    return {
        "List-Id": f"{phrase(name)} <{slug}.{settings.MAIL_DOMAIN}>",
        "List-Unsubscribe": f"<{stop}>, <mailto:{by_mail}?subject=stop>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        **({"List-Archive": f"<{page}>"} if page else {}),
        **(in_thread(thread) if thread else {}),
    }


def stop_page(*, what: What, person: int, item: int) -> str:
    """The link for the text of a mail. Whoever a copy is forwarded to can read it, so it opens a
    page that asks for the address the mail was sent to; it is no key to the one click."""
    token = tokens.make(tokens.PAGES[what], person=person, item=item, days=PAGE_DAYS)
    return f"{settings.BASE_URL}{reverse('alerts:stop', args=[token])}"


def reply_to(
    *, what: What, person: int, item: int, days: int | None = ANSWER_DAYS
) -> dict[str, str]:
    """Where an answer goes: signed for this person and this item, good for half a year."""
    return {"Reply-To": f"<{tokens.address(what, person=person, item=item, days=days)}>"}


def in_thread(contribution: int) -> dict[str, str]:
    """Mails about one contribution stand together. Nobody can guess the first one's id, so nobody
    can put mail of their own under it."""
    secret = salted_hmac("exchange.mail.thread", str(contribution), algorithm="sha256")
    root = f"<thread-{secret.hexdigest()[:32]}@{settings.MAIL_DOMAIN}>"
    return {"References": root, "In-Reply-To": root}


def answering(message_id: str) -> dict[str, str]:
    """For an answer that a program writes to a mail that came in (RFC 3834). An id that is not
    one is left out."""
    headers = {"Auto-Submitted": "auto-replied"}
    plain = message_id.strip()
    if plain.startswith("<") and plain.endswith(">") and plain.isascii() and plain.isprintable():
        headers.update({"In-Reply-To": plain[:250], "References": plain[:250]})
    return headers


def phrase(name: str) -> str:
    """A short name as a header may carry it: as it is, quoted, or encoded words of at most 75 characters."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    plain = plain[:_LONGEST_NAME].strip()
    if _ATOMS.fullmatch(plain):
        return plain
    if plain.isascii():
        return '"' + plain.replace("\\", "").replace('"', "") + '"'
    return encoded_words(plain)


def encoded_words(text: str) -> str:
    """RFC 2047, on one line: no letter is cut in two."""
    words, part = [], ""
    for letter in text:
        if len((part + letter).encode()) > 42:
            words.append(part)
            part = ""
        part += letter
    words.append(part)
    return " ".join(f"=?utf-8?b?{b64encode(word.encode()).decode()}?=" for word in words)
