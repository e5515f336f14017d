"""What members may do, and what a name may look like. Pure: plain values in, an answer out.
Called by actions, forms and doors of every room above."""

import re
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator

from exchange.core.text import skeleton
from exchange.members.models import Member

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
LANGUAGES_AT_MOST = 4
TOPICS_AT_MOST = 8
# What people write about themselves in words of their own.
LINES = ("role", "practice", "place", "helps_with", "seeks")
LONGEST_PAUSE = timedelta(days=366)

_ADDRESS = re.compile(r"\S@\S|https?:|www\.|://|\w\.(com|org|net|info|io|int|gov|edu)\b", re.I)
_DIGITS = re.compile(r"\d")
_DIGITS_OF_A_PHONE = 6
# Words that would let a name pass for the people who run the place, as `skeleton` sees them.
_OF_THE_HOUSE = frozenset(
    skeleton(word)
    for word in (
        *("admin", "administrator", "administrateur", "administrador", "exchange", "host", "hosts"),
        *("moderator", "moderador", "safeguarding", "support", "hôte", "anfitrión", "anfitrião"),
        *("mwenyeji", "مضيف", "المضيف", "مشرف", "المشرف"),
    )
)


def has_second_factor(member: Member) -> bool:
    """Whether an authenticator app or a passkey is set up; recovery codes alone do not count."""
    found = Authenticator.objects.filter(user_id=member.pk, type__in=SECOND_FACTORS)
    return bool(found.exists())


def may_host(member: Member) -> bool:
    """Hosts may do their work only with a second factor."""
    return member.is_appointed and has_second_factor(member)


def trust(member: Member) -> bool:
    """Welcomed by a host and accepted at least once, or a host: their words need not wait."""
    return not member.is_newcomer


def may_pause(host: Member, member: Member) -> bool:
    """Hosts pause members: not hosts, not themselves, not somebody who has left."""
    return host.is_host and not member.is_host and member.is_active and host.pk != member.pk


def is_end_of_pause(until: datetime, moment: datetime) -> bool:
    return moment < until <= moment + LONGEST_PAUSE


def is_contact(name: str) -> bool:
    """Whether a name is really an e-mail address, a web address or a phone number."""
    return bool(_ADDRESS.search(name)) or len(_DIGITS.findall(name)) >= _DIGITS_OF_A_PHONE


def is_of_the_house(name: str) -> bool:
    """Whether a name says that its bearer runs the Exchange."""
    words = {skeleton(word) for word in re.split(r"[\W_]+", name)}
    return bool((words | {skeleton(name)}) & _OF_THE_HOUSE)
