"""Random identifiers and slugs for addresses.
Called by every room that hands out a token or an address."""

import secrets
import unicodedata

from django.utils.text import slugify

SLUG_LENGTH = 60
KEY_LENGTH = 40


def new_id(bytes_of_chance: int = 16) -> str:
    """A url-safe random identifier; 16 bytes cannot be guessed."""
    return secrets.token_urlsafe(bytes_of_chance)


def sent_back(text: str) -> str:
    """The identifier a form was given, as it comes back: no longer than ours are, and without what
    a database cannot keep."""
    return "".join(c for c in text if c.isascii() and c.isprintable())[:KEY_LENGTH]


def slug(text: str) -> str:
    """A short readable slug in the text's own script, cut at a word; "text" when nothing is left."""
    plain = slugify(unicodedata.normalize("NFKC", text)[:200], allow_unicode=True)
    if len(plain) > SLUG_LENGTH:
        plain = plain[:SLUG_LENGTH].rsplit("-", 1)[0] or plain[:SLUG_LENGTH]
    return plain.strip("-_") or "text"
