"""How the mails of an issue are named in the ledger of deliveries, and what a name says. Pure.
Called by the matters of sending alone.

A key is "newsletter:<issue>:<subscriber>", so that nobody gets two of one issue; a later try has
":again1" and so on behind it. An item is "newsletter:<edition>:<mark of what stood in it>"."""

from __future__ import annotations

from dataclasses import dataclass

PURPOSE = "newsletter"
TEST = "newsletter-test"
# So often a person can be written to anew about one issue.
MOST_TRIES = 9


@dataclass(frozen=True)
class Name:
    """Which issue, edition and subscriber a mail is of, and which words it has."""

    issue: int
    subscriber: int
    edition: int
    mark: str


def prefix(issue: int) -> str:
    """How the keys of all mails of an issue begin."""
    return f"{PURPOSE}:{issue}:"


def key_of(issue: int, subscriber: int, attempt: int = 0) -> str:
    """`attempt` 0 is the first mail."""
    tail = f":again{attempt}" if attempt else ""
    return f"{prefix(issue)}{subscriber}{tail}"


def keys_of(issue: int, subscriber: int) -> list[str]:
    """All that a mail of this issue to this person can be called."""
    return [key_of(issue, subscriber, attempt) for attempt in range(MOST_TRIES + 1)]


def item_of(edition: int, mark: str) -> str:
    return f"{PURPOSE}:{edition}:{mark}"


def subscriber_in(key: str) -> int:
    """0 when it is none of ours."""
    parts = key.split(":")
    is_ours = len(parts) in (3, 4) and parts[0] == PURPOSE
    return int(parts[2]) if is_ours and parts[2].isdecimal() else 0


def attempt_in(key: str) -> int:
    """The number behind "again"; 0 of the first."""
    number = key.rpartition(":again")[2]
    return int(number) if ":again" in key and number.isdecimal() else 0


def name_of(key: str, item: str) -> Name | None:
    """None when it is no mail of ours."""
    parts, about = key.split(":"), item.split(":")
    subscriber = subscriber_in(key)
    if not subscriber or len(about) != 3 or not about[1].isdecimal() or not parts[1].isdecimal():
        return None
    return Name(int(parts[1]), subscriber, int(about[1]), about[2])
