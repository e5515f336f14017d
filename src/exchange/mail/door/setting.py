"""What the door and the settings read from the environment about mail coming in; pure.
Read by `mail.door`, by `project.settings` and by `doctor_mail`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

USUAL = "smtp://127.0.0.1:2525"
USUAL_PORTS = {"smtp": 2525, "lmtp": 24}


class Unreadable(ValueError):
    """A setting says something we do not understand; the text says which, for people."""


@dataclass(frozen=True)
class Limits:
    """How much the door takes before it asks to come back later."""

    size: int = 25_000_000
    recipients: int = 20
    # Connections at once, and from one address (another machine's).
    connections: int = 60
    from_one: int = 10
    # Seconds for one command or 64 kB of a mail, and for a whole connection.
    patience: float = 120.0
    life: float = 900.0
    # So much of the disk stays free for the database.
    spare: int = 200_000_000


@dataclass(frozen=True)
class Setting:
    """Where the door stands and for whom it opens. `kind` is "smtp", "lmtp" or "off"."""

    kind: str
    host: str
    port: int
    domains: tuple[str, ...]
    spool: Path
    cert: str = ""
    key: str = ""
    limits: Limits = field(default_factory=Limits)


def read(environ: Mapping[str, str]) -> Setting:
    """The door as the environment wants it. Raises Unreadable."""
    kind, host, port = place(environ.get("EXCHANGE_MAIL_DOOR") or USUAL)
    domains = dict.fromkeys(
        ascii_domain(name) for name in (mail_domain(environ), domain_of(mail_from(environ)))
    )
    return Setting(
        kind=kind,
        host=host,
        port=port,
        domains=tuple(domains),
        spool=Path(environ.get("EXCHANGE_DATA", "var")).resolve() / "mail-in",
        cert=environ.get("EXCHANGE_MAIL_DOOR_CERT", ""),
        key=environ.get("EXCHANGE_MAIL_DOOR_KEY", ""),
    )


def place(address: str) -> tuple[str, str, int]:
    """ "lmtp://127.0.0.1:24" taken apart; "off" is no door. Raises Unreadable."""
    if address.strip().lower() == "off":
        return "off", "", 0
    parts = urlsplit(address)
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in USUAL_PORTS or not parts.hostname or port == -1:
        raise Unreadable(
            "EXCHANGE_MAIL_DOOR is to be smtp://host:port, lmtp://host:port or off, "
            f"not {address!r}."
        )
    return parts.scheme, parts.hostname, port or USUAL_PORTS[parts.scheme]


def mail_from(environ: Mapping[str, str]) -> str:
    """Who our mail is from: "Name <address>"."""
    site = urlsplit(environ.get("EXCHANGE_BASE_URL", "http://127.0.0.1:8000"))
    return environ.get(
        "EXCHANGE_MAIL_FROM", f"The Exchange <exchange@{site.hostname or 'localhost'}>"
    )


def mail_domain(environ: Mapping[str, str]) -> str:
    """The domain of the addresses people answer to."""
    return environ.get("EXCHANGE_MAIL_DOMAIN", domain_of(mail_from(environ)))


def domain_of(address: str) -> str:
    """What stands behind the @ of "Name <address>"."""
    return address.rpartition("@")[2].rstrip(">")


def ascii_domain(name: str) -> str:
    """A domain as it goes over the wire, in small letters, whatever its script."""
    plain = name.strip().rstrip(".").lower()
    try:
        return plain.encode("idna").decode("ascii")
    except UnicodeError:
        return plain
