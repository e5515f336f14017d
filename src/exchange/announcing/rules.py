"""What every matter of this room asks of an address elsewhere. Pure.
Called by forms, actions and queries."""

from __future__ import annotations

from urllib.parse import urlsplit

LONGEST = 500


def host_of(address: str) -> str:
    """The name of the server of a web address, in small letters, with its port if one is written;
    empty when it is none that we would reach: no name, or a password in it."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("https", "http") or not parts.hostname or "@" in parts.netloc:
        return ""
    if len(address) > LONGEST or any(not 32 < ord(letter) < 127 for letter in address):
        return ""
    return f"{parts.hostname}:{port}" if port else parts.hostname


def may_reach(address: str, *, local: bool) -> bool:
    """Whether it is an https address (on one's own machine plain http will do)."""
    return bool(host_of(address)) and (local or address.startswith("https:"))


def is_under(host: str, domain: str) -> bool:
    """Whether a server is of a domain, or below it."""
    name = host.partition(":")[0]
    return name == domain or name.endswith(f".{domain}")
