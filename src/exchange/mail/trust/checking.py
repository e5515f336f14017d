"""SPF and DKIM, looked at by ourselves: for mail that came straight to our door.
Used by `mail.trust`."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

import dkim
import spf

from exchange.mail.trust.aligning import Voucher, are_one_house
from exchange.mail.trust.asking import Names, Unanswered

# So many signatures of the author's own house are looked at; each costs a reading of the mail.
SIGNATURES = 4
_SOUND = (b"rsa-sha256", b"ed25519-sha256")
_silent = logging.getLogger("exchange.mail.dkim")  # the library would log keys and addresses
_silent.addHandler(logging.NullHandler())
_silent.propagate = False


@dataclass(frozen=True)
class Envelope:
    """What the mail's carrier said: its sender, the address it called from, its greeting."""

    sender: str = ""
    peer: str = ""
    helo: str = ""


def results_of(
    raw: bytes, author: str, names: Names, envelope: Envelope
) -> tuple[list[Voucher], dict[str, str]]:
    """Who vouches, and the results in the words of RFC 8601."""
    by_spf, spf_domain = check_spf(envelope, names)
    by_dkim, signers = check_dkim(raw, author, names)
    vouchers = [Voucher("dkim", domain) for domain in signers]
    if by_spf == "pass":
        vouchers.append(Voucher("spf", spf_domain))
    return vouchers, {"spf": by_spf, "dkim": by_dkim}


def check_spf(envelope: Envelope, names: Names) -> tuple[str, str]:
    """Whether that address may send for the domain of the envelope (RFC 7208), and the domain.
    An address of this machine or house says nothing: a server of ours stands before us."""
    domain = (envelope.sender.rpartition("@")[2] or envelope.helo).strip().rstrip(".").lower()
    try:
        is_public = ip_address(envelope.peer.removeprefix("::ffff:")).is_global
    except ValueError:
        is_public = False
    if not is_public or not domain or "." not in domain or not domain.isascii():
        return "none", domain
    question = _Question(names, envelope)
    result = str(question.check()[0])
    return ("temperror" if question.went_unanswered else result), domain


def check_dkim(raw: bytes, author: str, names: Names) -> tuple[str, list[str]]:
    """Whether signatures of the author's house hold (RFC 6376), and whose."""
    try:
        mail = dkim.DKIM(raw, logger=_silent)
    except dkim.DKIMException:
        return "permerror", []
    headers = [value for name, value in mail.headers if name.lower() == b"dkim-signature"]
    results, signers, looked_at = [], [], 0
    for index in range(len(headers)):
        domain = _signing_domain(headers[index])
        if not domain or not are_one_house(domain, author) or looked_at >= SIGNATURES:
            continue
        looked_at += 1
        result = _check_one(mail, index, names)
        results.append(result)
        if result == "pass":
            signers.append(domain)
    if signers:
        return "pass", signers
    return ("temperror" if "temperror" in results else results[0] if results else "none"), []


def _check_one(mail: Any, index: int, names: Names) -> str:
    """One signature. It must cover From and the whole text: what is added behind a length (l=) is
    nobody's."""
    went_unanswered = False

    def key(name: bytes, **_: object) -> bytes | None:
        nonlocal went_unanswered
        try:
            found = names.ask(name.decode("ascii").rstrip("."), "TXT")
        except Unanswered:
            went_unanswered = True
            return None
        return found[0].encode() if found else None

    try:
        fields, covered, headers = mail.verify_headerprep(index)
        if b"from" not in covered or fields[b"a"] not in _SOUND:
            return "permerror"
        fields.pop(b"l", None)
        holds = mail.verify_sig(fields, covered, headers[index], key)
    except Exception:  # noqa: BLE001 - the library trips over many things that can stand there
        return "permerror"
    if went_unanswered:
        return "temperror"
    return "pass" if holds else "fail"


def _signing_domain(header: bytes) -> str:
    try:
        return str(dkim.util.parse_tag_value(header)[b"d"].decode("ascii").strip().lower())
    except (KeyError, UnicodeDecodeError, dkim.util.InvalidTagValueList):
        return ""


class _Question(spf.query):  # type: ignore[misc]
    """pyspf's question, asked of our names: its own would wait for twenty seconds each."""

    def __init__(self, names: Names, envelope: Envelope) -> None:
        self._names = names
        self.went_unanswered = False
        peer = envelope.peer.removeprefix("::ffff:")
        super().__init__(i=peer, s=envelope.sender, h=envelope.helo, querytime=0)

    def dns(
        self, name: str, qtype: str, cnames: object = None, ignore_void: bool = False
    ) -> list[Any]:
        """Answers in the library's own shapes; two empty ones are enough (RFC 7208, 4.6.4)."""
        try:
            found = self._names.ask(str(name).rstrip(".").lower(), qtype)
        except Unanswered:
            self.went_unanswered = True
            raise spf.TempError("nobody answered") from None
        if not found and not ignore_void:
            self.void_lookups += 1
            if self.void_lookups > spf.MAX_VOID_LOOKUPS:
                raise spf.PermError("too many empty answers")
        return [_shaped(value, qtype) for value in found]


def _shaped(value: str, kind: str) -> Any:
    if kind == "TXT":
        return [value.encode()]
    if kind == "MX":
        preference, _, host = value.partition(" ")
        return int(preference), host
    return value
