"""Who may be written to, how often, and how long an address waits for its owner's yes. Pure.
Called by the actions, letters and clock of subscribing."""

from __future__ import annotations

from datetime import timedelta

from exchange.core.languages import INTERFACE
from exchange.taxonomy import vocabulary

# Nobody said yes: perhaps somebody else had typed the address.
UNCONFIRMED = timedelta(days=14)
CONFIRM_DAYS = 14
# Letters that ask, to one address: one a day, and so many in a week.
MOST_A_WEEK = 4
WEEK = timedelta(days=7)
# A stop can be put back from its page.
PUT_BACK = timedelta(days=1)
# A host pastes so many addresses at once.
MOST_AT_ONCE = 500
# The word of the vocabulary that is no hub.
_EVERYWHERE = "global"


def language_of(code: str) -> str:
    """One of ours."""
    return code if code in INTERFACE else "en"


def hubs() -> list[tuple[str, str]]:
    """The hubs that somebody can choose."""
    return [pair for pair in vocabulary.choices("region") if pair[0] != _EVERYWHERE]


def hub_of(slug: str) -> str:
    """One of the vocabulary, or none."""
    return slug if slug in dict(hubs()) else ""
