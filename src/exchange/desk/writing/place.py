"""Where the writing room stands: at one port of this machine, or where EXCHANGE_WRITE_URL says.
Called by the modules beside it; nothing a browser sends can change it."""

import http.client
from urllib.parse import urlsplit

from django.conf import settings


def connection(patience: float) -> http.client.HTTPConnection:
    """A line to it, not yet open. No environment variable about proxies is asked."""
    parts = urlsplit(settings.WRITE_URL)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    return kind(parts.hostname or "127.0.0.1", parts.port, timeout=patience, blocksize=65_536)
