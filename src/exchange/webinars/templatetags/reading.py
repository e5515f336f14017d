"""A mark of words on the page of whoever decides about them: sent back with the decision, it says that
these were the words they read. Used by templates and the views behind them."""

import hashlib

from django import template

register = template.Library()


@register.filter
def mark_of(words: str) -> str:
    """The same for the same words, and nothing to read them back from."""
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:20]
