"""Whether a mail is from whom it says: SPF, DKIM and DMARC, ours or the mail server's before us.
Called by `mail.receiving`; it decides nothing, it tells."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module


@dataclass(frozen=True)
class Trust:
    """ "pass": the domain of the From address vouches for it; "fail": it disowns it; else "none"."""

    level: str = "none"
    # RFC 8601 results behind the level, such as {"spf": "pass", "dkim": "fail", "dmarc": "none"}.
    results: dict[str, str] = field(default_factory=dict)


def judge(raw: bytes, *, envelope_from: str = "", peer: str = "", helo: str = "") -> Trust:
    """How far the From address of this mail may be believed. Never raises, never takes minutes.

    What it needs to ask names (7 MB) is loaded by the process that takes mail in, and by no other."""
    judging = import_module("exchange.mail.trust.judging")
    found: Trust = judging.judge(raw, envelope_from=envelope_from, peer=peer, helo=helo)
    return found
