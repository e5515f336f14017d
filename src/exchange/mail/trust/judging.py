"""Judging one mail: its author, who vouches, what the domain wishes (RFC 7489).
Loaded by `mail.trust.judge` when the first mail comes."""

from __future__ import annotations

import logging

from django.conf import settings

from exchange.mail.trust import Trust, aligning, asking, checking, told
from exchange.mail.trust.author import author_of

log = logging.getLogger(__name__)


def judge(raw: bytes, *, envelope_from: str = "", peer: str = "", helo: str = "") -> Trust:
    """How far the From address of this mail may be believed. Never raises, never takes minutes."""
    try:
        return _judge(raw, envelope_from, peer, helo)
    except Exception as trouble:  # noqa: BLE001 - whatever a mail holds, it is taken; only not believed
        log.warning("a mail could not be judged: %s", type(trouble).__name__)
        return Trust("none", {"dmarc": "temperror"})


def _judge(raw: bytes, envelope_from: str, peer: str, helo: str) -> Trust:
    author = author_of(raw)
    if not author.domain:
        return Trust("none", {"dmarc": "permerror"})
    names = asking.names()
    if settings.MAIL_AUTHSERV:
        vouchers, results = told.results_of(raw, settings.MAIL_AUTHSERV, author.domain)
    else:
        vouchers, results = checking.results_of(
            raw, author.domain, names, checking.Envelope(envelope_from, peer, helo)
        )
    return _level(author.domain, names, vouchers, results, may_pass=author.is_plain)


def _level(
    domain: str,
    names: asking.Names,
    vouchers: list[aligning.Voucher],
    results: dict[str, str],
    *,
    may_pass: bool,
) -> Trust:
    """RFC 7489, 6.6.2: one aligned voucher is enough. A domain without a policy may vouch too."""
    is_told_to_fail = results.get("dmarc") == "fail"
    told_wish = results.pop("policy", "")
    passed = Trust("pass" if may_pass else "none", results | {"dmarc": "pass"})
    if results.get("dmarc") == "pass":
        return passed
    policy = aligning.policy_of(domain, names)
    if not is_told_to_fail and any(each.speaks_for(domain, policy) for each in vouchers):
        return passed
    wants = told_wish or policy.wants
    if "temperror" in results.values() or (policy.is_unknown and not wants):
        return Trust("none", {"dmarc": "temperror"} | results)
    if wants in ("quarantine", "reject"):
        return Trust("fail", results | {"dmarc": "fail"})
    found = "fail" if policy.is_published or is_told_to_fail else "none"
    return Trust("none", results | {"dmarc": found})
