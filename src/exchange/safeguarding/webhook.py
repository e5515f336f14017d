"""The second way to reach lead and deputy: a note to an address that rings a telephone or a chat.
Called by `hooks.py` as outside work; it carries a number and nothing else."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from urllib.parse import urlsplit

from django.conf import settings

from exchange.ledger.registry import GiveUp, Later

SECONDS = 10


def ring(*, case_id: int) -> None:
    """Post the number of the case. Nothing is done when no address is set. Raises Later, GiveUp."""
    address = settings.ALERT_WEBHOOK
    if not address:
        return
    if urlsplit(address).scheme not in ("http", "https"):
        raise GiveUp("webhook-address-wrong")
    told = json.dumps({"what": "case", "case": case_id}).encode()
    request = urllib.request.Request(  # noqa: S310 - the scheme was checked above
        address, data=told, headers={"Content-Type": "application/json"}, method="POST"
    )
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            status = answer.status
    except urllib.error.HTTPError as refusal:
        refusal.close()
        raise Later(f"webhook-said-{refusal.code}") from None
    except (OSError, ValueError):
        raise Later("webhook-not-reached") from None
    if status >= 300:
        raise Later(f"webhook-said-{status}")
