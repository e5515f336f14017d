"""Why something about a translation cannot be done, one class each, without a word of it.
Raised by actions; turned into kind words by views."""

from exchange.contributions.errors import ChangedMeanwhile, NotAllowed

__all__ = ["ChangedMeanwhile", "NotAllowed", "NothingWritten", "Taken"]


class Taken(Exception):
    """Somebody else is translating it into that language now."""


class NothingWritten(Exception):
    """Words are missing that stand in the original."""
