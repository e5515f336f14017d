"""Which domain may vouch for which, and what a domain wishes for mail nobody vouches for
(DMARC, RFC 7489). Used by `mail.trust` and `doctor mail`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from publicsuffix2 import PublicSuffixList  # type: ignore[import-untyped]

from exchange.mail.trust.asking import Names, Unanswered


@dataclass(frozen=True)
class Policy:
    """A domain's DMARC record. `wants` is "none", "quarantine" or "reject"; "" without a record."""

    wants: str = ""
    strict_dkim: bool = False
    strict_spf: bool = False
    is_unknown: bool = False

    @property
    def is_published(self) -> bool:
        """Whether the domain says anything."""
        return bool(self.wants)


@dataclass(frozen=True)
class Voucher:
    """A check that passed: by "spf" or "dkim", and for which domain."""

    method: str
    domain: str

    def speaks_for(self, author: str, policy: Policy) -> bool:
        """Whether this domain is near enough to the author's."""
        is_strict = policy.strict_dkim if self.method == "dkim" else policy.strict_spf
        if is_strict:
            return self.domain == author
        return are_one_house(self.domain, author)


def are_one_house(one: str, other: str) -> bool:
    """Whether two domains belong to one organisation: mail.example.org and example.org."""
    if one == other:
        return True
    houses = {organisation(one), organisation(other)}
    return len(houses) == 1 and "" not in houses


def organisation(domain: str) -> str:
    """The part somebody registered: "example.co.ke" of "mail.example.co.ke"; "" of "co.ke"."""
    suffix = _suffixes().get_tld(domain, strict=True) or domain.rpartition(".")[2]
    rest = domain.removesuffix(suffix).rstrip(".")
    return f"{rest.rpartition('.')[2]}.{suffix}" if rest else ""


def policy_of(domain: str, names: Names) -> Policy:
    """The domain's wish, or its organisation's."""
    try:
        found = _record(domain, names)
        if found is not None:
            return _read(found, "p")
        parent = organisation(domain)
        found = _record(parent, names) if parent and parent != domain else None
    except Unanswered:
        return Policy(is_unknown=True)
    if found is None:
        return Policy()
    return _read(found, "sp" if "sp" in found else "p")


def tags(record: str) -> dict[str, str]:
    """ "v=DMARC1; p=none" taken apart; what has no "=" is left out."""
    pairs = (part.partition("=") for part in record.split(";"))
    return {name.strip().lower(): value.strip() for name, is_, value in pairs if is_}


def _record(domain: str, names: Names) -> dict[str, str] | None:
    """The one record; two are none (RFC 7489, 6.6.3)."""
    found = [
        tags(text)
        for text in names.ask(f"_dmarc.{domain}", "TXT")
        if text.replace(" ", "").startswith("v=DMARC1")
    ]
    return found[0] if len(found) == 1 and "p" in found[0] else None


def _read(found: dict[str, str], tag: str) -> Policy:
    wants = found[tag].lower()
    known = wants if wants in ("none", "quarantine", "reject") else "none"
    return Policy(
        wants="none" if found.get("pct") == "0" else known,
        strict_dkim=found.get("adkim", "r").lower() == "s",
        strict_spf=found.get("aspf", "r").lower() == "s",
    )


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    """The list that came with authheaders is the newer one."""
    with files("authheaders").joinpath("public_suffix_list.txt").open(encoding="utf-8") as lines:
        return PublicSuffixList(lines)
