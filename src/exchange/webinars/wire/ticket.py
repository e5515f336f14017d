"""Tickets to the live process: short, signed, for one webinar and one person, for ten minutes. Pure.
Made by `live.tickets`, read by the live process, which then asks no database who somebody is."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass

LASTS = 600  # seconds in which a connection may be opened; an open one is closed by other rules
EVENTS, SOUND = "events", "sound"
HELPERS, PRESENTERS = "helpers", "presenters"
_KINDS = {EVENTS: "e", SOUND: "s"}
_ROLES = {HELPERS: "h", PRESENTERS: "p"}
_LONGEST = 200
_SIGNATURE = 16


class Refused(ValueError):
    """Not ours, changed, too old, or for something else."""


class Expired(Refused):
    """It was good; a new one is to be had."""


@dataclass(frozen=True)
class Claim:
    """What a ticket says: a seat of one webinar (0: somebody who reads along), the audiences its
    holder belongs to by a task, what it opens, and until when (seconds since 1970)."""

    webinar: int
    seat: int
    roles: frozenset[str]
    kind: str
    broadcast: str
    expires: int
    nonce: str


def key_from(secret: str) -> bytes:
    """The key tickets are signed with: the secret itself signs nothing here."""
    return hmac.new(secret.encode(), b"exchange.webinars.wire.ticket", hashlib.sha256).digest()


def fresh_nonce() -> str:
    return secrets.token_urlsafe(6)


def make(claim: Claim, key: bytes) -> str:
    """The ticket, in letters that need no quoting in an address."""
    roles = "".join(sorted(_ROLES[role] for role in claim.roles))
    parts = (claim.webinar, claim.seat, roles, _KINDS[claim.kind])
    said = ".".join(map(str, (*parts, claim.broadcast, claim.expires, claim.nonce)))
    return f"{said}.{_signature(said, key)}"


def read(ticket: str, key: bytes, *, now: float) -> Claim:
    """What a ticket says. Raises Expired or Refused."""
    said, _dot, signature = ticket.rpartition(".")
    if len(ticket) > _LONGEST or not ticket.isascii():
        raise Refused("no ticket of ours")
    if not hmac.compare_digest(signature, _signature(said, key)):
        raise Refused("not signed by us")
    claim = _claim(said.split("."))
    if claim.expires <= now:
        raise Expired("too old")
    return claim


def _signature(said: str, key: bytes) -> str:
    mark = hmac.new(key, said.encode(), hashlib.sha256).digest()[:_SIGNATURE]
    return urlsafe_b64encode(mark).rstrip(b"=").decode()


def _claim(parts: list[str]) -> Claim:
    """Signed, therefore in the form we gave it, or in the form of an older version of ours."""
    try:
        webinar, seat, roles, kind, broadcast, expires, nonce = parts
        return Claim(
            webinar=int(webinar),
            seat=int(seat),
            roles=frozenset(role for role, letter in _ROLES.items() if letter in roles),
            kind={letter: name for name, letter in _KINDS.items()}[kind],
            broadcast=broadcast,
            expires=int(expires),
            nonce=nonce,
        )
    except (ValueError, KeyError) as strange:
        raise Refused("a ticket of another version") from strange
