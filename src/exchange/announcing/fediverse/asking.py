"""Asking another server who one of its people is: a signed question, little time, little to read.
Called by `inbox`. Nobody is followed elsewhere, and nothing of it is written down here."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from dataclasses import dataclass
from time import monotonic
from typing import Any

from django.conf import settings

from exchange.announcing.fediverse import signing
from exchange.announcing.fediverse.papers import MEDIA_TYPE
from exchange.announcing.fediverse.queries import Pen
from exchange.announcing.rules import LONGEST, host_of, may_reach
from exchange.core import reaching
from exchange.core.time import now

SECONDS = 5.0
LARGEST = 256_000
USER_AGENT = "TheExchange/1.0 (fediverse)"
# Questions under way at once: slow servers elsewhere cannot take all our threads.
_turns = threading.BoundedSemaphore(2)
REMEMBERED, REMEMBERED_FOR = 500, 3600.0
_known: OrderedDict[str, tuple[float, Stranger]] = OrderedDict()
_lock = threading.Lock()


class Unknown(Exception):
    """It could not be found out who this is; `code` is safe to keep. `is_gone`: its server says
    that there is nobody (any more)."""

    def __init__(self, code: str, *, is_gone: bool = False, is_busy: bool = False) -> None:
        super().__init__(code)
        self.code, self.is_gone, self.is_busy = code, is_gone, is_busy


@dataclass(frozen=True)
class Stranger:
    """Who somebody elsewhere is, as far as it is needed to write to them."""

    actor: str
    inbox: str
    shared_inbox: str
    keys: tuple[tuple[str, str], ...]

    def key(self, key_id: str) -> str:
        """The public key of this name; empty when it is not theirs."""
        return dict(self.keys).get(key_id, "")


def who_is(address: str, *, pen: Pen, anew: bool = False) -> tuple[Stranger, bool]:
    """Who that is, and whether it was asked just now. `anew`: what is remembered is not enough.
    Raises Unknown."""
    with _lock:
        at, stranger = _known.get(address, (0.0, None))
    if stranger is not None and not anew and monotonic() - at < REMEMBERED_FOR:
        return stranger, False
    if not _turns.acquire(blocking=False):
        raise Unknown("busy", is_busy=True)
    try:
        found = _read(address, _asked(address, pen))
    finally:
        _turns.release()
    with _lock:
        _known[address] = (monotonic(), found)
        _known.move_to_end(address)
        while len(_known) > REMEMBERED:
            _known.popitem(last=False)
    return found, True


def forget(address: str = "") -> None:
    """One of them, or all."""
    with _lock:
        if address:
            _known.pop(address, None)
        else:
            _known.clear()


def _asked(address: str, pen: Pen) -> dict[str, Any]:
    headers = signing.signed(
        method="GET",
        url=address,
        key_id=pen.account.key_id,
        private_pem=pen.private_pem,
        moment=now(),
    )
    try:
        answer = reaching.ask(
            address,
            headers={**headers, "Accept": MEDIA_TYPE, "User-Agent": USER_AGENT},
            most=LARGEST,
            seconds=SECONDS,
            may_be_this_machine=not settings.PRODUCTION,
        )
    except reaching.NotReached as trouble:
        raise Unknown(trouble.code) from None
    if answer.status != 200:
        raise Unknown(f"answered-{answer.status}", is_gone=answer.status in (404, 410))
    return parsed(answer.words)


def parsed(words: bytes) -> dict[str, Any]:
    """A JSON object. Raises Unknown, also for one nested without end."""
    try:
        found = json.loads(words)
    except (ValueError, RecursionError):
        raise Unknown("no-json") from None
    if not isinstance(found, dict):
        raise Unknown("no-object")
    return found


def _read(address: str, paper: dict[str, Any]) -> Stranger:
    """Only what belongs to this very address and its server is taken."""
    host = host_of(address)
    inbox = paper.get("inbox")
    if paper.get("id") != address or not _is_of(inbox, host):
        raise Unknown("not-this-actor")
    ends = paper.get("endpoints")
    shared = ends.get("sharedInbox") if isinstance(ends, dict) else ""
    given = paper.get("publicKey")
    keys = given if isinstance(given, list) else [given]
    return Stranger(
        actor=address,
        inbox=str(inbox),
        shared_inbox=str(shared) if _is_of(shared, host) else "",
        keys=tuple(
            (one["id"], one["publicKeyPem"])
            for one in keys[:5]
            if isinstance(one, dict)
            and one.get("owner") == address
            and isinstance(one.get("id"), str)
            and len(one["id"]) <= LONGEST
            and isinstance(one.get("publicKeyPem"), str)
            and signing.public_key(one["publicKeyPem"]) is not None
        ),
    )


def _is_of(address: object, host: str) -> bool:
    """An inbox on another server could make us write to somebody who never asked."""
    return (
        isinstance(address, str)
        and may_reach(address, local=not settings.PRODUCTION)
        and host_of(address) == host
    )
