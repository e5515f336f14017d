"""Secrets kept in the database in a form that nobody reads from a copy of it alone.
Called by the actions and queries of this room. They open only with the site's secret key."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class CannotOpen(Exception):
    """Locked with another secret key than the site has now."""


def locked(words: str) -> str:
    """What may stand in a table."""
    return _lock().encrypt(words.encode()).decode()


def opened(kept: str) -> str:
    """What was locked. Raises CannotOpen."""
    try:
        return _lock().decrypt(kept.encode()).decode()
    except InvalidToken:
        raise CannotOpen from None


def _lock() -> Fernet:
    made = HKDF(hashes.SHA256(), 32, salt=None, info=b"exchange.announcing").derive(
        settings.SECRET_KEY.encode()
    )
    return Fernet(base64.urlsafe_b64encode(made))
