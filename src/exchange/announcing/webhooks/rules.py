"""What a channel is sent, and how it can see that it came from us. Pure.
Called by the actions of channels. The contract: docs/announcing.md."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.announcing.models import Channel
from exchange.announcing.publications.queries import Told
from exchange.core import languages

SIGNATURE = "Exchange-Signature"
DELIVERY = "Exchange-Delivery"
VERSION = 1
# So long nothing got through, and it rests until a host wakes it.
RESTS_AFTER = timedelta(days=3)
# Hourly at the end, and so more than three days in all.
MOST_TRIES = 80
_LATER = (408, 425, 429)


def is_taken(status: int) -> bool:
    return 200 <= status < 300


def is_hopeless(status: int) -> bool:
    """The other side will not take it, however often it comes. Who leads elsewhere is not
    followed."""
    return 300 <= status < 500 and status not in _LATER


def signed(secret: str, body: bytes, *, moment: int) -> str:
    """ "t=1700000000,v1=…": HMAC-SHA256 of the moment, a full stop and the body, in hexadecimal."""
    mark = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256)
    return f"t={moment},v1={mark.hexdigest()}"


def published(form: str, told: Told) -> bytes:
    """The message that says something is out."""
    if form == Channel.Form.OURS:
        return _packed(
            {
                "version": VERSION,
                "what": "published",
                "id": told.key,
                "kind": told.kind,
                "title": told.title,
                "summary": told.summary,
                "when": told.note,
                "address": told.address,
                "language": told.language,
                "hub": told.hub,
                "published": f"{told.published_at:%Y-%m-%dT%H:%M:%SZ}",
            }
        )
    about = " · ".join(filter(None, [told.kind_label, told.note, told.hub_label]))
    lines = [harmless(told.title), harmless(about), harmless(told.summary), told.address]
    return _text(form, "\n".join(filter(None, lines)))


def taken_back(form: str, *, key: str, address: str, language: str) -> bytes:
    """The message that follows when it was taken back: no word of it."""
    if form == Channel.Form.OURS:
        return _packed({"version": VERSION, "what": "gone", "id": key, "address": address})
    with override(language if language in languages.INTERFACE else "en"):
        said = _("Taken back. Please delete what we sent about this: %(address)s")
    return _text(form, said % {"address": address})


def tried(form: str, *, site: str) -> bytes:
    """The message of a host who tries the channel."""
    if form == Channel.Form.OURS:
        return _packed({"version": VERSION, "what": "try", "address": site})
    said = _("This is a try. What hosts publish will be told here: %(address)s")
    return _text(form, said % {"address": site})


def harmless(words: str) -> str:
    """Words that call nobody: "<!channel>" and "@everyone" mean something to such services."""
    return words.replace("<", "‹").replace(">", "›").replace("@", "@\u200b")


def _text(form: str, words: str) -> bytes:
    if form == Channel.Form.CONTENT:
        return _packed({"content": words[:1900], "allowed_mentions": {"parse": []}})
    return _packed({"text": words})


def _packed(given: dict[str, Any]) -> bytes:
    return json.dumps(given, ensure_ascii=False).encode()
