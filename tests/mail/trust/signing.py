"""Mails that are really signed, by keys made here, and names that answer as a test wants.
Used by the tests of trust."""

import base64
from functools import cache

import dkim
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from exchange.mail.trust.asking import Unanswered

SELECTOR = "s1"


@cache
def key(bits: int = 2048) -> tuple[bytes, str]:
    """A private key as PEM, and the DNS record of the public one."""
    fresh = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    private = fresh.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    public = fresh.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return private, f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}"


def mail(author: str = "Amina <amina@ngo.example>", text: str = "We keep a register.") -> bytes:
    return (
        f"From: {author}\r\nTo: ask@exchange.example\r\nSubject: A question\r\n"
        f"Message-ID: <1@ngo.example>\r\nDate: Fri, 20 Nov 2026 10:00:00 +0000\r\n\r\n{text}\r\n"
    ).encode()


def signed(raw: bytes, domain: str = "ngo.example", **more: object) -> bytes:
    return (
        dkim.sign(
            raw,
            SELECTOR.encode(),
            domain.encode(),
            key()[0],
            canonicalize=(b"relaxed", b"relaxed"),
            **more,
        )
        + raw
    )


class Zone:
    """Names that answer from a table; None at a name: nobody answers there."""

    def __init__(self, **names: object) -> None:
        self.table: dict[tuple[str, str], list[str] | None] = {}
        self.asked: list[tuple[str, str]] = []

    def put(self, name: str, kind: str, *values: str) -> "Zone":
        self.table[name, kind] = list(values)
        return self

    def silent(self, name: str, kind: str = "TXT") -> "Zone":
        self.table[name, kind] = None
        return self

    def ask(self, name: str, kind: str) -> list[str]:
        self.asked.append((name, kind))
        found = self.table.get((name.rstrip(".").lower(), kind), [])
        if found is None:
            raise Unanswered(name)
        return found


def zone(dmarc: str = "", domain: str = "ngo.example", spf: str = "") -> Zone:
    """The usual names of one house: its key, and perhaps its policy and its senders."""
    made = Zone().put(f"{SELECTOR}._domainkey.{domain}", "TXT", key()[1])
    if dmarc:
        made.put(f"_dmarc.{domain}", "TXT", dmarc)
    if spf:
        made.put(domain, "TXT", "some-verification=1", spf)
    return made
