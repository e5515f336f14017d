"""What is kept in the database in a form that nobody reads from a copy of it alone.
Called by rooms above, each with a name of its own. It opens only with the site's secret key."""

from __future__ import annotations

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class CannotOpen(Exception):
    """Locked with another secret key than the site has now."""


def locked(words: str, *, room: str) -> str:
    """What may stand in a table."""
    return _lock(room).encrypt(words.encode()).decode()


def opened(kept: str, *, room: str) -> str:
    """What was locked for the same room. Raises CannotOpen."""
    try:
        return _lock(room).decrypt(kept.encode()).decode()
    except InvalidToken:
        raise CannotOpen from None


def mark_of(words: str, *, room: str) -> str:
    """A mark by which the same words are found again, and by which nobody can guess them without
    the secret key (HMAC-SHA-256, RFC 2104)."""
    return hmac.new(_key(room), words.encode(), hashlib.sha256).hexdigest()


def _lock(room: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_key(room)))


def _key(room: str) -> bytes:
    """One key for each room (HKDF, RFC 5869)."""
    made = HKDF(hashes.SHA256(), 32, salt=None, info=f"exchange.{room}".encode())
    return made.derive(settings.SECRET_KEY.encode())
