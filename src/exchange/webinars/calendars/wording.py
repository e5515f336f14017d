"""The words of a webinar in calendars and in links that put it there: nothing in them opens a room.
Called by `calendars.building` and its pages, in the language that is active."""

from __future__ import annotations

import re

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from exchange.core.languages import named
from exchange.core.text import clean, clean_line, excerpt
from exchange.webinars.models import Engine, Seat, Webinar

LONGEST_TITLE = 200
LONGEST_WORDS = 280
# Whatever leads elsewhere, and the words by which rooms are opened: a calendar is shared, kept and
# carried over, so none of it may stand there, whoever typed it.
_LEADS_AWAY = re.compile(r"\b(?:[a-z][a-z0-9+.-]{1,15}://|www\.)\S+", re.IGNORECASE)
_PLACES = re.compile(r"\S*\b(?:zoom\.us|meet\.google|teams\.(?:microsoft|live)|jit\.si)\S*", re.I)
_OPENS = re.compile(
    r"[^.\n]*\b(?:pass ?codes?|pass ?words?|pin|meeting id|mot de passe|contraseña|senha|nenosiri)"
    r"\b[^.\n]*",
    re.IGNORECASE,
)


def summary(webinar: Webinar) -> str:
    """The title, on one line."""
    title = _without_ways_in(clean_line(webinar.title), webinar)[:LONGEST_TITLE].strip()
    return title or _("Webinar")


def description(webinar: Webinar, page: str) -> str:
    """A few lines: what it is, in which languages, and where the way in is."""
    words = clean(webinar.summary or webinar.body)
    words = excerpt(_without_ways_in(words, webinar), LONGEST_WORDS)
    spoken = ", ".join(named(code) for code in webinar.spoken_codes)
    lines = [
        words,
        _("Spoken: %(languages)s") % {"languages": spoken} if spoken else "",
        _("All about it, and the way in: %(link)s") % {"link": page},
    ]
    return "\n\n".join(filter(None, lines))


def place(webinar: Webinar) -> str:
    """Where it is, in words."""
    if webinar.engine == Engine.NONE and not webinar.has_sound:
        return _("Online: by text or e-mail")
    if webinar.engine == Engine.NONE:
        return _("Online: by sound, text or e-mail")
    return _("Online: by video, sound, text or e-mail")


def page_of(webinar: Webinar, seat: Seat | None = None) -> str:
    """The page that leads in. Whoever has no account has one of their own, by the key in their
    mail; everybody else signs in on the page that all may see. Its address is the short one: the
    readable one is made of what somebody typed, and changes with it."""
    path = reverse("webinars:page", args=[webinar.pk, "-"])
    if seat is not None and seat.member_id is None:
        path = seat_page(seat) or path
    return f"{settings.BASE_URL}{path}"


def seat_page(seat: Seat) -> str:
    try:
        return reverse("webinars:seat", args=[seat.key])
    except NoReverseMatch:
        return ""


def _without_ways_in(words: str, webinar: Webinar) -> str:
    if webinar.engine_link:
        words = words.replace(webinar.engine_link, "")
    for pattern in (_LEADS_AWAY, _PLACES, _OPENS):
        words = pattern.sub("", words)
    return words.strip().lstrip(".,;:!?)\n ")
