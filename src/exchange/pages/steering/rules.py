"""What can be chosen and for how long: the parts of the home, the sections, places elsewhere by their
host name, and whose words a reader gets. Pure; called by everything beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from exchange.core.languages import direction

# The parts of the home in the order they stand in where nobody has chosen another.
PARTS = {
    "webinars": _("The next webinar"),
    "waiting": _("Waiting for someone who knows"),
    "answered": _("Answered"),
    "experiences": _("What people did"),
    "library": _("New in the library"),
    "briefs": _("In short"),
    "talk": _("Ideas and discussions"),
    "notices": _("What is coming"),
    "topics": _("By topic"),
}
# Sections that can begin with a line and one thing, and the address of each.
SECTIONS = {
    "questions": _("Questions"),
    "experiences": _("Experiences"),
    "library": _("Library"),
    "webinars": _("Webinars"),
    "briefs": _("Briefs"),
}
LONGEST_DAYS = 366
MOST_PLACES = 8
_NAMES = {
    "facebook.com": "Facebook",
    "linkedin.com": "LinkedIn",
    "whatsapp.com": "WhatsApp",
    "wa.me": "WhatsApp",
    "t.me": "Telegram",
    "telegram.me": "Telegram",
    "youtube.com": "YouTube",
    "youtu.be": "YouTube",
}
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}")
_NUMBERED = re.compile(r"/(\d{1,18})(?:-[^/]*)?/?$")


@dataclass(frozen=True)
class Said:
    """Words in the language a reader gets them in."""

    words: str
    title: str
    language: str

    @property
    def direction(self) -> str:
        return direction(self.language)


@dataclass(frozen=True)
class Elsewhere:
    """A place of ours at somebody else's."""

    url: str
    label: str


def said(words: Mapping[str, Mapping[str, str]], language: str) -> Said | None:
    """In the reader's language, else in English, else in the first that is given."""
    for code in (language, "en", *words):
        if code in words:
            one = words[code]
            return Said(one.get("words", ""), one.get("title", ""), code)
    return None


def order(items: Sequence[str]) -> list[str]:
    """The parts to show, as chosen; all of them where nobody chose. A part that is new since then
    is not shown before somebody chooses it."""
    return [code for code in items if code in PARTS] or list(PARTS)


def elsewhere(address: str) -> Elsewhere | None:
    """A place by its address; nothing for what is not one: https alone, nobody's name or password
    in it, no port, no number for a name."""
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError:
        return None
    host = (parts.hostname or "").lower()
    is_plain = parts.scheme == "https" and "@" not in parts.netloc and port is None
    if not is_plain or not _HOST.fullmatch(host) or any(c.isspace() for c in address.strip()):
        return None
    return Elsewhere(address.strip(), _label(host, parts.path))


def number_in(address: str) -> int | None:
    """The number of a contribution in the address of its page."""
    found = _NUMBERED.search(urlsplit(address.strip()).path)
    return int(found[1]) if found else None


def _label(host: str, path: str) -> str:
    for known, name in _NAMES.items():
        if host == known or host.endswith(f".{known}"):
            return name
    return "Mastodon" if re.fullmatch(r"/@[\w.]+/?", path) else host.removeprefix("www.")
