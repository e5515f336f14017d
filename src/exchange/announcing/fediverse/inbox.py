"""What comes in from other servers: somebody follows, stops following, or is gone. Nothing else is
read further, and no word of strangers is kept or shown. Called by the view of the inbox.

ActivityPub 7 (server to server), 7.5 Follow, 7.10 Undo; unsigned requests are refused."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from exchange.announcing.fediverse import actions, asking, pace, proof, queries
from exchange.announcing.fediverse.asking import Stranger, Unknown
from exchange.announcing.fediverse.proof import Proof, Request
from exchange.announcing.fediverse.queries import Pen
from exchange.announcing.fediverse.signing import NotSigned
from exchange.announcing.models import Actor, Follower
from exchange.announcing.rules import LONGEST, host_of
from exchange.core.time import now

LARGEST = 64_000
TAKEN = 202
FOLLOW, UNDO, DELETE = "Follow", "Undo", "Delete"


class Refused(Exception):
    """Not taken: the status to answer with, and a code that is safe to show."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status, self.code = status, code


@dataclass(frozen=True)
class Wish:
    """What an activity asks of us."""

    what: str
    actor: str
    # What a Follow is called, so that our answer can name it.
    follow: str = ""


def take(request: Request, row: Actor) -> int:
    """Do what is asked; the status to answer with. Raises Refused."""
    pen = queries.pen(row)
    if pen is None:
        raise Refused(503, "no-key")
    try:
        shown = proof.looked_at(request, base=pen.account.base, moment=now())
    except NotSigned as trouble:
        raise Refused(401, trouble.code) from None
    activity = _parsed(request.body)
    actor = _id_of(activity.get("actor"))
    host = host_of(actor)
    if not host or host_of(shown.signature.key_id) != host:
        raise Refused(401, "key-of-another-server")
    if queries.is_blocked(host):
        raise Refused(403, "blocked")
    wish = _wish(activity, actor, pen)
    if wish is None:
        return TAKEN
    _do(wish, shown, pen, host)
    return TAKEN


def _parsed(body: bytes) -> dict[str, Any]:
    try:
        return asking.parsed(body)
    except Unknown as trouble:
        raise Refused(400, trouble.code) from None


def _id_of(given: object) -> str:
    found = given.get("id") if isinstance(given, dict) else given
    # What no database takes, such as a zero byte, is no id.
    if isinstance(found, str) and len(found) <= LONGEST and found.isprintable():
        return found
    return ""


def _wish(activity: dict[str, Any], actor: str, pen: Pen) -> Wish | None:
    """None for everything that is none of our business: it is forgotten unread, and nobody's
    server is asked about it."""
    what, about = activity.get("type"), activity.get("object")
    if what == FOLLOW and _id_of(about) == pen.account.id:
        return Wish(FOLLOW, actor, _id_of(activity.get("id")))
    known = Follower.objects.filter(actor=actor).first()
    if known is None:
        return None
    if what == UNDO and _is_their_follow(about, known, pen):
        return Wish(UNDO, actor)
    if what == DELETE and _id_of(about) == actor:
        return Wish(DELETE, actor)
    return None


def _is_their_follow(about: object, known: Follower, pen: Pen) -> bool:
    if isinstance(about, dict):
        return about.get("type") == FOLLOW and _id_of(about.get("object")) == pen.account.id
    return bool(known.follow) and about == known.follow


def _do(wish: Wish, shown: Proof, pen: Pen, host: str) -> None:
    try:
        stranger = _proven(wish, shown, pen, host)
    except Unknown as trouble:
        if trouble.is_gone and wish.what == DELETE:
            # Their own server says that there is nobody any more; their key has gone with them.
            actions.forget_follower(actor=wish.actor, mark=_mark(shown))
            return
        raise Refused(503 if trouble.is_busy else 401, trouble.code) from None
    if not pace.takes(host, pace.DONE):
        raise Refused(429, "too-many")
    if wish.what != FOLLOW or stranger is None:
        actions.forget_follower(actor=wish.actor, mark=_mark(shown))
        return
    key_id = shown.signature.key_id
    try:
        actions.add_follower(
            stranger=stranger, key_id=key_id, follow=wish.follow, mark=_mark(shown)
        )
    except actions.TooMany:
        raise Refused(429, "too-many-followers") from None


def _proven(wish: Wish, shown: Proof, pen: Pen, host: str) -> Stranger | None:
    """Who signed it; None where the key we keep was enough. A key that does not fit is asked for
    once more, as people change theirs. Raises Refused, Unknown."""
    if wish.what != FOLLOW:
        known = Follower.objects.filter(actor=wish.actor).first()
        fits = known is not None and known.key_id == shown.signature.key_id
        if fits and known is not None and shown.is_by(known.public_key):
            return None
    for anew in (False, True):
        if not pace.takes(host, pace.ASKED):
            raise Refused(429, "too-many")
        stranger, was_asked = asking.who_is(wish.actor, pen=pen, anew=anew)
        pem = stranger.key(shown.signature.key_id)
        if pem and shown.is_by(pem):
            return stranger
        if was_asked:
            break
    raise Refused(401, "signature-wrong")


def _mark(shown: Proof) -> str:
    return hashlib.sha256(shown.signature.value).hexdigest()
