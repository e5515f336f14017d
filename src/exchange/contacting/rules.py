"""What is asked of a letter to the hosts: how long it may be, what looks like a program's, how long
it is kept. Pure; called by forms, actions and the clock."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

LONGEST = 6000
LONGEST_ANSWER = 8000
KEPT_FOR = timedelta(days=365)
# Nobody reads the page and writes a letter in less; however long it takes is fine.
QUICKEST = timedelta(seconds=3)
MOST_LINKS = 3
_LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)

FILLED, QUICK, LINKS, SPAM = "filled", "quick", "links", "spam"


def mails_about(contact_id: int) -> str:
    """How the keys of our letters in one matter begin."""
    return f"contact:{contact_id}:"


def doubt(
    *, trap: str, shown_at: datetime | None, moment: datetime, text: str, reasons: set[str]
) -> str:
    """Why a program may have written this, as a code; empty for what people write. It is read all
    the same, apart from the others: whoever was taken for a program loses nothing."""
    if trap:
        return FILLED
    if shown_at is not None and moment - shown_at < QUICKEST:
        return QUICK
    if len(_LINK.findall(text)) > MOST_LINKS:
        return LINKS
    return SPAM if SPAM in reasons else ""
