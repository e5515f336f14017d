"""Signed, opaque, expiring words that stand in addresses and links: for one person and one thing.
Made and read here alone; rooms above say what they mean. They need no table and hold no secret."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from functools import lru_cache

from django.conf import settings

from exchange.core.time import now

_MAC = 10
_EPOCH = date(2020, 1, 1)


class What(IntEnum):
    """What a token lets its holder do. Numbers are on paper already: never use one anew."""

    # Answer a contribution (item) or a reply (item).
    ANSWER = 1
    ANSWER_TO = 2
    # Undo, correct or restore what came of an incoming mail (item).
    RECEIPT = 3
    # Say yes to joining, leaving, or to words that came from another address (item: incoming mail).
    JOIN = 4
    LEAVE = 5
    CONFIRM = 6
    # Stop: one contribution (item), one watch, one kept search, digests, everything.
    STOP_FOLLOW = 10
    STOP_WATCH = 11
    STOP_SEARCH = 12
    STOP_DIGEST = 13
    STOP_ALL = 14
    # The same as seen from a page whose link stands in the text: it may be in a forwarded copy, so
    # the page asks for the address first.
    PAGE_FOLLOW = 15
    PAGE_WATCH = 16
    PAGE_SEARCH = 17
    PAGE_DIGEST = 18
    PAGE_ALL = 19
    # The envelope of an outgoing mail (item).
    BOUNCE = 20
    # The owner of an address says that it works again (item: a standing).
    REVIVE = 21
    # The owner puts back what was stopped (item: the event of the stop).
    UNSTOP = 22
    # A seat in a webinar (item): ask by answering, confirm, give it up; a webinar (item): come to
    # it, by answering its announcement. A wish after thirty days (item: a seat).
    SEAT_ASK = 30
    SEAT_CONFIRM = 31
    SEAT_LEAVE = 32
    WEBINAR_COME = 33
    SEAT_TRIED = 34
    # A question that a presenter (item: an Asked) is to answer.
    ASKED_ANSWER = 35
    # Somebody whose words are quoted (item: a Quoted) says yes or no.
    QUOTE = 45
    # A newsletter (item: a subscriber): say yes to getting it, stop it, the page behind the link in
    # its text, answer it.
    NEWS_CONFIRM = 40
    NEWS_STOP = 41
    NEWS_PAGE = 42
    NEWS_ANSWER = 43
    # Go on with what one wrote to the hosts (item: a contact).
    CONTACT = 47
    # Answer a private message (item: a correspondence); no more letters about such messages, at one
    # click and by the page behind the link in the text.
    MESSAGE = 50
    MESSAGE_STOP = 51
    MESSAGE_PAGE = 52
    # An invitation into a group (item: an invitation): answer it, never be invited again. A mentor
    # pair (item: a pair): say yes or no to it, answer its question of the month, leave it.
    SPACE_INVITE = 55
    INVITE_STOP = 56
    PAIR_ASKED = 57
    PAIR_PROMPT = 58
    PAIR_STOP = 59
    # Answer a letter about what a group keeps for itself (item: a paper); hear no more of the group
    # (item: a space).
    PAPER_ANSWER = 60
    PAPER_STOP = 61
    # No more questions that wait for somebody who knows; the page behind the link in the text.
    STOP_OFFERS = 66
    PAGE_OFFERS = 67

    # A hub or group (item): write something new there; stop its mails, and the page of that. Share
    # what one wrote there (item: a contribution) with everybody, as somebody asked.
    TALK = 62
    STOP_SPACE = 63
    PAGE_SPACE = 64
    SHARE_ASKED = 65


# The word before the token in an address of ours.
WORDS = {
    What.ANSWER: "reply",
    What.ANSWER_TO: "reply",
    What.RECEIPT: "reply",
    What.JOIN: "reply",
    What.LEAVE: "reply",
    What.CONFIRM: "reply",
    What.STOP_FOLLOW: "stop",
    What.STOP_WATCH: "stop",
    What.STOP_SEARCH: "stop",
    What.STOP_DIGEST: "stop",
    What.STOP_ALL: "stop",
    What.STOP_OFFERS: "stop",
    What.TALK: "reply",
    What.STOP_SPACE: "stop",
    What.SHARE_ASKED: "reply",
    What.BOUNCE: "bounce",
    What.REVIVE: "reply",
    What.UNSTOP: "reply",
    What.SEAT_ASK: "reply",
    What.SEAT_CONFIRM: "reply",
    What.SEAT_LEAVE: "stop",
    What.WEBINAR_COME: "reply",
    What.SEAT_TRIED: "reply",
    What.ASKED_ANSWER: "reply",
    What.QUOTE: "reply",
    What.CONTACT: "reply",
    What.PAPER_ANSWER: "reply",
    What.PAPER_STOP: "stop",
    What.MESSAGE: "reply",
    What.MESSAGE_STOP: "stop",
    What.SPACE_INVITE: "reply",
    What.INVITE_STOP: "stop",
    What.PAIR_ASKED: "reply",
    What.PAIR_PROMPT: "reply",
    What.PAIR_STOP: "stop",
    What.NEWS_CONFIRM: "reply",
    What.NEWS_STOP: "stop",
    What.NEWS_ANSWER: "reply",
}


PAGES = {
    What.STOP_FOLLOW: What.PAGE_FOLLOW,
    What.STOP_WATCH: What.PAGE_WATCH,
    What.STOP_SEARCH: What.PAGE_SEARCH,
    What.STOP_DIGEST: What.PAGE_DIGEST,
    What.STOP_ALL: What.PAGE_ALL,
    What.STOP_OFFERS: What.PAGE_OFFERS,
    What.STOP_SPACE: What.PAGE_SPACE,
}


class BadToken(ValueError):
    """Not a token of ours: mistyped, cut short, or made up."""


class Expired(ValueError):
    """It was good once. `token` says for what."""

    def __init__(self, token: Token) -> None:
        super().__init__("expired")
        self.token = token


@dataclass(frozen=True)
class Token:
    """What a token says: this person (0: anybody) may do this with this item until that day."""

    what: What
    person: int
    item: int
    until: date | None


def make(what: What, *, person: int = 0, item: int = 0, days: int | None = None) -> str:
    """A token of small letters and digits, at most 45 long. `days`: how long it is good; None: for
    ever. The same arguments give the same token on the same day."""
    until = (now().date() + timedelta(days=days) - _EPOCH).days if days is not None else 0
    payload = bytes([what]) + _number(person) + _number(item) + until.to_bytes(2, "big")
    mac = _mac(payload)
    return base64.b32encode(mac + _veiled(payload, mac)).decode().rstrip("=").lower()


def read(token: str) -> Token:
    """What it says. Raises BadToken, Expired."""
    raw = _decoded(token)
    mac, payload = raw[:_MAC], _veiled(raw[_MAC:], raw[:_MAC])
    if len(raw) <= _MAC or not hmac.compare_digest(mac, _mac(payload)):
        raise BadToken
    person, rest = _read_number(payload[1:])
    item, rest = _read_number(rest)
    days = int.from_bytes(rest, "big")
    found = Token(What(payload[0]), person, item, _EPOCH + timedelta(days=days) if days else None)
    if found.until is not None and found.until < now().date():
        raise Expired(found)
    return found


def address(what: What, *, person: int = 0, item: int = 0, days: int | None = None) -> str:
    """An address of ours that carries a token: reply+…@, stop+…@, bounce+…@."""
    token = make(what, person=person, item=item, days=days)
    return f"{WORDS[what]}{settings.MAIL_DELIMITER}{token}@{settings.MAIL_DOMAIN}"


def _mac(payload: bytes) -> bytes:
    return _hmac("exchange.mail.token", payload)[:_MAC]


def _veiled(payload: bytes, mac: bytes) -> bytes:
    """Exclusive-or with a stream that only we can make from the mac, as in SIV (RFC 5297): numbers
    of people and things are not to be read off an address. Doing it twice gives it back."""
    stream = _hmac("exchange.mail.veil", mac)
    return bytes(a ^ b for a, b in zip(payload, stream, strict=False))


def _decoded(token: str) -> bytes:
    plain = token.strip().upper()
    if not 16 <= len(plain) <= 60:
        raise BadToken
    try:
        return base64.b32decode(plain + "=" * (-len(plain) % 8))
    except ValueError:
        raise BadToken from None


def _number(value: int) -> bytes:
    """Seven bits a byte, the last without the high bit."""
    out = bytearray()
    while True:
        out.append((value & 0x7F) | (0x80 if value > 0x7F else 0))
        value >>= 7
        if not value:
            return bytes(out)


def _read_number(raw: bytes) -> tuple[int, bytes]:
    value = 0
    for place, byte in enumerate(raw):
        value |= (byte & 0x7F) << (7 * place)
        if not byte & 0x80:
            return value, raw[place + 1 :]
    raise BadToken


def digest(address: str) -> str:
    """By what an address is known where the address itself is not kept."""
    plain = address.strip().lower().encode()
    return _hmac("exchange.mail.address", plain).hex()


def _hmac(salt: str, message: bytes) -> bytes:
    """As `salted_hmac` makes it; a mail needs a dozen, so its key is not derived every time."""
    return hmac.digest(_key(salt, settings.SECRET_KEY), message, "sha256")


@lru_cache(maxsize=16)
def _key(salt: str, secret: str) -> bytes:
    return hashlib.sha256(salt.encode() + secret.encode()).digest()
