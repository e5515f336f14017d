"""The newer signatures of requests, which servers of the fediverse begin to send. Pure.
Called by `proof`; read alone, for we still sign in the older way that everybody understands.

Sources: RFC 9421 (2.1 and 2.2 components, 2.5 the base, 3.2 verifying, 4.3 an example that the tests
use), RFC 9530 (Content-Digest). One signature a request, components without parameters, RSA."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from exchange.announcing.fediverse.signing import LONGEST_HEADER, NotSigned, Signature

_INPUT = re.compile(
    r'([a-z*][a-z0-9_.*-]{0,40})=(\(((?:"[a-z0-9@-]+"(?: (?=")|(?=\))))*)\)'
    r'((?:;[a-z]+=(?:"[^"\\]*"|[0-9]{1,12}))*))'
)
_PARAMETER = re.compile(r';([a-z]+)=(?:"([^"\\]*)"|([0-9]+))')
_VALUE = re.compile(r"([a-z*][a-z0-9_.*-]{0,40})=:([A-Za-z0-9+/=]*):")
_DIGEST = re.compile(r"\s*(sha-256|sha-512)=:([A-Za-z0-9+/=]*):\s*")
_ALGORITHM = "rsa-v1_5-sha256"
_HASHES = {"sha-256": hashlib.sha256, "sha-512": hashlib.sha512}


@dataclass(frozen=True)
class Target:
    """A request in the parts that can be signed: the method, and the whole address as people
    outside write it."""

    method: str
    address: str

    def part(self, name: str) -> str:
        """A derived component (section 2.2). Raises NotSigned for one that we do not read."""
        parts = urlsplit(self.address)
        known = {
            "@method": self.method,
            "@target-uri": self.address,
            "@authority": parts.netloc.lower(),
            "@scheme": parts.scheme,
            "@request-target": parts.path + (f"?{parts.query}" if parts.query else ""),
            "@path": parts.path,
            "@query": f"?{parts.query}",
        }
        if name not in known:
            raise NotSigned("signature-unreadable")
        return known[name]


def read(headers: Mapping[str, str]) -> tuple[Signature, str]:
    """The signature, and what it says it is over, letter for letter. Raises NotSigned."""
    given, value = headers.get("signature-input", ""), headers.get("signature", "")
    if len(given) > LONGEST_HEADER or len(value) > LONGEST_HEADER:
        raise NotSigned("signature-unreadable")
    found, mark = _INPUT.fullmatch(given.strip()), _VALUE.fullmatch(value.strip())
    if found is None or mark is None or found[1] != mark[1]:
        raise NotSigned("signature-unreadable")
    pairs = [(one[1], one[2] or one[3] or "") for one in _PARAMETER.finditer(found[4])]
    named = dict(pairs)
    if len(named) != len(pairs) or named.get("alg", _ALGORITHM) != _ALGORITHM:
        raise NotSigned("algorithm-unknown")
    try:
        signature = Signature(
            key_id=named["keyid"],
            headers=tuple(one.strip('"') for one in found[3].split()),
            value=base64.b64decode(mark[2], validate=True),
            algorithm=_ALGORITHM,
            created=int(named["created"]),
            expires=int(named.get("expires", "0")),
        )
    except (KeyError, ValueError, binascii.Error):
        raise NotSigned("signature-unreadable") from None
    return signature, found[2]


def words(
    signature: Signature, parameters: str, *, target: Target, headers: Mapping[str, str]
) -> bytes:
    """What is signed, line by line (section 2.5). Raises NotSigned."""
    lines = []
    for name in signature.headers:
        if name.startswith("@"):
            value = target.part(name)
        elif name in headers:
            value = headers[name].strip()
        else:
            raise NotSigned("signed-header-missing")
        lines.append(f'"{name}": {value}')
    lines.append(f'"@signature-params": {parameters}')
    return "\n".join(lines).encode("latin-1", "replace")


def is_enough(names: tuple[str, ...]) -> bool:
    """Whether what must not be changed is under the signature, each once."""
    some = set(names)
    whole = "@target-uri" in some or {"@authority", "@path"} <= some
    return len(some) == len(names) and whole and {"@method", "content-digest"} <= some


def is_digest_of(header: str, body: bytes) -> bool:
    """Whether every digest that is named, at least one, is that of these bytes."""
    found = [_DIGEST.fullmatch(one) for one in header.split(",")]
    return all(one is not None and _is_right(one[1], one[2], body) for one in found)


def _is_right(name: str, value: str, body: bytes) -> bool:
    real = base64.b64encode(_HASHES[name](body).digest()).decode()
    return hmac.compare_digest(real, value)
