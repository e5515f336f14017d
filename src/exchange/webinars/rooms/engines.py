"""The engines this Exchange was set up with: EXCHANGE_BBB and EXCHANGE_JITSI.
Read by the files beside it, by the forms that plan a webinar, and by `doctor`."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from exchange.core.reaching import is_this_machine
from exchange.webinars.models import Engine, Webinar
from exchange.webinars.rooms import signing
from exchange.webinars.rooms.bigbluebutton import Server
from exchange.webinars.rooms.jitsi import Jitsi

_MOST_LINK = 1000
_HOST = re.compile(r"[\w.-]+(:\d{1,5})?")


def bigbluebutton() -> Server | None:
    """The server of EXCHANGE_BBB: "https://host/bigbluebutton/ secret", and sha256 or another."""
    parts = settings.BBB.split()
    if not 2 <= len(parts) <= 3 or _address_fault(parts[0]):
        return None
    algorithm = parts[2].lower().replace("-", "") if len(parts) == 3 else "sha256"
    if algorithm not in signing.ALGORITHMS:
        return None
    # `bbb-conf --secret` gives the address with and without its last part.
    base = parts[0].rstrip("/").removesuffix("/api")
    return Server(base, parts[1], algorithm)


def jitsi() -> Jitsi | None:
    """The server of EXCHANGE_JITSI: "https://host/", and for tokens "app-id secret" after it."""
    parts = settings.JITSI.split()
    if len(parts) not in (1, 3) or _address_fault(parts[0]):
        return None
    app, secret = parts[1:] if len(parts) == 3 else ("", "")
    return Jitsi(parts[0].rstrip("/"), app, secret)


def is_set_up(engine: str) -> bool:
    """Whether a webinar can be held by it here."""
    if engine == Engine.BBB:
        return bigbluebutton() is not None
    if engine == Engine.JITSI:
        return jitsi() is not None
    return True


def choices() -> list[tuple[str, str]]:
    """What one may choose when planning: what is set up here, and a link to anything else."""
    return [(value, str(label)) for value, label in Engine.choices if is_set_up(value)]


def link_fault(link: str) -> str:
    """Why this cannot be the link to a room elsewhere, in words; nothing when it can."""
    parts = _parts(link)
    if parts is None or parts.scheme != "https" or not parts.hostname or "." not in parts.hostname:
        return _("Give the whole address, beginning with https://")
    # The host goes into a header of ours, where a semicolon would begin another rule.
    is_odd = any(c.isspace() or c == "\\" for c in link) or not _HOST.fullmatch(parts.netloc)
    if parts.username or parts.password or len(link) > _MOST_LINK or is_odd:
        return _("This address cannot be used. Copy the link for taking part once more.")
    return ""


def origin_of(webinar: Webinar) -> str:
    """The server a browser is sent to from our door ("https://meet.example.org"), or nothing."""
    bbb, meet = bigbluebutton(), jitsi()
    address = {
        Engine.BBB: bbb.base if bbb else "",
        Engine.JITSI: meet.base if meet else "",
        Engine.LINK: webinar.engine_link if not link_fault(webinar.engine_link) else "",
    }.get(Engine(webinar.engine), "")
    parts = _parts(address)
    return f"{parts.scheme}://{parts.netloc}" if parts and parts.netloc else ""


def faults() -> list[str]:
    """What is wrong in the settings, in words for the operator; no secret stands in them."""
    found = []
    if settings.BBB and bigbluebutton() is None:
        found.append('EXCHANGE_BBB is not "https://host/bigbluebutton/ secret [sha256]".')
    if settings.JITSI and jitsi() is None:
        found.append('EXCHANGE_JITSI is not "https://host/" or "https://host/ app-id secret".')
    return found


def _address_fault(address: str) -> bool:
    """An operator's address: https, or this very machine."""
    parts = _parts(address)
    if parts is None or not parts.hostname or parts.query or parts.fragment:
        return True
    return parts.scheme != "https" and not (
        parts.scheme == "http" and is_this_machine(parts.hostname)
    )


def _parts(address: str):  # type: ignore[no-untyped-def]  # a SplitResult, or nothing
    try:
        parts = urlsplit(address)
        _port = parts.port
    except ValueError:
        return None
    return parts
