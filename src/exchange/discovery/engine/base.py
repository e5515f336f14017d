"""What a search engine must be able to do, and the words in which it is asked.
Called by the two engines beside it and by queries of this room."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

# All of the groups, any word of each group.
Expression = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Leg:
    """One way to candidates: the newest `limit` entries that match, each worth `weight`.
    `share` is the part of all entries that surely match, as far as the vocabulary knows, and
    `expected` how many that are."""

    expression: Expression
    weight: int
    limit: int
    share: float = 1.0
    expected: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry worth ranking exactly."""

    id: int
    language: str
    kind: str
    published_at: datetime | None
    packed: bytes


class Engine(ABC):
    """A set of entries found by words. Knows nothing of ranking but the weight of a leg."""

    @abstractmethod
    def create(self) -> None:
        """Make the index where there is none."""

    @abstractmethod
    def drop(self) -> None:
        """Remove the index."""

    @abstractmethod
    def clear(self) -> None:
        """Empty the index."""

    @abstractmethod
    def add(self, rows: Iterable[tuple[int, Sequence[str], str]]) -> None:
        """Index entries (id, words, facts) under their words; they must not be indexed yet."""

    @abstractmethod
    def remove(self, rows: Iterable[tuple[int, Sequence[str]]]) -> None:
        """Take entries out; the words must be exactly those they were added with."""

    @abstractmethod
    def settle(self) -> None:
        """Put the index in order after a bulk load."""

    def begin_load(self) -> None:  # noqa: B027 - most engines need nothing
        """An empty index is about to be filled."""

    def end_load(self) -> None:  # noqa: B027
        """The load has ended, well or not."""

    @abstractmethod
    def candidates(self, legs: Sequence[Leg], limit: int) -> list[Candidate]:
        """The heaviest entries over all legs; the newest first where weights are equal."""

    @abstractmethod
    def facts(self, leg: Leg) -> list[str]:
        """The facts of the newest entries that match, at most the leg's limit."""

    @abstractmethod
    def words_beginning(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Words of the vocabulary with a beginning, the most frequent first, and their counts."""
