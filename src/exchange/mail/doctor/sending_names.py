"""SPF: who may send for a domain, counted as receivers count it (RFC 7208).
Used by `mail.doctor.names`."""

from __future__ import annotations

from ipaddress import ip_address

from exchange.mail.doctor.finding import Finding, txt, well, wrong
from exchange.mail.trust.asking import Names
from exchange.mail.trust.checking import Envelope, check_spf

MOST = 10
_COSTLY = ("include", "a", "mx", "ptr", "exists", "redirect")


def spf(domain: str, senders: list[str], names: Names) -> Finding:
    """The record of one domain, and whether it lets our address send."""
    found = records(domain, names)
    if not found:
        return wrong(
            "SPF", f"{domain} does not say who may send for it.", _line(domain, "", senders)
        )
    if len(found) > 1:
        return wrong(
            "SPF",
            f"{domain} has {len(found)} SPF records; receivers then believe none. Keep one.",
            _line(domain, found[0], senders),
        )
    count = lookups(domain, names)
    if count > MOST:
        return wrong(
            "SPF",
            f"The record of {domain} asks for {count} other names; more than {MOST} make it void. "
            "Take out services you no longer use.",
        )
    if _lets_all(found[0]):
        return wrong(
            "SPF",
            f"The record of {domain} lets everybody send (+all).",
            _line(domain, found[0], senders),
        )
    return _with_senders(domain, found[0], senders, names, count)


def _with_senders(
    domain: str, record: str, senders: list[str], names: Names, count: int
) -> Finding:
    left_out = [
        address
        for address in senders
        if check_spf(Envelope(f"postmaster@{domain}", address, domain), names)[0] != "pass"
    ]
    if left_out:
        return wrong(
            "SPF",
            f"The record of {domain} does not let {', '.join(left_out)} send.",
            _line(domain, record, left_out),
        )
    who = f" and lets {', '.join(senders)} send" if senders else ""
    return well("SPF", f"The record of {domain} asks for {count} of {MOST} names{who}.")


def records(domain: str, names: Names) -> list[str]:
    """The SPF records of a domain; there should be one."""
    texts = names.ask(domain, "TXT")
    return [
        text for text in texts if text.lower() == "v=spf1" or text.lower().startswith("v=spf1 ")
    ]


def lookups(domain: str, names: Names, seen: frozenset[str] = frozenset()) -> int:
    """How many questions the record costs whoever receives our mail."""
    found = records(domain, names)
    if not found or domain in seen or len(seen) > MOST:
        return 0
    count = 0
    for term in found[0].lower().split()[1:]:
        name, _, rest = term.lstrip("+-~?").replace("=", ":", 1).partition(":")
        if name.partition("/")[0] not in _COSTLY:
            continue
        count += 1
        if name in ("include", "redirect") and rest and "%" not in rest:
            count += lookups(rest, names, seen | {domain})
        if count > 3 * MOST:
            break
    return count


def _lets_all(record: str) -> bool:
    return any(term in ("all", "+all") for term in record.lower().split())


def _line(domain: str, record: str, senders: list[str]) -> str:
    """The record as it should be: what stands there, with our addresses, and a careful end."""
    kept = [term for term in record.split()[1:] if term.lower() not in ("all", "+all")]
    own = [f"ip{ip_address(address).version}:{address}" for address in senders] or ["mx"]
    end = [] if any(term.lower().endswith("all") for term in kept) else ["~all"]
    return txt(
        domain, " ".join(["v=spf1", *(term for term in own if term not in kept), *kept, *end])
    )
