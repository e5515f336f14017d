"""Two hosts at one edition: whose words count when both have typed. Pure.
Called by the form of an edition."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True)
class Merged:
    """The words to keep; or that both changed them, and both must be seen."""

    words: str
    is_conflict: bool = False


def mark_of(words: str) -> str:
    """A short mark of words, to tell later whether somebody changed them."""
    return sha256(words.encode()).hexdigest()[:12]


def merged(typed: str, *, mark: str, present: str) -> Merged:
    """`mark` is that of the words as this host opened them. Untouched words give way to what
    another host wrote meanwhile; what only this host changed stands."""
    if typed == present or mark_of(typed) == mark:
        return Merged(present)
    return Merged(typed, is_conflict=mark != mark_of(present))
