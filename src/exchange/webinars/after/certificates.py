"""That somebody took part, on paper: their name for themselves alone, initials for whoever checks.
Called by the pages of a place and of checking. Hosts are never shown a name."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from exchange.core import camera
from exchange.core.text import clean_name
from exchange.webinars import queries
from exchange.webinars.errors import NotNow
from exchange.webinars.models import Certificate, Seat, Webinar
from exchange.webinars.seats import actions as seats

# Letters that nobody takes for another one, neither in print nor by hand.
LETTERS = "ABCDEFGHJKMNPRSTVWXYZ"
LENGTH = 10
LONGEST_NAME = 80
# The name is for printing; after that the code alone remains.
NAME_KEPT = timedelta(days=90)
_MOST_INITIALS = 3


@dataclass(frozen=True)
class Checked:
    """All that whoever has the code is told."""

    title: str
    language: str
    on: date
    initials: str
    people: int


def give(*, seat: Seat, name: str) -> Certificate:
    """A certificate for somebody who says that they were there. The first stands: another name
    means taking it back, so that two people do not share one code. Raises NotNow."""
    webinar = queries.public(seat.webinar_id)
    called = clean_name(name)[:LONGEST_NAME]
    if webinar is None or not may_have(webinar, seat) or not initials_of(called):
        raise NotNow
    with transaction.atomic():
        if seat.came_at is None:
            seats.came(seat=seat)
        found, _fresh = Certificate.objects.get_or_create(
            seat=seat,
            defaults={
                "webinar": webinar,
                "code": _new_code(),
                "name": called,
                "initials": initials_of(called),
                "people": seat.people_came or seat.people,
            },
        )
    return found


def take_back(*, seat: Seat) -> None:
    """Its owner wants it no more: the code is good for nothing from now on."""
    Certificate.objects.filter(seat=seat).delete()


def forget_names(*, at: datetime) -> int:
    """What was printed is printed."""
    rows = Certificate.objects.filter(at__lt=at - NAME_KEPT).exclude(name="")
    return rows.update(name="")


def may_have(webinar: Webinar, seat: Seat) -> bool:
    """Who had a place in an hour that took place."""
    return webinar.is_over and seat.state == Seat.State.TAKEN


def check(typed: str) -> Checked | None:
    """What a code says; None for any that is not one, or whose webinar is not to be seen."""
    code = plain(typed)
    if len(code) != LENGTH:
        return None
    found = Certificate.objects.filter(code=code).first()
    webinar = queries.public(found.webinar_id) if found else None
    if found is None or webinar is None:
        return None
    on = webinar.starts_at.astimezone(webinar.place).date()
    return Checked(webinar.title, webinar.language, on, found.initials, found.people)


def plain(typed: str) -> str:
    """A code as it is kept, however it was typed."""
    return "".join(letter for letter in typed.upper() if letter.isascii() and letter.isalnum())


def spaced(code: str) -> str:
    """As it is read out: two groups of five."""
    return f"{code[:5]}-{code[5:]}"


def initials_of(name: str) -> str:
    """The first letters of a name, of its first words and its last, and nothing that spells more."""
    words = [word for word in (_letters(part) for part in name.split()) if word]
    if len(words) > _MOST_INITIALS:
        words = [*words[: _MOST_INITIALS - 1], words[-1]]
    return " ".join(f"{word[0].upper()[:1]}." for word in words)


def address_of(certificate: Certificate) -> str:
    """Where anybody can check it."""
    path = reverse("webinars:certificate-check")
    return f"{settings.BASE_URL}{path}?{urlencode({'code': spaced(certificate.code)})}"


def drawn(certificate: Certificate) -> SafeString:
    """The address as a code for cameras: dark on white in every light."""
    return camera.code(address_of(certificate))


def _letters(word: str) -> str:
    return "".join(letter for letter in word if letter.isalpha())


def _new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _place in range(LENGTH))
