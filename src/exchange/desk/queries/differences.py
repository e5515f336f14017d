"""What changed between two texts, word by word, as plain pieces a template can mark.
Called by the morning queue."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

# A word with the white space after it, which does not count when words are compared.
_WORDS = re.compile(r"\s*\S+\s*")


@dataclass(frozen=True)
class Piece:
    """A run of words; `changed` where it is not in the other text."""

    text: str
    changed: bool = False


@dataclass(frozen=True)
class Change:
    """One field as it stands and as it would be."""

    heading: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


def changes(fields: Iterable[tuple[str, str, str]]) -> list[Change]:
    """The fields (heading, before, after) whose words differ."""
    return [
        Change(heading, *_compared(before, after))
        for heading, before, after in fields
        if before != after
    ]


def _compared(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    left: list[Piece] = []
    right: list[Piece] = []
    compared = SequenceMatcher(None, [w.strip() for w in old], [w.strip() for w in new])
    for what, a, b, c, d in compared.get_opcodes():
        same = what == "equal"
        if b > a:
            left.append(Piece("".join(old[a:b]), not same))
        if d > c:
            right.append(Piece("".join(new[c:d]), not same))
    return tuple(left), tuple(right)
