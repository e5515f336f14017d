"""What the names of our domain say about mail: MX, DKIM, DMARC, PTR, and whether they agree.
Used by `mail.doctor.examining`."""

from __future__ import annotations

import base64
import binascii

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from exchange.mail.doctor.finding import Finding, txt, unasked, well, wrong
from exchange.mail.trust.aligning import are_one_house, policy_of, tags
from exchange.mail.trust.asking import Names, Unanswered, backwards

ENOUGH_BITS = 2048


def mx(domain: str, host: str, names: Names) -> Finding:
    """Where mail for our domain is brought."""
    line = f"{domain}. IN MX 10 {host}."
    found = [value.partition(" ")[2].rstrip(".") for value in names.ask(domain, "MX")]
    if not found:
        return wrong("MX", f"Nobody knows where to bring mail for {domain}.", line)
    if "" in found:
        return wrong("MX", f"{domain} says that it takes no mail at all.", line)
    lost = [name for name in found if not addresses(name, names)]
    if lost:
        return wrong("MX", f"{', '.join(lost)} takes the mail of {domain}, but has no address.")
    return well("MX", f"Mail for {domain} is brought to {', '.join(found)}.")


def dkim(domain: str, selector: str, names: Names) -> Finding:
    """The public key by which others check our signature."""
    name = f"{selector}._domainkey.{domain}"
    found = names.ask(name, "TXT")
    if not found:
        return wrong(
            "DKIM",
            f"There is no key at {name}. `./exchange doctor mail --write-dkim DIR` makes one.",
            txt(name, "v=DKIM1; k=rsa; p=<the public key>"),
        )
    said = tags(found[0])
    fault = _fault_of_key(said)
    if fault:
        return wrong("DKIM", f"The key at {name} {fault}.")
    return well("DKIM", f"The key at {name} can be used.")


def dmarc(domain: str, contact: str, names: Names) -> Finding:
    """What others shall do with mail in our name that is not from us."""
    name = f"_dmarc.{domain}"
    found = [text for text in names.ask(name, "TXT") if text.lower().startswith("v=dmarc1")]
    line = txt(name, f"v=DMARC1; p=none; rua=mailto:{contact}")
    policy = policy_of(domain, names)
    if len(found) > 1:
        return wrong(
            "DMARC", f"{name} has {len(found)} records; receivers then believe none.", line
        )
    if found and tags(found[0]).get("p", "").lower() not in ("none", "quarantine", "reject"):
        return wrong("DMARC", f"The record at {name} has no p= that can be read.", line)
    if not policy.is_published:
        return wrong("DMARC", f"{domain} has no DMARC record; large providers want one.", line)
    if policy.wants == "none":
        return well(
            "DMARC",
            f"{domain} has a record that only watches (p=none). Once the reports are clean for some "
            "weeks, p=quarantine protects your name.",
        )
    return well("DMARC", f"{domain} has a record: p={policy.wants}.")


def alignment(author: str, envelope: str, names: Names) -> Finding:
    """Whether the domain bounces go to is near enough to the one people see."""
    is_strict = policy_of(author, names).strict_spf
    if author == envelope or (not is_strict and are_one_house(author, envelope)):
        return well(
            "From", f"Mail is from {author}, and comes back to {envelope}: they belong together."
        )
    return wrong(
        "From",
        f"Mail is from {author}, but comes back to {envelope}: SPF cannot speak for it. Choose "
        "EXCHANGE_MAIL_FROM and EXCHANGE_MAIL_DOMAIN of one domain.",
    )


def ptr(address: str, names: Names) -> Finding:
    """The name of the address that mail leaves from, and whether it leads back."""
    found = names.ask(backwards(address), "PTR")
    if not found:
        return wrong(
            "PTR",
            f"{address} has no name. Whoever rents you the machine can give it one (reverse DNS).",
            f"{backwards(address)}. IN PTR <the name of the machine>.",
        )
    for name in found:
        if address in addresses(name, names):
            return well("PTR", f"{address} is {name}, and {name} is {address}.")
    return wrong(
        "PTR",
        f"{address} is called {found[0]}, but that name does not lead back to it.",
        f"{found[0]}. IN {'AAAA' if ':' in address else 'A'} {address}",
    )


def addresses(name: str, names: Names) -> list[str]:
    """Where a name leads."""
    found = names.ask(name, "A")
    try:
        return found + names.ask(name, "AAAA")
    except Unanswered:
        if found:
            return found
        raise


def not_asked(matter: str) -> Finding:
    """Nobody answered for names."""
    return unasked(matter, "Nobody answered when I asked for names; is this machine online?")


def _fault_of_key(said: dict[str, str]) -> str:
    raw = "".join(said.get("p", "").split())
    if not raw:
        return "was taken back (p= is empty)"
    if "y" in said.get("t", "").split(":"):
        return "is marked as a test (t=y); receivers then treat our mail as unsigned"
    if said.get("k", "rsa").lower() == "ed25519":
        return ""
    try:
        key = load_der_public_key(base64.b64decode(raw, validate=True))
    except (binascii.Error, ValueError, UnsupportedAlgorithm):
        return "cannot be read; it was perhaps cut when it was pasted"
    if isinstance(key, RSAPublicKey) and key.key_size < ENOUGH_BITS:
        return f"has {key.key_size} bits; {ENOUGH_BITS} are wanted"
    return ""
