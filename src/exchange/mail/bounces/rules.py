"""When an address is doubted, and what goes to it all the same.
Pure; called by the actions and queries of bounces."""

from __future__ import annotations

# Days on which mail came back, until an address is doubted and a probe is sent.
HARD_DAYS = 2
SOFT_DAYS = 5
# What came back longer ago says nothing about today.
FORGET_AFTER_DAYS = 30
# A probe that has not come back by then was delivered.
PROBE_DAYS = 7
# A mail that went well so many days ago and did not come back speaks for the address.
WELL_AFTER_DAYS = 2
PROBE = "probe"
# What somebody asks for this minute, what keeps their account safe, and what tells whether an
# address works. A child's safety does not wait for a mailbox either.
ALWAYS = frozenset(
    {"code", "account", "receipt", "text", "found", "stopped", "safeguarding", "probe"}
)


def is_doubtful(*, hard: int, soft: int) -> bool:
    """Whether so many days are enough to ask."""
    return hard >= HARD_DAYS or soft >= SOFT_DAYS
