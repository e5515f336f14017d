"""SMS, WhatsApp, Telegram: one JSON POST for each message to a gateway that a host has set up.
Called by hooks (as carriers) and by the page of numbers. The contract: docs/mail.md."""

from __future__ import annotations

import base64
import http.client
import json
import ssl
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.conf import settings

from exchange.ledger.registry import GiveUp, Later
from exchange.mail.models import OutgoingMail

SECONDS = 15
_LABELS = {"sms": "SMS", "whatsapp": "WhatsApp", "telegram": "Telegram", "signal": "Signal"}


@dataclass(frozen=True)
class Gateway:
    """One way, as EXCHANGE_GATEWAYS names it: "sms=https://user:password@host/path"."""

    name: str
    url: str

    @property
    def label(self) -> str:
        return _LABELS.get(self.name, self.name.capitalize())


def every() -> dict[str, Gateway]:
    """The gateways of this Exchange, by name."""
    pairs = [word.partition("=") for word in settings.GATEWAYS.split()]
    return {name: Gateway(name, url) for name, _is, url in pairs if name.isalnum() and url}


def carry(mail: OutgoingMail) -> None:
    """Hand one message over. 2xx: taken; 408, 429 and 5xx: later; else never.
    Raises Later, GiveUp."""
    gateway = every().get(mail.channel)
    if gateway is None:
        raise GiveUp("no-such-gateway")
    told = {
        "channel": mail.channel,
        "to": mail.to_address,
        "text": mail.text.strip(),
        "language": mail.language,
        # The same message has the same number, should it come twice.
        "reference": mail.message_id.strip("<>"),
    }
    status = _post(gateway.url, json.dumps(told, ensure_ascii=False).encode())
    if status in (408, 429) or status >= 500:
        raise Later(f"gateway-{status}")
    if status >= 300:
        raise GiveUp(f"gateway-{status}")


def _post(url: str, body: bytes) -> int:
    """The address is a host's own setting, so it may be on this machine or in the network."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise GiveUp("gateway-address-wrong")
    secure = parts.scheme == "https"
    line = (
        http.client.HTTPSConnection(
            parts.hostname, parts.port, timeout=SECONDS, context=ssl.create_default_context()
        )
        if secure
        else http.client.HTTPConnection(parts.hostname, parts.port, timeout=SECONDS)
    )
    headers = {"Content-Type": "application/json"}
    if parts.username:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
        headers["Authorization"] = f"Basic {base64.b64encode(pair).decode()}"
    try:
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        line.request("POST", path or "/", body=body, headers=headers)
        return line.getresponse().status
    except (OSError, http.client.HTTPException):
        raise Later("gateway-not-reached") from None
    finally:
        line.close()
