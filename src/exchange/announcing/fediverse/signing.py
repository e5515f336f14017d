"""Signatures of requests as servers of the fediverse make and read them. Pure.
Called by `asking`, `sending` and `proof`; written by hand because no library is both small and kept.

Sources: draft-cavage-http-signatures-12 (section 2: the header; 2.3: what is signed; appendix C:
examples, which the tests use); docs.joinmastodon.org/spec/security (what is expected of whom);
RFC 3230 for Digest; SWICG "ActivityPub and HTTP Signatures" for hs2019 of RSA keys."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

LONGEST_HEADER = 4096
_LONGEST_KEY = 4000
_FEWEST_BITS, _MOST_BITS = 2048, 8192
_PARAMETER = re.compile(r'\s*([a-zA-Z]+)\s*=\s*(?:"([^"\\]*)"|([0-9]{1,12}))\s*(?:,|$)')
ALGORITHMS = ("rsa-sha256", "hs2019")


class NotSigned(Exception):
    """No signature that can be read; `code` is safe to keep."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Signature:
    """The header "Signature", taken apart. 0 where a moment is not given."""

    key_id: str
    headers: tuple[str, ...]
    value: bytes
    algorithm: str = "hs2019"
    created: int = 0
    expires: int = 0


def read(header: str) -> Signature:
    """Take a header apart. Raises NotSigned for whatever is not exactly of that shape."""
    if not header:
        raise NotSigned("no-signature")
    given = _parameters(header)
    try:
        value = base64.b64decode(given["signature"], validate=True)
        return Signature(
            key_id=given["keyId"],
            # Without a list only the date would be signed.
            headers=tuple(given.get("headers", "date").lower().split(" ")),
            value=value,
            algorithm=given.get("algorithm", "hs2019").lower(),
            created=int(given.get("created", "0")),
            expires=int(given.get("expires", "0")),
        )
    except (KeyError, ValueError, binascii.Error):
        raise NotSigned("signature-unreadable") from None


def _parameters(header: str) -> dict[str, str]:
    given: dict[str, str] = {}
    place = 0
    while place < len(header):
        found = _PARAMETER.match(header, place)
        if found is None or found[1] in given or len(header) > LONGEST_HEADER:
            raise NotSigned("signature-unreadable")
        given[found[1]] = found[2] if found[2] is not None else found[3]
        place = found.end()
    return given


def words(signature: Signature, *, method: str, target: str, headers: Mapping[str, str]) -> bytes:
    """What is signed, line by line. Raises NotSigned when a header is named that was not sent."""
    lines = []
    for name in signature.headers:
        if name == "(request-target)":
            value = f"{method.lower()} {target}"
        elif name in ("(created)", "(expires)"):
            value = _moment(signature, name)
        elif name in headers:
            value = headers[name].strip()
        else:
            raise NotSigned("signed-header-missing")
        lines.append(f"{name}: {value}")
    return "\n".join(lines).encode("latin-1", "replace")


def _moment(signature: Signature, name: str) -> str:
    value = signature.created if name == "(created)" else signature.expires
    # The draft forbids them where the algorithm is named (section 2.3).
    if not value or signature.algorithm != "hs2019":
        raise NotSigned("signature-unreadable")
    return str(value)


def is_right(signature: Signature, signed: bytes, pem: str) -> bool:
    """Whether the owner of the public key signed these words."""
    key = public_key(pem)
    if key is None:
        return False
    try:
        key.verify(signature.value, signed, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return False
    return True


def public_key(pem: str) -> rsa.RSAPublicKey | None:
    """An RSA key of a size that is safe and quick to use; None for anything else."""
    if len(pem) > _LONGEST_KEY:
        return None
    try:
        key = serialization.load_pem_public_key(pem.encode())
    except (ValueError, UnsupportedAlgorithm):
        return None
    if not isinstance(key, rsa.RSAPublicKey) or not _FEWEST_BITS <= key.key_size <= _MOST_BITS:
        return None
    return key


def digest(body: bytes) -> str:
    return f"SHA-256={base64.b64encode(hashlib.sha256(body).digest()).decode()}"


def is_digest_of(header: str, body: bytes) -> bool:
    """Whether the header names the SHA-256 of these bytes."""
    for one in header.split(","):
        name, _is, value = one.strip().partition("=")
        if name.upper() == "SHA-256":
            return hmac.compare_digest(f"SHA-256={value}".encode(), digest(body).encode())
    return False


def signed(
    *, method: str, url: str, key_id: str, private_pem: str, moment: datetime, body: bytes = b""
) -> dict[str, str]:
    """The headers of a request of ours, with its signature."""
    parts = urlsplit(url)
    target = parts.path + (f"?{parts.query}" if parts.query else "") or "/"
    headers = {"Host": parts.netloc, "Date": format_datetime(moment, usegmt=True)}
    if method == "POST":
        headers |= {"Digest": digest(body), "Content-Type": "application/activity+json"}
    names = ("(request-target)", *(name.lower() for name in headers))
    draft = Signature(key_id, names, b"", "rsa-sha256")
    lower = {name.lower(): value for name, value in headers.items()}
    mark = _sign(private_pem, words(draft, method=method, target=target, headers=lower))
    header = (
        f'keyId="{key_id}",algorithm="rsa-sha256",headers="{" ".join(names)}",'
        f'signature="{base64.b64encode(mark).decode()}"'
    )
    return {**headers, "Signature": header}


def _sign(private_pem: str, signed_words: bytes) -> bytes:
    key = serialization.load_pem_private_key(private_pem.encode(), password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("not an RSA key")
    return key.sign(signed_words, padding.PKCS1v15(), hashes.SHA256())


def fresh_keys() -> tuple[str, str]:
    """(private, public) of a new RSA key, 2048 bits: what every server there can read."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return private.decode(), public.decode()
