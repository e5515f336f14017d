"""Web push: a neutral notice on the lock screen, encrypted for one browser.
Called by hooks (as the carrier of "push") and by the page of devices."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import time
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.alerts.models import Device
from exchange.core import reaching
from exchange.core.time import now
from exchange.ledger.registry import GiveUp, Later
from exchange.mail.models import OutgoingMail

CHANNEL = "push"
TOKEN_SECONDS = 12 * 60 * 60
# The service keeps it for a phone that is off; after two days it is old.
KEEP_SECONDS = 2 * 24 * 60 * 60
_GONE = (404, 410)
_LATER = (408, 429)


def carry(mail: OutgoingMail) -> None:
    """Hand one notice to the browser's own service (RFC 8030). A browser that is gone is
    forgotten. Raises Later, GiveUp."""
    device = Device.objects.filter(pk=int(mail.to_address or 0)).first()
    if device is None:
        raise GiveUp("device-gone")
    try:
        status = reaching.post(
            device.endpoint,
            body=sealed(device, notice(mail.language)),
            headers=_headers(device.endpoint),
            may_be_this_machine=not settings.PRODUCTION,
        )
    except reaching.NotReached as trouble:
        raise Later(f"push-{trouble.code}") from None
    if status in _GONE:
        device.delete()
        raise GiveUp("device-gone")
    if status in _LATER or status >= 500:
        raise Later(f"push-{status}")
    if status >= 300:
        raise GiveUp(f"push-{status}")
    Device.objects.filter(pk=device.pk).update(last_at=now())


def notice(language: str) -> bytes:
    """What the lock screen shows: that there is something, and nothing of what; and where a tap on
    it leads."""
    with override(language):
        told = {
            "title": settings.SITE_NAME,
            "body": _("There is something new for you."),
            "home": reverse("pages:home"),
        }
    return json.dumps(told, ensure_ascii=False).encode()


def sealed(device: Device, clear: bytes) -> bytes:
    """Encrypted for this browser alone (RFC 8291, aes128gcm of RFC 8188)."""
    # Loaded where something is sent, so that the process of the pages does not carry it.
    return bytes(
        import_module("http_ece").encrypt(
            clear,
            private_key=ec.generate_private_key(ec.SECP256R1()),
            dh=_unpacked(device.key),
            auth_secret=_unpacked(device.secret),
            version="aes128gcm",
        )
    )


def is_browser_key(key: str, secret: str) -> bool:
    """Whether a browser's keys can be encrypted for: a point of the curve, and 16 bytes."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _unpacked(key))
        return len(_unpacked(secret)) == 16
    except ValueError:
        return False


def public_key() -> str:
    """Our own key as a browser wants it (applicationServerKey)."""
    point = (
        _key()
        .public_key()
        .public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    )
    return base64.urlsafe_b64encode(point).decode().rstrip("=")


def _headers(endpoint: str) -> dict[str, str]:
    """VAPID (RFC 8292); a newer notice takes the place of an older one that still waits."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int(time.time()) + TOKEN_SECONDS,
        "sub": f"mailto:{settings.CONTACT}",
    }
    token = import_module("jwt").encode(claims, _key(), algorithm="ES256")
    return {
        "Authorization": f"vapid t={token},k={public_key()}",
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(KEEP_SECONDS),
        "Urgency": "low",
        "Topic": "new",
    }


def _key() -> ec.EllipticCurvePrivateKey:
    """Made at the first use, kept beside the database. A new one would lose every browser."""
    path = Path(settings.DATA_DIR) / "push-key.pem"
    if not path.exists():
        _make(path)
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise GiveUp("push-key-of-another-sort")
    return key


def _make(path: Path) -> None:
    written = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.touch(mode=0o600)
    fresh.write_bytes(written)
    with contextlib.suppress(FileExistsError):
        os.link(fresh, path)  # whoever comes first wins; the others read it
    fresh.unlink()


def _unpacked(words: str) -> bytes:
    return base64.urlsafe_b64decode(words + "=" * (-len(words) % 4))
