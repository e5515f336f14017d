"""What may be said about the words of a mail; pure.
Called by `mail.receiving` and the handlers of every room."""

from __future__ import annotations


def is_empty(words: str) -> bool:
    """Whether nothing was said: no letter, no digit, no emoji. One word of thanks is something."""
    return not any(c.isalnum() or ord(c) > 0x2190 for c in words)
