"""How calls to BigBlueButton, and its calls to us, are signed. Pure.
Called by `bigbluebutton` and `hearing`."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

ALGORITHMS = ("sha1", "sha256", "sha384", "sha512")
# By the length of the digest, as servers themselves tell them apart.
_BY_LENGTH = {40: "sha1", 64: "sha256", 96: "sha384", 128: "sha512"}


def query_of(given: Mapping[str, str]) -> str:
    """The query, encoded once: these very letters are signed and sent."""
    return urlencode(given)


def checksum(call: str, query: str, secret: str, algorithm: str) -> str:
    """What a server expects beside a call. A posted body is no part of it."""
    if algorithm not in ALGORITHMS:
        raise ValueError(f"no checksum of the name {algorithm}")
    return _digest(algorithm, f"{call}{query}{secret}".encode())


def signed(base: str, call: str, given: Mapping[str, str], *, secret: str, algorithm: str) -> str:
    """The whole address of one call."""
    query = query_of(given)
    mark = checksum(call, query, secret, algorithm)
    return f"{base}/api/{call}?{query}{'&' if query else ''}checksum={mark}"


def is_from_engine(*, address: str, body: bytes, given: str, bearer: str, secret: str) -> bool:
    """Whether a call came from a server that knows the secret: by its bearer, or by a checksum of
    the address it was told, the body and the secret. The body counts as it was sent or, as older
    servers do it, with its pairs in plain letters."""
    if bearer:
        return hmac.compare_digest(bearer.encode(), secret.encode())
    algorithm = _BY_LENGTH.get(len(given))
    if algorithm is None or not given.isascii():
        return False
    front, back = address.encode(), secret.encode()
    marks = [_digest(algorithm, front + one + back) for one in (body, _plain(body))]
    return any(hmac.compare_digest(mark, given.lower()) for mark in marks)


def _plain(body: bytes) -> bytes:
    pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
    return "&".join(f"{name}={value}" for name, value in pairs).encode()


def _digest(algorithm: str, text: bytes) -> str:
    return hashlib.new(algorithm, text).hexdigest()
