"""The registry of outward doors: every way in which what somebody wrote can leave the Exchange.
Rooms register theirs in a file named `outward`; a test opens each before and after a withdrawal, and fails
for an address, a listener or a kind of mail that nobody registered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Marked:
    """Something whose every field says `word`, a word that stands nowhere else; `companion` is a
    second one beside it, to ask by. `reply_id` is 0 where the words are the contribution's own.
    `neighbour` is the address of another contribution at the same place."""

    kind: str
    pk: int
    word: str
    companion: str
    address: str
    author_id: int
    reply_id: int = 0
    topic: str = ""
    country: str = ""
    neighbour: str = ""


@dataclass(frozen=True)
class Door:
    """One way out: by addresses that people open, or by what a room holds ready to send.
    `stays_when_ended`: a notice that has ended keeps its own page."""

    name: str
    pages: Callable[[Marked], Iterable[str]] | None = None
    reads: Callable[[Marked], str] | None = None
    routes: frozenset[str] = frozenset()
    consumers: frozenset[str] = frozenset()
    purposes: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    answers_too: bool = False
    stays_when_ended: bool = False

    def lets_out(self, marked: Marked) -> bool:
        """Whether words of this sort leave here at all while they are published."""
        if marked.reply_id and not self.answers_too:
            return False
        return not self.kinds or marked.kind in self.kinds


_doors: dict[str, Door] = {}


def by_page(
    name: str,
    *,
    pages: Callable[[Marked], Iterable[str]],
    routes: Iterable[str],
    kinds: Iterable[str] = (),
    answers_too: bool = False,
    stays_when_ended: bool = False,
) -> None:
    """Add a door that people open by its address; `routes` are the names it covers."""
    _doors[name] = Door(
        name,
        pages=pages,
        routes=frozenset(routes),
        kinds=frozenset(kinds),
        answers_too=answers_too,
        stays_when_ended=stays_when_ended,
    )


def by_hand(
    name: str,
    *,
    reads: Callable[[Marked], str],
    routes: Iterable[str] = (),
    consumers: Iterable[str] = (),
    purposes: Iterable[str] = (),
    kinds: Iterable[str] = (),
    answers_too: bool = False,
) -> None:
    """Add a door through which the Exchange itself carries words: letters, files, an index."""
    _doors[name] = Door(
        name,
        reads=reads,
        routes=frozenset(routes),
        consumers=frozenset(consumers),
        purposes=frozenset(purposes),
        kinds=frozenset(kinds),
        answers_too=answers_too,
    )


def every() -> tuple[Door, ...]:
    """All doors, in the order of their names."""
    return tuple(_doors[name] for name in sorted(_doors))
