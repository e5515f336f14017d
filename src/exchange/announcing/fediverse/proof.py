"""Whether a request to our inbox is signed as it must be, before anybody's key is asked for. Pure.
Called by `inbox`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from exchange.announcing.fediverse import newer, signing
from exchange.announcing.fediverse.signing import NotSigned, Signature

# Clocks differ, and queues take their time; an older request could be somebody else's copy.
WINDOW = timedelta(hours=1)
NEEDED = frozenset({"(request-target)", "host", "date", "digest"})


@dataclass(frozen=True)
class Request:
    """A request as it came in: the names of headers in small letters."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Proof:
    """A signature of the right shape over the right things, and the words it is over."""

    signature: Signature
    words: bytes

    def is_by(self, pem: str) -> bool:
        return signing.is_right(self.signature, self.words, pem)


def looked_at(request: Request, *, base: str, moment: datetime) -> Proof:
    """Whatever can be seen without a key, in either way of signing. `base` is our own address.
    Raises NotSigned."""
    host = urlsplit(base).netloc
    if request.headers.get("host", "").lower() != host.lower():
        raise NotSigned("for-another-host")
    if "signature-input" in request.headers:
        return _newer(request, base, moment)
    signature = signing.read(request.headers.get("signature", ""))
    if signature.algorithm not in signing.ALGORITHMS:
        raise NotSigned("algorithm-unknown")
    if not NEEDED.issubset(signature.headers) or _has_twice(signature):
        raise NotSigned("too-little-signed")
    if not _is_now(request.headers.get("date", ""), moment) or not _holds(signature, moment):
        raise NotSigned("date-too-far")
    if not signing.is_digest_of(request.headers.get("digest", ""), request.body):
        raise NotSigned("digest-wrong")
    words = signing.words(
        signature, method=request.method, target=request.target, headers=request.headers
    )
    return Proof(signature, words)


def _newer(request: Request, base: str, moment: datetime) -> Proof:
    """RFC 9421."""
    signature, parameters = newer.read(request.headers)
    if not newer.is_enough(signature.headers):
        raise NotSigned("too-little-signed")
    if not _holds(signature, moment):
        raise NotSigned("date-too-far")
    if not newer.is_digest_of(request.headers.get("content-digest", ""), request.body):
        raise NotSigned("digest-wrong")
    target = newer.Target(request.method, base + request.target)
    words = newer.words(signature, parameters, target=target, headers=request.headers)
    return Proof(signature, words)


def _has_twice(signature: Signature) -> bool:
    return len(set(signature.headers)) != len(signature.headers)


def _is_now(date: str, moment: datetime) -> bool:
    try:
        at = parsedate_to_datetime(date)
    except (TypeError, ValueError):
        return False
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return abs(at - moment) <= WINDOW


def _holds(signature: Signature, moment: datetime) -> bool:
    """Not made at another time, nor past its own end, as far as it says so."""
    stamp = int(moment.timestamp())
    if signature.expires and signature.expires < stamp:
        return False
    return not signature.created or abs(signature.created - stamp) <= WINDOW.total_seconds()
